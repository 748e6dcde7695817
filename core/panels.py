"""What a page hosts from apps above its own, which it cannot import: `itsm/panels.py` says who shows what."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Panel:
    """A box on a page: `render(request, subject)` answers safe HTML, or "" where there is nothing to show."""

    page: str
    render: Callable


@dataclass(frozen=True)
class Mark:
    """A figure beside things drawn: `count(user, ids, **within)` answers {id: how many} in one query."""

    page: str
    key: str
    label: str
    count: Callable


def panels_on(page, request, subject) -> list[str]:
    panels = import_string(f"{settings.ROOT_PANELCONF}.PANELS")
    return [html for panel in panels if panel.page == page and (html := panel.render(request, subject))]


def marks_on(page, user, ids, **within) -> dict[str, tuple[str, dict]]:
    """{key: (label, {id: count})} of everything that marks things on a page, `within` what the page asks for."""
    marks = import_string(f"{settings.ROOT_PANELCONF}.MARKS")
    return {mark.key: (mark.label, mark.count(user, ids, **within)) for mark in marks if mark.page == page}
