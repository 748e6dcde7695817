"""What names a person in free text, in all its usual spellings, and how a pseudonym takes its place."""

import re
from dataclasses import dataclass
from functools import cached_property

# An ordinary number of fewer digits is a year or an amount; a login of fewer letters is a word of English.
FEWEST_DIGITS, FEWEST_LETTERS = 5, 3
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff·]{2,}")
_NUMBER = re.compile(r"[+\d][\d\s().-]*")
_COUNTRY = re.compile(r"^(?:\+|00)86")


@dataclass(frozen=True)
class Identity:
    """`names`: names, login, addresses and numbers of a person as they are kept; any width and case is recognised.

    JSON refers to people by login: where a whole value is `login`, it becomes `next_login` and still leads to them.
    """

    names: tuple[str, ...]
    pseudonym: str
    login: str = ""
    next_login: str = ""

    def scrubbed(self, value):
        """A text, or a JSON value with texts anywhere in it, without the identity."""
        if isinstance(value, str):
            return self._pattern.sub(self.pseudonym, value) if self._pattern else value
        if isinstance(value, list):
            return [self._scrubbed_part(one) for one in value]
        if isinstance(value, dict):
            return {key: self._scrubbed_part(one) for key, one in value.items()}
        return value

    def scrub(self, rows, *columns) -> set:
        """Write the named texts of `rows` without the identity, 500 rows at a time; returns the keys of what changed.

        A pseudonym may be longer than the name: what does not fit into its column any more loses its end.
        """
        changed = set()
        longest = {name: getattr(rows.model._meta.get_field(name), "max_length", None) for name in columns}
        for row in rows.only("pk", *columns).iterator(chunk_size=500):
            texts = {name: getattr(row, name) for name in columns}
            without = {name: self.scrubbed(text) for name, text in texts.items()}
            fitting = {
                name: text[: longest[name]] if isinstance(text, str) else text
                for name, text in without.items()
                if text != texts[name]
            }
            if fitting:
                type(row)._base_manager.filter(pk=row.pk).update(**fitting)
                changed.add(row.pk)
        return changed

    def _scrubbed_part(self, value):
        return self.next_login if self.login and value == self.login else self.scrubbed(value)

    @cached_property
    def _pattern(self):
        spelt = [_spellings(name) for name in sorted(set(self.names), key=len, reverse=True)]
        return re.compile("|".join(filter(None, spelt)), re.IGNORECASE) if any(spelt) else None


def _spellings(name) -> str:
    """A pattern for one name. Latin ones and numbers are words of their own; Chinese ones stand between others."""
    name = name.strip()
    if _HAN.fullmatch(name):
        return r"[ \u3000]?".join(map(re.escape, name))
    if _NUMBER.fullmatch(name):
        digits = re.sub(r"\D", "", _COUNTRY.sub("", name))
        gap = r"[ ().-]{0,2}" if len(digits) > 7 else ""
        return (
            _as_word(rf"(?:(?:\+|00)?86{gap})?\+?" + gap.join(map(_any_width, digits)))
            if len(digits) >= FEWEST_DIGITS
            else ""
        )
    if len(name) < 2 or (name.isalpha() and name.isascii() and len(name) < FEWEST_LETTERS):
        return ""
    words = ["".join(map(_any_width, word)) for word in name.split()]
    either = [r"[\s._-]*".join(words)]
    if len(words) > 1:
        either.append(r"[\s,，]+".join([*words[1:], words[0]]))
        either.append(r"[\s,，]+".join([words[-1], *words[:-1]]))
    return _as_word(f"(?:{'|'.join(either)})") if name.isascii() else either[0]


def _as_word(pattern) -> str:
    return f"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])"


def _any_width(mark) -> str:
    """Chinese keyboards write `Ａ` and `１` as easily as `A` and `1`."""
    return f"[{re.escape(mark)}{chr(ord(mark) + 0xFEE0)}]" if "!" <= mark <= "~" else re.escape(mark)
