"""The query language: text to terms and back. Pure; which fields there are and what they mean is `fields`.

状态:待处理 优先级:1,2 服务:"ERP 系统" created>=2026-11-01 "exact phrase" -word VPN
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MOST_TERMS = 30
# What an input method writes for the signs of the language.
_SIGNS = str.maketrans("：＞＜＝，“”„「」『』＂－\0", ':><=,""""""""- ')
_VALUE = r'"[^"]*(?:"|$)|[^\s",]+'
_TERM = re.compile(
    rf'(?P<minus>-?)(?:(?P<field>[^\W\d_]\w*)(?P<operator>>=|<=|[:><])(?P<values>(?:{_VALUE})(?:,(?:{_VALUE}))*)'
    rf'|"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))'
)  # fmt: skip
_EACH_VALUE = re.compile(_VALUE)
_BARE = re.compile(r'[^\s",]+')


@dataclass(frozen=True)
class Term:
    """One condition. Without a `field` it is a word or, in quotes, a phrase; values are kept as they were written."""

    values: tuple[str, ...]
    field: str = ""
    operator: str = ":"
    is_negated: bool = False
    is_phrase: bool = False

    @property
    def text(self) -> str:
        return self.values[0]


def parse(text: str, names: Mapping[str, str]) -> tuple[Term, ...]:
    """The terms of `text`, at most MOST_TERMS; never raises. `names` gives the field's key for each of its names, in
    lower case. What looks like a field and is none stays a word."""
    terms = []
    for found in _TERM.finditer(text.translate(_SIGNS)):
        is_negated = bool(found["minus"])
        key = names.get((found["field"] or "").lower())
        if key:
            values = tuple(value for part in _EACH_VALUE.findall(found["values"]) if (value := _unquoted(part)))
            if values:
                terms.append(Term(values, key, found["operator"], is_negated))
        elif found["phrase"] is not None:
            if phrase := _unquoted(found["phrase"]):
                terms.append(Term((phrase,), is_negated=is_negated, is_phrase=True))
        elif found["word"]:
            terms.append(Term((found["word"],), is_negated=is_negated))
        elif '"' in found["values"]:
            terms += parse(found[0].replace('"', " "), names)
        else:
            terms.append(Term((f"{found['field']}{found['operator']}{found['values']}",), is_negated=is_negated))
    return tuple(terms[:MOST_TERMS])


def printed(terms, labels: Mapping[str, str]) -> str:
    """`terms` as text that parses to the same terms again; `labels` gives each field's name for the reader."""
    return " ".join(_term_printed(term, labels) for term in terms)


def looks_like_field(word: str) -> str:
    """The name before the colon of a word such as `statsu:new`; empty for addresses, times and other words."""
    name, colon, value = word.partition(":")
    return name if colon and name.isalpha() and value and not value.startswith("//") else ""


def quoted(value: str) -> str:
    return value if _BARE.fullmatch(value) else f'"{value}"'


def _term_printed(term, labels):
    minus = "-" if term.is_negated else ""
    if term.is_phrase:
        return f'{minus}"{term.text}"'
    if not term.field:
        return minus + term.text
    return f"{minus}{labels[term.field]}{term.operator}{','.join(map(quoted, term.values))}"


def _unquoted(part):
    return " ".join(part.replace('"', " ").split())
