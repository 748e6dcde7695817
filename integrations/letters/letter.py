"""What is known of a letter once it was read."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Address(NamedTuple):
    name: str = ""
    address: str = ""


NOBODY = Address()


class File(NamedTuple):
    name: str
    content: bytes


class Nature(Enum):
    """Who is behind a letter: only what a person wrote is answered."""

    PERSON = "person"
    AUTOMATIC = "automatic"
    LIST = "list"
    BOUNCE = "bounce"


@dataclass(frozen=True)
class Report:
    """What a mail server says became of a mail of ours."""

    address: str = ""
    status: str = ""
    reason: str = ""
    message_ids: tuple[str, ...] = ()
    is_final: bool = False


@dataclass(frozen=True)
class Letter:
    """`text` is everything in Markdown, `reply` what is new in it; of a letter that quotes nothing both are the same.

    `answers_to`: Message-IDs, the nearest first. `left_out`: names of parts that were too large, too many or broken.
    `fault` says in English why the letter cannot be used; empty when it can.
    """

    message_id: str = ""
    sender: Address = NOBODY
    recipients: tuple[str, ...] = ()
    subject: str = ""
    answers_to: tuple[str, ...] = ()
    text: str = ""
    reply: str = ""
    files: tuple[File, ...] = ()
    nature: Nature = Nature.PERSON
    report: Report | None = None
    is_forged: bool = False
    left_out: tuple[str, ...] = ()
    fault: str = ""
