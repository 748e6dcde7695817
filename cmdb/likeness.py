"""Which records may be of the same thing. Pure: what they have in common, and which of them that brings together.

Every record gives signs, words that only records of the same thing should share; comparing is a matter of equal signs,
so that the work grows with the records and not with their pairs.
"""

import re
import unicodedata
from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

ADDRESS, NAME = "address", "name"
# A value that so many carry is a filler, such as "to be filled by the maker": it tells nothing about any of them.
MOST_ALIKE = 20
SHORTEST_NUMBER = 3
SHORTEST_WORD = 5
_INSIDE = re.compile(rf"([a-z])[a-z]{{{SHORTEST_WORD - 2},}}([a-z])")


class Record(NamedTuple):
    """What is compared of an item. `organisation` None is nobody's in particular: it may be anybody's."""

    pk: int
    organisation: int | None
    item_class: str
    names: tuple
    numbers: dict
    addresses: tuple


def written_alike(text) -> str:
    """A name or number as it is compared: without case, blanks, marks, full width, and zeros that numbers begin with.

    "ERP-DB 01" and "ｅｒｐ_db1" are the same.
    """
    return _in_plain_words(text).replace(" ", "")


def number_signs(record) -> set:
    """(attribute, number) of what no two things have in common, and address together with name."""
    numbers = {(key, written_alike(value)) for key, value in record.numbers.items()}
    names = {written_alike(name) for name in record.names} - {""}
    signs = {(key, number) for key, number in numbers if len(number) >= SHORTEST_NUMBER}
    return signs | {(ADDRESS, address, name) for address in record.addresses for name in names}


def name_signs(names) -> set:
    """What names of one class share when they differ in writing, or by one letter inside a long word.

    Digits always count, and so do the first and the last letter: they tell host 1 from host 2 and hall A from hall B.
    """
    return {
        (NAME, variant.replace(" ", ""))
        for words in map(_in_plain_words, names)
        for variant in (words, *_one_letter_less(words))
    } - {(NAME, "")}


def _name_shapes(names) -> set:
    """Few signs that whatever shares a name sign shares as well: compared first, since most names are like no other."""
    shapes = set()
    for words in map(_in_plain_words, names):
        shapes |= {words.replace(" ", ""), _INSIDE.sub(r"\1~\2", words).replace(" ", "")}
    return shapes - {""}


class Shared:
    """Who gives the same sign. Signs are kept by their hash: nearly all of the hundred thousands are given once."""

    def __init__(self):
        self._first, self._members = {}, defaultdict(set)

    def give(self, one, signs):
        for sign in signs:
            first = self._first.setdefault(hash(sign), one)
            if first != one:
                self._members[sign] |= {first, one}

    def groups(self):
        """(sign, who gives it) of every sign that more than one gives."""
        return self._members.items()


def groups(records):
    """(what is shared, [(key, customer)]) of records that come class by class.

    Numbers and addresses are compared across all classes, names within each: what only names share is forgotten with
    its class.
    """
    numbers = Shared()
    for _class, of_one in groupby(records, key=attrgetter("item_class")):
        shapes = Shared()
        for record in of_one:
            numbers.give((record.pk, record.organisation), number_signs(record))
            shapes.give((record.pk, record.organisation, record.names), _name_shapes(record.names))
        names = Shared()
        for pk, organisation, called in {one for _shape, members in shapes.groups() for one in members}:
            names.give((pk, organisation), name_signs(called))
        yield from ((sign[0], members) for sign, members in names.groups())
    yield from ((sign[0], members) for sign, members in numbers.groups())


def pairs(groups) -> dict:
    """{(earlier key, later key): what they share} from (what, [(key, customer)]) groups.

    Each is brought together with the earliest that may be the same: items of two customers never are.
    """
    found = defaultdict(set)
    for what, members in groups:
        if len(members) > MOST_ALIKE:
            continue
        members = sorted(members)
        for place, (pk, organisation) in enumerate(members):
            first = next((one for one, owner in members[:place] if _may_be_one(owner, organisation)), None)
            if first is not None:
                found[first, pk].add(what)
    return found


def _may_be_one(one, other) -> bool:
    return one is None or other is None or one == other


def _in_plain_words(text) -> str:
    plain = unicodedata.normalize("NFKC", str(text)).casefold()
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[\W_]+", " ", plain))


def _one_letter_less(words):
    """The words with one letter left out, each letter inside a long word in turn."""
    for word in re.finditer(rf"[a-z]{{{SHORTEST_WORD},}}", words):
        for place in range(word.start() + 1, word.end() - 1):
            yield words[:place] + words[place + 1 :]
