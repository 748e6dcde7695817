"""HTML from strangers to plain Markdown: what is said, nothing of how it looked."""

import re
from html.parser import HTMLParser

import nh3

# Where a mail program says that its quotation begins; `quotes` cuts there.
QUOTE_MARK = "\ue010"
LONGEST = 500_000
_EDGES = re.compile("[\ue010-\ue012]")
_TAGS = {
    "a", "b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol",
    "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_QUOTING = re.compile(
    r"gmail_quote|gmail_attr|moz-cite-prefix|yahoo_quoted|isReplyContent|divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION"
    r"|ntes-mailmaster-quote|protonmail_quote|mail-quote|foxmail_quote|qqmail_quote",
    re.IGNORECASE,
)
_BLOCKS = {"p", "div", "table", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "code": "`"}


def markdown_of(html: str) -> str:
    """`html` as Markdown. Pictures become their alternative text, links keep http(s) and mailto addresses."""
    safe = nh3.clean(
        _EDGES.sub("", html[:LONGEST]),
        tags=_TAGS,
        clean_content_tags={"script", "style", "title", "head"},
        attributes={"a": {"href"}, "img": {"alt"}, "div": {"class", "id"}, "blockquote": {"class", "id", "type"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    writer = _Writer()
    writer.feed(safe)
    writer.close()
    return writer.text()


class _Writer(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out, self.lists, self.links, self.quote_depth, self.pre = [], [], [], 0, 0

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in _BLOCKS:
            self._line()
        if _QUOTING.search(f"{attributes.get('class', '')} {attributes.get('id', '')}"):
            self.out.append(f"{QUOTE_MARK}\n")
        handler = getattr(self, f"_open_{tag}", None)
        if handler:
            handler(attributes)
        elif tag in _MARKS and not self.pre:
            self.out.append(_MARKS[tag])
        elif tag[0] == "h" and tag[1:].isdigit():
            self.out.append("#" * int(tag[1:]) + " ")

    def handle_endtag(self, tag):
        handler = getattr(self, f"_close_{tag}", None)
        if handler:
            handler()
        elif tag in _MARKS and not self.pre:
            self._close_mark(_MARKS[tag])
        if tag in _BLOCKS or tag == "tr":
            self._line()
        if tag in ("p", "table", "ul", "ol", "h1", "h2", "h3"):
            self.out.append("\n")

    def handle_data(self, data):
        if self.pre:
            self.out.append(data)
        elif text := re.sub(r"\s+", " ", data):
            self.out.append(text)

    def text(self):
        lines = [line.rstrip() if line.startswith(("    ", ">")) else line.strip() for line in self._quoted()]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def _quoted(self):
        """Lines with the `>` of the blockquotes they stand in; \\ue011 and \\ue012 are the edges."""
        depth = 0
        for line in "".join(self.out).split("\n"):
            depth += line.count("\ue011")
            words = line.replace("\ue011", "").replace("\ue012", "")
            yield ("> " * min(depth, 5) + words.strip()) if depth and words.strip() else words
            depth = max(0, depth - line.count("\ue012"))

    def _line(self):
        if self.out and not self.out[-1].endswith("\n"):
            self.out.append("\n")

    def _close_mark(self, mark):
        if self.out and self.out[-1] == mark:
            self.out.pop()
        else:
            blank = " " if self.out and self.out[-1].endswith(" ") else ""
            if blank:
                self.out[-1] = self.out[-1].rstrip(" ")
            self.out.append(mark + blank)

    def _open_br(self, attributes):
        self.out.append("\n")

    def _open_hr(self, attributes):
        self._line()
        self.out.append("\n---\n")

    def _open_img(self, attributes):
        if alt := attributes.get("alt", "").strip():
            self.out.append(f"[{alt[:100]}]")

    def _open_a(self, attributes):
        self.links.append((attributes.get("href", ""), len(self.out)))

    def _close_a(self):
        if not self.links:
            return
        address, start = self.links.pop()
        words = "".join(self.out[start:]).strip()
        if address and words and "\n" not in words and words not in (address, address.removeprefix("mailto:")):
            del self.out[start:]
            self.out.append(f"[{words}]({address.replace(' ', '%20').replace(')', '%29')})")

    def _open_ul(self, attributes):
        self.lists.append(None)

    def _open_ol(self, attributes):
        self.lists.append(0)

    def _close_ul(self):
        if self.lists:
            self.lists.pop()

    _close_ol = _close_ul

    def _open_li(self, attributes):
        self._line()
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            self.out.append(f"{self.lists[-1]}. ")
        else:
            self.out.append("- ")

    def _close_li(self):
        self._line()

    def _close_td(self):
        self.out.append(" | ")

    _close_th = _close_td

    def _open_pre(self, attributes):
        self.pre += 1
        self.out.append("```\n")

    def _close_pre(self):
        self.pre = max(0, self.pre - 1)
        self._line()
        self.out.append("```\n")

    def _open_blockquote(self, attributes):
        self.out.append("\ue011")

    def _close_blockquote(self):
        self.out.append("\ue012")
