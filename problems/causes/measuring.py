"""How wide text is where no browser is asked, and where it is broken into lines. In pixels.

Widths are those of the widest usual sans-serif fonts, so that what is drawn has room in every one of them: a Chinese
character is as wide as the font is high, a capital four fifths, anything else three fifths.
"""

import unicodedata

SIZE = 13
LINE = 18
_NARROW = frozenset("iljtfrI.,:;'|!()[] ")
_WIDE = frozenset("mwMW@%—…")


def width_of(text, size=SIZE) -> float:
    return sum(_ems(character) for character in text) * size


def _ems(character):
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1.0
    if character in _NARROW:
        return 0.42
    if character in _WIDE or ord(character) > 0x2FF:
        return 1.0
    return 0.8 if character.isupper() else 0.62


def wrapped(text, width, *, most=3) -> list[str]:
    """`text` in lines that fit `width`; between Chinese characters anywhere, else at blanks. Cut after `most` lines."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line.strip() and width_of(line + piece.rstrip()) > width:
            lines.append(line.strip())
            line = piece.lstrip()
        else:
            line += piece
        while width_of(line.rstrip()) > width and len(line) > 1:  # one word wider than a line
            cut = next(n for n in range(len(line), 0, -1) if n == 1 or width_of(line[:n]) <= width)
            lines.append(line[:cut])
            line = line[cut:]
    if line.strip():
        lines.append(line.strip())
    if len(lines) > most:
        last = lines[most - 1]
        while last and width_of(last + "…") > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last + "…"]
    return lines or [""]


_NEVER_FIRST = frozenset("，。、；：？！）》」』】”’%,.;:?!)")


def _pieces(text):
    """Where a line may end: after blanks, and around characters of double width but not before their stops."""
    piece = ""
    for character in " ".join(text.split()):
        is_wide = unicodedata.east_asian_width(character) in ("W", "F")
        breaks = piece and (is_wide or piece[-1] == " " or unicodedata.east_asian_width(piece[-1]) in ("W", "F"))
        if breaks and character not in _NEVER_FIRST and character != " ":
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece
