"""Markdown from people to safe HTML. Rendered when shown, from the stored original; an allow-list, never a blocklist.

No images: a picture on another server would tell its owner who reads the ticket.
"""

import re

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


_MARKDOWN.core.ruler.push("bare_addresses", _link_bare_addresses)


def to_html(text) -> SafeString:
    """`text` (Markdown) as HTML that is safe to show to anybody."""
    html = nh3.clean(
        _MARKDOWN.render(text or ""),
        tags=_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(html)
