"""Text from outside: what PostgreSQL cannot hold is dropped, nothing else is changed. Words for search."""

import re
import unicodedata

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUN = re.compile(rf"[{_HAN}]+|[^\W{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
# Of a query, so many runs are looked for; beyond that nobody means every word.
MOST_RUNS = 12
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def clean_text(value) -> str:
    """`value` without NUL and lone surrogates, line ends as \\n, outer white space removed."""
    text = str(value or "").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def safe_cell(value) -> str:
    """`value` as text for CSV; one that a spreadsheet would read as a formula gets an apostrophe in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(_STARTS_A_FORMULA) else text


def runs(text) -> list[str]:
    """`text` cut where its script changes or a word ends: full-width forms as plain ones, lower case."""
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def is_han(run) -> bool:
    """Whether a run is Chinese: its words are not separated by anything."""
    return _IS_HAN.match(run) is not None


def pieces(run) -> list[str]:
    """What a run is found by: a Latin word itself, a Han run its overlapping pairs (one character: itself)."""
    return [run[i : i + 2] for i in range(len(run) - 1)] if is_han(run) and len(run) > 1 else [run]


def search_words(text) -> str:
    """Latin words and overlapping Han pairs of `text`, separated by blanks, for `to_tsvector('simple', …)`.

    The last character of a Han run stands alone as well, so that a one-character prefix query finds it.
    """
    words = []
    for run in runs(text):
        words += pieces(run)
        if is_han(run) and len(run) > 1:
            words.append(run[-1])
    return " ".join(words)


def search_query(text, *, weight="") -> str:
    """A `to_tsquery('simple', …)` expression: every run must occur; Han runs as phrases, Latin runs as prefixes.

    `weight` (A, B, …) asks for words of that weight only. Empty when `text` holds nothing that can be searched.
    """
    return " & ".join(run_query(run, weight) for run in runs(text)[:MOST_RUNS])


def search_phrase(text) -> str:
    """A `to_tsquery('simple', …)` expression for the runs of `text` side by side, whole words. Empty as above."""
    words = search_words(text).split()[: 4 * MOST_RUNS]
    if len(words) > 1 and is_han(words[-1]) and len(words[-1]) == 1 and words[-2].endswith(words[-1]):
        words.pop()  # the text may go on where the phrase ends
    return " <-> ".join(words)


def run_query(run, weight="") -> str:
    """The part of `search_query` that asks for one of `runs`."""
    if is_han(run) and len(run) > 1:
        return "(" + " <-> ".join(f"{pair}:{weight}" if weight else pair for pair in pieces(run)) + ")"
    # The beginning of nearly everything is no beginning: "a" and "20" mean the whole word.
    is_whole = not is_han(run) and len(run) < (4 if run.isdecimal() else 2)
    mark = ("" if is_whole else "*") + weight
    return f"{run}:{mark}" if mark else run
