"""Text from outside: what PostgreSQL cannot hold is dropped, nothing else is changed. Words for search."""

import re

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUN = re.compile(rf"[{_HAN}]+|[0-9a-z_]+")


def clean_text(value) -> str:
    """`value` without NUL and lone surrogates, line ends as \\n, outer white space removed."""
    text = str(value or "").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def search_words(text) -> str:
    """Latin words and overlapping Han bigrams of `text`, separated by blanks, for `to_tsvector('simple', …)`.

    The last character of a Han run stands alone as well, so that a one-character prefix query finds it.
    """
    words = []
    for run in _RUN.findall(text.lower()):
        if run[0].isascii():
            words.append(run)
        else:
            words += [run[i : i + 2] for i in range(len(run) - 1)] + [run[-1]]
    return " ".join(words)


def search_query(text) -> str:
    """A `to_tsquery('simple', …)` expression: every run must occur; Han runs as phrases, Latin runs as prefixes.

    Empty when `text` holds nothing that can be searched.
    """
    parts = []
    for run in _RUN.findall(text.lower())[:8]:
        if run[0].isascii() or len(run) == 1:
            parts.append(f"{run}:*")
        else:
            parts.append("(" + " <-> ".join(run[i : i + 2] for i in range(len(run) - 1)) + ")")
    return " & ".join(parts)
