"""The filter bar: what may be chosen, what is chosen, and for which periods there are incidents at all."""

from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from insights.charts import age_words, day_of, span_of
from insights.links import to_overview
from insights.query import DEFAULT
from insights.selectors import choices
from tickets.models import Priority

MOST_YEARS = 12


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool


class FilterBar:
    """Options of every filter for one viewer and one query; three queries."""

    def __init__(self, user, query):
        self.query = query
        self.organisations_held = list(choices.organisations(user))
        organisations = [(str(o.pk), o.name) for o in self.organisations_held]
        teams = [("none", _("No team")), *((str(t.pk), t.name) for t in choices.teams(user))]
        services = [("none", _("No service")), *((str(s.pk), s.name) for s in choices.services(user))]
        priorities = [(str(value), label) for value, label in Priority.choices]
        self.period = _options(query.period, self._periods())
        self.organisation = _options(query.organisation, [("", _("All organisations")), *organisations])
        self.team = _options(query.team, [("", _("All teams")), *teams])
        self.service = _options(query.service, [("", _("All services")), *services])
        self.priority = _options(query.priority, [("", _("All priorities")), *priorities])

    @property
    def held(self):
        """(first, last) day with an incident among the chosen organisations, or None."""
        chosen = [
            o for o in self.organisations_held if o.first_at is not None and self.query.organisation in ("", str(o.pk))
        ]
        if not chosen:
            return None
        first, last = min(o.first_at for o in chosen), max(o.last_at for o in chosen)
        return timezone.localdate(first), timezone.localdate(last)

    @property
    def held_words(self) -> str:
        """From which day to which there are incidents, in words."""
        if self.held is None:
            return ""
        first, last = (day_of(day, year=True) for day in self.held)
        return _("Incidents were logged from %(first)s to %(last)s.") % {"first": first, "last": last}

    @property
    def latest(self):
        """(label, address) of the last year that holds incidents, or None."""
        if self.held is None:
            return None
        number = self.held[1].year
        return str(number), to_overview(replace(self.query, period=f"y{number}"))

    def chosen(self, *, period) -> list[str]:
        """What narrows a list, in words; the period only where the figure has one."""
        words = [span_of(self.query.window(), year=True)] if period else []
        for options in (self.organisation, self.team, self.service, self.priority):
            words += [option.label for option in options if option.is_chosen and option.value]
        if self.query.age:
            words.append(str(age_words(self.query.age)))
        if self.query.weekday:
            words.append(str(WEEKDAYS[int(self.query.weekday) - 1]))
        if self.query.hour:
            words.append(f"{int(self.query.hour):02}:00–{int(self.query.hour):02}:59")
        return words

    def _periods(self):
        years = []
        if self.held is not None:
            first, last = (day.year for day in self.held)
            years = [(f"y{year}", _("Year %(year)s") % {"year": year}) for year in range(last, first - 1, -1)]
        asked = self.query.period
        if asked.startswith("y") and asked not in dict(years):
            years.append((asked, _("Year %(year)s") % {"year": asked[1:]}))
        return [
            ("7", _("Last 7 days")),
            (DEFAULT, _("Last 30 days")),
            ("90", _("Last 90 days")),
            ("month", _("This month")),
            *years[:MOST_YEARS],
            ("custom", _("From – to")),
        ]


def _options(chosen, pairs) -> list[Option]:
    """An unknown but legitimate key keeps its place, so that the address and the bar say the same."""
    if chosen not in dict(pairs):
        pairs = [*pairs, (chosen, _("No. %(key)s") % {"key": chosen})]
    return [Option(value, str(label), value == chosen) for value, label in pairs]
