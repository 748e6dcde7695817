"""The corpus: more than 150 letters as real and hostile programs write them, made anew and alike each time.

Nothing here was ever sent by anybody; each case repeats what is known of a program or an attack.
"""

import random
from dataclasses import dataclass

from tests.data.mail import bodies, containers, odd_headers

DEFAULT = "opened"


@dataclass(frozen=True)
class Case:
    """`state`: what becomes of it (`state` or `state:reason`); `says`: words its ticket holds, `hides`: must not."""

    name: str
    raw: bytes
    state: str = DEFAULT
    says: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()


def cases() -> list[Case]:
    """All letters, in their order; each from a sender of its own where its case is not about the sender."""
    found = []
    for family in (bodies.cases, odd_headers.cases, containers.cases, _noise):
        for name, raw, *rest in family():
            number = len(found) + 1
            text = raw.replace(b"@SENDER@", b"u%d@corpus.example" % number)
            found.append(Case(name, text.replace(b"@ID@", b"<c%d@corpus.example>" % number), *rest))
    return found


def _noise():
    """Bytes of no language, whole letters cut short, letters with bytes changed: from a fixed seed."""
    dice = random.Random(20261123)
    whole = next(bodies.cases())[1] * 3
    for number in range(8):
        yield f"random bytes {number}", dice.randbytes(300 * (number + 1)), "quarantined:unreadable"
    head = b"From: X <@SENDER@>\r\nTo: it@xinghe.example\r\nSubject: noise\r\nMessage-ID: @ID@\r\n"
    for number in range(8):
        yield f"random body {number}", head + b"\r\n" + dice.randbytes(2000)
    for number in range(6):
        yield (
            f"cut short {number}",
            head + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + whole[: 40 * number],
        )
