"""Markdown from people to safe HTML. Rendered when shown, from the stored original; an allow-list, never a blocklist.

No images but our own: a picture on another server would tell its owner who reads the page.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_URL = re.compile(r"https?://[^\s<>\"'，。；、）】》]+[^\s<>\"'，。；、）】》.,;:!?)\]]")
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def _link_bare_addresses(state):
    """Typed addresses become links; inside links and code they stay as they are."""
    for block in state.tokens:
        if block.type != "inline":
            continue
        linked, depth = [], 0
        for token in block.children:
            depth += token.nesting if token.type in ("link_open", "link_close") else 0
            linked += _with_links(token) if token.type == "text" and depth == 0 else [token]
        block.children = linked


def _with_links(token):
    parts, end = [], 0
    for found in _URL.finditer(token.content):
        parts.append(_text(token, token.content[end : found.start()]))
        opening = token.copy(type="link_open", tag="a", nesting=1, content="", attrs={"href": found.group()})
        closing = token.copy(type="link_close", tag="a", nesting=-1, content="", attrs={})
        parts += [opening, _text(token, found.group()), closing]
        end = found.end()
    return [*parts, _text(token, token.content[end:])] if parts else [token]


def _text(token, content):
    return token.copy(content=content)


_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")


def _mark_tasks(state):
    """`- [ ] …` and `- [x] …` become items with a box in front: a class, and `meta` for who looks for steps."""
    for item, paragraph, block in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if (item.type, paragraph.type, block.type) != ("list_item_open", "paragraph_open", "inline"):
            continue
        first = block.children[0] if block.children else None
        if first is not None and first.type == "text" and (mark := _TASK.match(first.content)):
            first.content = first.content[mark.end() :]
            item.meta["is_task"] = True
            item.attrSet("class", "is-task" if mark[1] == " " else "is-task is-done")


_MARKDOWN.core.ruler.push("bare_addresses", _link_bare_addresses)
_MARKDOWN.core.ruler.push("tasks", _mark_tasks)


_SAFE = {
    "allowed_classes": {"li": {"is-task", "is-done"}},
    "url_schemes": {"http", "https", "mailto", "tel"},
    "link_rel": "noopener noreferrer nofollow",
}


def to_html(text) -> SafeString:
    """`text` (Markdown) as HTML that is safe to show to anybody."""
    html = nh3.clean(_MARKDOWN.render(text or ""), tags=_TAGS, attributes={"a": {"href", "title"}}, **_SAFE)
    return mark_safe(html)


@dataclass(frozen=True)
class Heading:
    """A heading of a document: `level` 2 or 3, and the `anchor` that leads to it."""

    level: int
    anchor: str
    text: str


def to_document(text, pictures=None) -> tuple[SafeString, list[Heading]]:
    """A long `text` as safe HTML, and its headings for a table of contents.

    Headings begin at level 2, below the page's own. `pictures` maps file names to our own addresses: `![words](name)`
    shows that picture, and of any other only the words are left.
    """
    pictures, headings = pictures or {}, []
    tokens = _MARKDOWN.parse(text or "")
    for place, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"
        if token.type == "heading_open":
            token.attrSet("id", f"part-{len(headings) + 1}")
            words = "".join(child.content for child in tokens[place + 1].children)
            headings.append(Heading(int(token.tag[1]), f"part-{len(headings) + 1}", words))
        if token.type == "inline":
            token.children = [part for child in token.children for part in _with_pictures(child)]
        for child in token.children or ():
            if child.type == "image":
                _show_own(child, pictures)
    html = nh3.clean(
        _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}),
        tags=_TAGS | {"img"},
        attributes={"a": {"href", "title"}, "img": {"src", "alt"}, **{f"h{n}": {"id"} for n in (2, 3, 4)}},
        **_SAFE,
    )
    return mark_safe(html), [heading for heading in headings if heading.level < 4]


# What Markdown does not take for a picture: `![words](Screenshot 2026 (1).png)`, a name with blanks.
_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([^\n]+?\.\w{2,5})\)")


def _with_pictures(token):
    if token.type != "text":
        return [token]
    parts, end = [], 0
    for found in _PICTURE.finditer(token.content):
        words, name = found.groups()
        image = token.copy(
            type="image", tag="img", content=words, children=[_text(token, words)], attrs={"src": name, "alt": ""}
        )
        parts += [_text(token, token.content[end : found.start()]), image]
        end = found.end()
    return [*parts, _text(token, token.content[end:])]


def _show_own(image, pictures):
    """A picture of ours by its name; anything else becomes its words."""
    address = pictures.get(unquote(image.attrGet("src") or ""))
    if address:
        image.attrSet("src", address)
    else:
        image.type, image.tag, image.children = "text", "", None


def to_steps(text) -> list[str]:
    """What a document asks to be done, in order, as plain words: its task list (`- [ ] …`), else its numbered lists.

    Steps inside steps stand by themselves; an example in a code block is no step.
    """
    tasks, numbered, lists, wanted = [], [], [], None
    for token in _MARKDOWN.parse(text or ""):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(token.type)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            wanted = token
        elif token.type == "inline" and wanted:
            item, wanted, words = wanted, None, _plain(token)
            if item.meta.get("is_task"):
                tasks.append(words)
            elif lists[-1] == "ordered_list_open":
                numbered.append(words)
    return [words for words in tasks or numbered if words]


def _plain(inline) -> str:
    words = "".join(" " if child.type in ("softbreak", "hardbreak") else child.content for child in inline.children)
    return words.strip()
