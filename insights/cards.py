"""The figures of the dashboard as people read them: value, what it is made of, and the period before."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.presentation import span_words
from insights.definitions import FIGURES
from insights.links import Link, to_list

# +1: more is better, -1: less is better, 0: neither.
_BETTER = {
    "created": 0, "resolved": 0, "response": 1, "resolution": 1, "mttr": -1, "mttr_wall": -1, "mtta": -1,
    "first_time_fix": 1, "reopened": -1, "reassigned": -1, "satisfied": 1, "change_success": 1, "emergencies": -1,
    "change_caused": -1,
}  # fmt: skip
_NOTHING_RESOLVED = gettext_lazy("Nothing was resolved in this period.")
_EMPTY = {
    "response": gettext_lazy("No response clock ended in this period."),
    "resolution": gettext_lazy("No resolution clock ended in this period."),
    "mttr": gettext_lazy("Nothing with a resolution clock was resolved in this period."),
    "mttr_wall": _NOTHING_RESOLVED,
    "mtta": gettext_lazy("Of what was logged in this period, no first answer is on record."),
    "first_time_fix": _NOTHING_RESOLVED,
    "reopened": _NOTHING_RESOLVED,
    "reassigned": _NOTHING_RESOLVED,
    "satisfied": gettext_lazy("No survey was answered in this period."),
    "change_success": gettext_lazy("No change was closed in this period."),
    "emergencies": gettext_lazy("No work on a change began in this period."),
    "change_caused": gettext_lazy("Nothing was logged in this period."),
}


@dataclass(frozen=True)
class Card:
    """`headline` opens its list; without one `empty` says why. `trend` is up, down or same against `before`."""

    key: str
    headline: Link | None
    parts: tuple = ()
    before: Link | None = None
    trend: str = ""
    tone: str = ""
    empty: str = ""

    @property
    def label(self):
        return FIGURES[self.key].label

    @property
    def text(self):
        return FIGURES[self.key].text


def standing_cards(backlog, query) -> list[Card]:
    """What is so at this moment, whatever the period."""
    tones = {"breached": "red", "due": "orange"}
    counts = {"open": backlog.open, "breached": backlog.breached, "due": backlog.due, "unassigned": backlog.unassigned}
    return [
        Card(key, _count(key, query, count), tone=tones.get(key, "") if count else "") for key, count in counts.items()
    ]


def period_cards(now, before, query) -> list[Card]:
    """How the period went; every card carries the same figure of the period before."""
    earlier = query.during(query.window().before)
    return [
        *(_counted(key, getattr(now, key), getattr(before, key), query, earlier) for key in ("created", "resolved")),
        *(_attained(key, now, before, query, earlier) for key in ("response", "resolution")),
        *(_lasting(key, now, before, query, earlier) for key in ("mttr", "mttr_wall", "mtta")),
        *(_shared(key, now, before, query, earlier) for key in ("first_time_fix", "reopened", "reassigned")),
        _satisfaction(now, before, query, earlier),
    ]


def change_cards(now, before, query) -> list[Card]:
    """How changes went, each share with both of its numbers."""
    earlier = query.during(query.window().before)
    wholes = {
        "change_success": ("changes_closed", _("of %(count)s closed")),
        "emergencies": ("changes_begun", _("of %(count)s begun")),
        "change_caused": ("created", _("of %(count)s incidents logged")),
    }
    return [_of_whole(key, *whole, now, before, query, earlier) for key, whole in wholes.items()]


def _of_whole(key, whole, words, now, before, query, earlier) -> Card:
    rate = now.rates[key]
    parts = (_count(key, query, rate.part), _count(whole, query, rate.whole, words % {"count": rate.whole}))
    return _rate_card(key, lambda rate: (key, rate.part), now, before, parts, query, earlier)


def _count(key, query, count, text=None) -> Link:
    return Link(str(count) if text is None else text, to_list(key, query), count)


def _compared(key, value, earlier_value) -> dict:
    """Trend and tone of `value` against the period before; neither where one of both is unknown."""
    if value is None or earlier_value is None:
        return {}
    if abs(value - earlier_value) < 0.05:
        return {"trend": "same"}
    went_up = value > earlier_value
    tone = {1: ("red", "green"), -1: ("green", "red"), 0: ("", "")}[_BETTER[key]][went_up]
    return {"trend": "up" if went_up else "down", "tone": tone}


def _counted(key, value, earlier_value, query, earlier) -> Card:
    return Card(
        key, _count(key, query, value), before=_count(key, earlier, earlier_value),
        **_compared(key, value, earlier_value),
    )  # fmt: skip


def _rate_card(key, opens, now, before, parts, query, earlier) -> Card:
    """A share; its percentage opens `opens(rate)`: the key and the size of one list."""
    rate, earlier_rate = now.rates[key], before.rates[key]
    figure, size = opens(rate)
    _figure, earlier_size = opens(earlier_rate)
    return Card(
        key,
        _count(figure, query, size, percent(rate.percent)) if rate.whole else None,
        parts=parts if rate.whole else (),
        before=_count(figure, earlier, earlier_size, percent(earlier_rate.percent)) if earlier_rate.whole else None,
        empty=_EMPTY[key],
        **_compared(key, rate.percent, earlier_rate.percent),
    )


def _attained(key, now, before, query, earlier) -> Card:
    rate = now.rates[key]
    missed = rate.whole - rate.part
    parts = (
        _count(f"{key}_met", query, rate.part, _("%(count)s met") % {"count": rate.part}),
        _count(f"{key}_missed", query, missed, _("%(count)s missed") % {"count": missed}),
    )
    return _rate_card(key, lambda rate: (key, rate.whole), now, before, parts, query, earlier)


def _shared(key, now, before, query, earlier) -> Card:
    return _of_whole(key, "resolved", _("of %(count)s resolved"), now, before, query, earlier)


def _satisfaction(now, before, query, earlier) -> Card:
    rate, replied = now.rates["satisfied"], now.rates["replied"]
    parts = (
        _count("satisfied", query, rate.part),
        _count("answered", query, rate.whole, _("of %(count)s rated") % {"count": rate.whole}),
    )
    if replied.whole:
        words = {"percent": percent(replied.percent), "part": replied.part}
        parts += (
            _count("replied", query, replied.part, _("Response rate %(percent)s: %(part)s") % words),
            _count("asked", query, replied.whole, _("of %(count)s asked") % {"count": replied.whole}),
        )
    return _rate_card("satisfied", lambda rate: ("satisfied", rate.part), now, before, parts, query, earlier)


def _lasting(key, now, before, query, earlier) -> Card:
    spread, earlier_spread = now.spreads[key], before.spreads[key]
    if not spread.count:
        return Card(key, None, before=_mean(key, earlier_spread, earlier), empty=_EMPTY[key])
    words = {"median": span_words(spread.median), "p90": span_words(spread.p90)}
    parts = (_count(key, query, spread.count, _("median %(median)s · P90 %(p90)s") % words),)
    return Card(
        key, _mean(key, spread, query), parts=parts, before=_mean(key, earlier_spread, earlier),
        **_compared(key, spread.mean, earlier_spread.mean),
    )  # fmt: skip


def _mean(key, spread, query) -> Link | None:
    return _count(key, query, spread.count, span_words(spread.mean)) if spread.count else None


def percent(value) -> str:
    return f"{number_format(value, 1)}%"
