"""The charts as tables: the page prints the rows, the script draws the very same numbers."""

from dataclasses import dataclass, replace

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from insights import links
from insights.definitions import CHARTS, FIGURES
from tickets.models import Priority


@dataclass(frozen=True)
class Chart:
    """`head` names the columns after the first; each row is a label and its cells. `kind`: line, bars or heat."""

    key: str
    kind: str
    corner: str
    head: list
    rows: list
    empty: str

    @property
    def label(self):
        return CHARTS[self.key].label

    @property
    def text(self):
        return CHARTS[self.key].text

    @property
    def is_empty(self) -> bool:
        return not any(cell.count for _label, cells in self.rows for cell in cells)

    def drawn(self) -> dict:
        """What the script needs."""
        return {
            "key": self.key,
            "kind": self.kind,
            "title": str(self.label),
            "series": [str(name) for name in self.head],
            "labels": [str(label) for label, _cells in self.rows],
            "values": [[cell.count for cell in cells] for _label, cells in self.rows],
            "urls": [[cell.url for cell in cells] for _label, cells in self.rows],
        }


def flow_chart(parts, query) -> Chart:
    rows = []
    for part, created, resolved in parts:
        here = query.during(part)
        cells = [links.number("created", here, created), links.number("resolved", here, resolved)]
        rows.append((span_of(part), cells))
    return Chart(
        "flow", "line", _("Period"), [FIGURES["created"].label, FIGURES["resolved"].label], rows,
        _("Nothing was logged or resolved in this period."),
    )  # fmt: skip


def ages_chart(backlog, query) -> Chart:
    rows = [(age_words(key), replace(query, age=key), count) for key, count in backlog.ages.items()]
    return _open_bars("ages", _("Age"), rows)


def priorities_chart(backlog, query) -> Chart:
    rows = [
        (Priority(level).label, replace(query, priority=str(level)), count)
        for level, count in backlog.priorities.items()
    ]
    return _open_bars("priorities", _("Priority"), rows)


def teams_chart(holders, query) -> Chart:
    rows = [(name_of(h, _("No team")), replace(query, team=str(h.pk or "none")), h.count) for h in holders]
    return _open_bars("teams", _("Team"), rows)


def services_chart(holders, query) -> Chart:
    rows = [(name_of(h, _("No service")), replace(query, service=str(h.pk or "none")), h.count) for h in holders]
    return _open_bars("services", _("Service"), rows)


def arrivals_chart(counts, query) -> Chart:
    rows = []
    for weekday in range(1, 8):
        cells = []
        for hour in range(24):
            cell = replace(query, weekday=str(weekday), hour=str(hour))
            cells.append(links.number("created", cell, counts.get((weekday, hour), 0)))
        rows.append((WEEKDAYS[weekday - 1], cells))
    hours = [str(hour) for hour in range(24)]
    return Chart("arrivals", "heat", _("Weekday"), hours, rows, _("Nothing was logged in this period."))


def age_words(key) -> str:
    return {
        "1d": _("under 1 day"),
        "3d": _("1–3 days"),
        "7d": _("3–7 days"),
        "14d": _("7–14 days"),
        "30d": _("14–30 days"),
        "older": _("over 30 days"),
    }[key]


def _open_bars(key, corner, rows) -> Chart:
    cells = [(label, [links.number("open", query, count)]) for label, query, count in rows]
    return Chart(key, "bars", corner, [FIGURES["open"].label], cells, _("Nothing is open."))


def name_of(holder, nobody) -> str:
    """A team's or service's name in the reader's language, or `nobody` for tickets without one."""
    if holder.pk is None:
        return nobody
    if (get_language() or "").startswith("zh"):
        return holder.name_zh or holder.name_en
    return holder.name_en or holder.name_zh


def span_of(period, *, year=False) -> str:
    """A day, or the first and the last one."""
    first, last = day_of(period.first, year=year), day_of(period.last, year=year)
    return first if period.first == period.last else f"{first} – {last}"


def day_of(day, *, year=False) -> str:
    if (get_language() or "").startswith("zh"):
        return date_format(day, "Y年n月j日" if year else "n月j日")
    return date_format(day, "j M Y" if year else "j M")
