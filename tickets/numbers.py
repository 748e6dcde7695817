"""Ticket numbers as people type them: without zeros, without letters, with a slip of the finger. Pure."""

import re

LENGTH = 6
_NUMBER = re.compile(r"([a-z]{2,4})?[\s#_-]*(\d{1,9})", re.ASCII)
# The letters people take for digits, and whatever letters they made of the prefix.
_ALMOST = re.compile(r"([a-z]{0,4}?)[\s#_-]*([\doil]{3,9})", re.ASCII)
_LOOKALIKES = str.maketrans("oil", "011")


def read(text, prefixes) -> list[str]:
    """The numbers that `text` can mean, in full: `inc42` → INC000042; `42` → one for each prefix. Else none."""
    typed = _NUMBER.fullmatch(text.strip().lower())
    if typed is None:
        return []
    prefix, digits = typed.groups()
    wanted = [known for known in prefixes if prefix is None or known.lower() == prefix]
    return [full(known, int(digits)) for known in wanted]


def near(text, prefixes) -> list[str]:
    """Numbers one slip away from `text`, likeliest first: wrong letters, swapped digits, one wrong, lost or doubled."""
    typed = _ALMOST.fullmatch(text.strip().lower())
    if typed is None:
        return []
    letters, digits = typed[1], typed[2].translate(_LOOKALIKES)
    likeliest = sorted(prefixes, key=lambda prefix: prefix.lower() != letters)
    plain = digits.lstrip("0") or "0"
    swapped = [plain[:i] + plain[i + 1] + plain[i] + plain[i + 2 :] for i in range(len(plain) - 1)]
    shorter = [plain[:i] + plain[i + 1 :] for i in range(len(plain))] if len(plain) > 1 else []
    wrong = [plain[:i] + digit + plain[i + 1 :] for i in range(len(plain)) for digit in "0123456789"]
    longer = [plain[:i] + digit + plain[i:] for i in range(len(plain) + 1) for digit in "0123456789"]
    slips = dict.fromkeys(int(digits) for digits in [plain, *swapped, *shorter, *wrong, *longer] if len(digits) < 10)
    return [full(prefix, value) for value in slips for prefix in likeliest]


def full(prefix, value) -> str:
    return f"{prefix}{value:0{LENGTH}d}"
