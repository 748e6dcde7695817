"""What keeps a change out of the calendar, in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Obstacle:
    """What keeps a change from being scheduled. `kind` names the check; `text` says it to the reader; `url` leads to
    where it can be mended, or is empty."""

    kind: str
    text: str
    url: str = ""
