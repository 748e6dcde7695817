"""What a report says, as the words it is compared by; and how alike two reports are."""

import re
import unicodedata

from core.text import is_han, pieces, runs
from problems.recurring.meanings import FILLING, MEANINGS, SYMPTOMS, WEAK

# Of the description, so much is read for what a title rarely says: codes and what is wrong.
BEGINNING = 300
MOST = 40
_WEIGHT_OF_THING, _WEIGHT_OF_SYMPTOM, _WEIGHT_OF_WEAK = 2.0, 1.0, 0.5
_WEIGHT_OF_CODE, _WEIGHT_OF_WORD, _WEIGHT_OF_PAIR = 2.0, 1.0, 0.5
_MARK = "="
_SYMPTOMS = frozenset(f"{_MARK}{symptom}" for symptom in SYMPTOMS.keys() - WEAK)
_OF_ANOTHER_FAULT = 0.7
# Of words that no meaning holds: "flickers", "flickered" and "flickering" are one.
_ENDING = re.compile(r"(?<=[a-z]{4})(?:ing|(?<!e)ed|(?<!s)s)$")
_HAS_DIGIT_AND_LETTER = re.compile(r"(?=.*\d)(?=.*[a-z])")
_CODE = re.compile(r"[a-z0-9]+(?:[-_.:/][a-z0-9]+)+|[a-z]+\d[a-z0-9]*|\d+[a-z][a-z0-9]*")


def words_of(title, description="", *, known="") -> list[str]:
    """Meanings (`=slow`), codes, Latin words and pairs of Han characters that `title` is compared by, sorted.

    Of `description` only codes and meanings count. What is said in `known`, such as the names of the service and the
    items, tells nothing: those are compared as themselves.
    """
    said, rest = _read(_plain(title))
    more, left = _read(_plain(description[:BEGINNING]))
    told = said | {word for word in more if word != f"{_MARK}fails"}
    told |= {word for run in runs(rest) for word in _words_in(run)}
    told |= {*_codes(rest), *_codes(left)}
    known_words, known_rest = _read(_plain(known))
    told -= known_words | {piece for run in runs(known_rest) for piece in (*pieces(run), run)} | set(_codes(known))
    return sorted(told, key=lambda word: (-weight(word), word))[:MOST]


def weight(word) -> float:
    """How much a word tells: a thing or a code as much as two Latin words or symptoms, one of which is two pairs of
    Han. That two things fail in the same way says less than that the same thing fails."""
    if word.startswith(_MARK):
        meaning = word[1:]
        return _WEIGHT_OF_WEAK if meaning in WEAK else _WEIGHT_OF_SYMPTOM if meaning in SYMPTOMS else _WEIGHT_OF_THING
    if is_han(word):
        return _WEIGHT_OF_PAIR
    return _WEIGHT_OF_CODE if _is_code(word) else _WEIGHT_OF_WORD


def likeness(ours, theirs) -> float:
    """How alike two sets of words are, 0 to 1: twice what they share, over what both weigh; less where both say how
    it fails and nothing of that is shared, since it is the same thing with another fault."""
    both = ours & theirs
    shared = sum(map(weight, both))
    if not shared:
        return 0.0
    alike = 2 * shared / (sum(map(weight, ours)) + sum(map(weight, theirs)))
    is_another_fault = ours & _SYMPTOMS and theirs & _SYMPTOMS and not both & _SYMPTOMS
    return alike * _OF_ANOTHER_FAULT if is_another_fault else alike


def meaning_of(word) -> tuple[str, str] | None:
    """(Chinese, English) of a meaning; None of any other word."""
    if not word.startswith(_MARK):
        return None
    said = MEANINGS.get(word[1:], "").split()
    chinese = next((one for one in said if is_han(one)), word[1:])
    return chinese, word[1:]


def _plain(text):
    return unicodedata.normalize("NFKC", text or "").lower().replace("’", "'")


def _read(text):
    """(the meanings in `text`, what is left of it)."""
    found = set()

    def take(match):
        meaning = _MEANING_OF.get(_spaced(match[0]))
        if meaning:
            found.add(_MARK + meaning)
        return " "

    return found, _KNOWN.sub(take, text)


def _spaced(said):
    return re.sub(r"\s+", "_", said)


def _words_in(run):
    if is_han(run):
        return pieces(run) if len(run) > 1 else []
    if run.isdecimal():
        return [run] if len(run) >= 3 and not re.fullmatch(r"(19|20)\d\d", run) else []
    return [_ENDING.sub("", run)] if len(run) > 1 else []


def _codes(text):
    return [code for code in _CODE.findall(text.lower()) if _HAS_DIGIT_AND_LETTER.match(code)]


def _is_code(word):
    return word.isdecimal() or _HAS_DIGIT_AND_LETTER.match(word) is not None


def _alternatives(ways):
    """A pattern for any of `ways`, the longest first: 无法连接 is a connection and not a mere failure."""
    ways = sorted(ways, key=lambda way: (-len(way), way))
    return "|".join(re.escape(way).replace("_", "[ -]?") for way in ways)


_MEANING_OF = {}
for _meaning, _ways in MEANINGS.items():
    for _way in _ways.split():
        for _spelt in (_way, _way.replace("_", "-"), _way.replace("_", "")):
            _MEANING_OF.setdefault(_spelt, _meaning)
_WAYS = {*" ".join(MEANINGS.values()).split(), *FILLING.split()}
# Latin ways end where their word ends, Han ones stand anywhere.
_KNOWN = re.compile(
    f"(?:{_alternatives(filter(is_han, _WAYS))})"
    rf"|(?<![a-z0-9])(?:{_alternatives(way for way in _WAYS if not is_han(way))})(?![a-z0-9])"
)
