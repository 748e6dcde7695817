"""The shape of one fault: what people write, what the desk answers, how it ends."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One kind of fault. Texts may name {place}, {pc}, {printer} and {name} (the requester).

    `team` solves it: empty for the service desk, else it is escalated there with the `handover` note. `question`
    and `answer` are one round with the requester; `wait` is another pending reason with the words for it. `minutes`
    is the usual hands-on time, `weight` how often it happens.
    """

    service: str
    category: str
    titles: tuple[str, ...]
    text: str
    ack: str
    fix: str
    code: str = "fixed"
    team: str = ""
    handover: str = ""
    note: str = ""
    question: str = ""
    answer: str = ""
    wait: str = ""
    wait_text: str = ""
    impact: int = 3
    urgency: int = 2
    minutes: int = 30
    weight: int = 2
    language: str = "zh"
    has_picture: bool = False
