"""Who is believed when several say something of one attribute. Pure: the outcome knows no order of arrival."""

from typing import NamedTuple

HIGHEST = 100
# What people wrote counts as much; a source above it corrects them, one below fills what they left open.
HAND = 50
USUAL = 60


class Settled(NamedTuple):
    """What an attribute should hold. `is_contested`: sources of the same, highest authority disagree."""

    value: object
    is_contested: bool


def settle(said, by_hand=None) -> Settled:
    """Of `said`, pairs of (source, [rank, value]), the value of the highest rank; `by_hand` counts 50 and wins ties.

    Where the highest disagree, what people wrote stands, else the word of the source whose short name comes first:
    an arbitrary but lasting choice, until somebody decides. Nothing said at all gives what is by hand.
    """
    highest = max((rank for _source, (rank, _value) in said), default=0)
    if highest <= HAND and by_hand is not None:
        return Settled(by_hand, False)
    first = sorted((source, value) for source, (rank, value) in said if rank == highest)
    if not first:
        return Settled(None, False)
    is_contested = any(value != first[0][1] for _source, value in first)
    if is_contested and by_hand is not None:
        return Settled(by_hand, True)
    return Settled(first[0][1], is_contested)
