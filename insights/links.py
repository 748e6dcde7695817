"""Addresses of the lists behind numbers."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Link:
    """A text that opens a list of exactly `count` tickets."""

    text: str
    url: str
    count: int


def to_list(figure, query) -> str:
    return f"{reverse('insights:tickets')}?{query.encoded(figure=figure)}"


def to_overview(query) -> str:
    return f"{reverse('insights:overview')}?{query.encoded()}".removesuffix("?")


def number(figure, query, count) -> Link:
    """A plain count that opens its list."""
    return Link(str(count), to_list(figure, query), count)
