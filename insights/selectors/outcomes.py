"""How a period went, beside the period before it: each idea in one pass over both."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Aggregate, Avg, Count, DurationField, F, FilteredRelation, FloatField, Q

from insights.selectors import lists
from surveys import selectors as survey_selectors
from surveys.models import Survey

_METRICS = ("response", "resolution")


class Percentile(Aggregate):
    """PostgreSQL's percentile_cont: interpolated between the two neighbours."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    name = "Percentile"

    def __init__(self, expression, fraction, **extra):
        super().__init__(expression, fraction=fraction, **extra)


@dataclass(frozen=True)
class Rate:
    """`part` of `whole`; `percent` is None where nothing was counted."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return 100 * self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Spread:
    """Durations in seconds over `count` tickets; None where nothing was counted."""

    count: int
    mean: float | None
    median: float | None
    p90: float | None


@dataclass(frozen=True)
class Outcome:
    """One period. `rates` and `spreads` are keyed like the definitions they are printed with."""

    created: int
    resolved: int
    rates: dict = field(default_factory=dict)
    spreads: dict = field(default_factory=dict)


def outcomes(tickets, period) -> tuple[Outcome, Outcome]:
    """The period and the one before it, in five queries however many tickets there are."""
    sides = {"now": period, "before": period.before}
    logged, resolved = _logged(tickets, sides), _resolved(tickets, sides)
    clocks, answers, asked = _clocks(tickets, sides), _answers(tickets, sides), _asked(tickets, sides)
    return tuple(
        Outcome(
            created=logged[f"{side}_count"],
            resolved=resolved[f"{side}_count"],
            rates={
                **{m: Rate(clocks[f"{side}_{m}_met"], clocks[f"{side}_{m}"]) for m in _METRICS},
                **{
                    key: Rate(resolved[f"{side}_{key}"], resolved[f"{side}_count"])
                    for key in ("first_time_fix", "reopened", "reassigned")
                },
                "satisfied": Rate(answers[f"{side}_satisfied"], answers[f"{side}_count"]),
                "replied": Rate(asked[f"{side}_replied"], asked[f"{side}_count"]),
            },
            spreads={
                "mtta": _spread(logged, f"{side}_answer"),
                "mttr": _spread(resolved, f"{side}_business"),
                "mttr_wall": _spread(resolved, f"{side}_wall"),
            },
        )
        for side in sides
    )


def _both(name, sides) -> Q:
    """`name` lies in either period; they touch."""
    return Q(**{f"{name}__gte": sides["before"].start, f"{name}__lt": sides["now"].end})


def _logged(tickets, sides):
    figures = {}
    for side, period in sides.items():
        here = lists.within("created_at", period)
        figures[f"{side}_count"] = Count("pk", filter=here)
        figures |= _spread_of(f"{side}_answer", lists.ANSWER_TIME, here & lists.ANSWERED, DurationField())
    return tickets.filter(_both("created_at", sides)).aggregate(**figures)


def _resolved(tickets, sides):
    figures = {}
    for side, period in sides.items():
        here = lists.within("resolved_at", period)
        clocked = here & Q(rested__isnull=False)
        figures |= {
            f"{side}_count": Count("pk", filter=here),
            f"{side}_first_time_fix": Count("pk", filter=here & lists.FIRST_TIME_FIX),
            f"{side}_reopened": Count("pk", filter=here & lists.REOPENED),
            f"{side}_reassigned": Count("pk", filter=here & lists.REASSIGNED),
            **_spread_of(f"{side}_wall", lists.WALL_TIME, here, DurationField()),
            **_spread_of(f"{side}_business", F("rested__base_elapsed"), clocked, FloatField()),
        }
    own = Q(clocks__kind="sla", clocks__metric="resolution", clocks__stage="stopped")
    rested = FilteredRelation("clocks", condition=own)
    rows = tickets.filter(_both("resolved_at", sides)).annotate(rested=rested)
    return rows.aggregate(**figures)


def _spread_of(name, expression, condition, output):
    return {
        f"{name}_count": Count("pk", filter=condition),
        f"{name}_mean": Avg(expression, filter=condition, output_field=output),
        f"{name}_median": Percentile(expression, 0.5, filter=condition, output_field=output),
        f"{name}_p90": Percentile(expression, 0.9, filter=condition, output_field=output),
    }


def _spread(row, name) -> Spread:
    values = (row[f"{name}_{what}"] for what in ("mean", "median", "p90"))
    return Spread(row[f"{name}_count"], *(_seconds(value) for value in values))


def _seconds(value):
    return value.total_seconds() if isinstance(value, timedelta) else value


def _clocks(tickets, sides):
    figures = {}
    for side, period in sides.items():
        here = lists.within("stopped_at", period)
        for metric in _METRICS:
            figures[f"{side}_{metric}"] = Count("pk", filter=here & Q(metric=metric))
            figures[f"{side}_{metric}_met"] = Count("pk", filter=here & Q(metric=metric, outcome="met"))
    clocks = lists.judged_clocks(_METRICS).filter(_both("stopped_at", sides))
    return clocks.filter(ticket__in=tickets.values("pk")).aggregate(**figures)


def _answers(tickets, sides):
    figures = {}
    for side, period in sides.items():
        here = lists.within("answered_at", period)
        figures[f"{side}_count"] = Count("ticket", distinct=True, filter=here)
        figures[f"{side}_satisfied"] = Count("ticket", distinct=True, filter=here & lists.SATISFIED)
    answers = survey_selectors.answers(tickets, sides["before"].start, sides["now"].end)
    return answers.order_by().aggregate(**figures)


def _asked(tickets, sides):
    figures = {}
    for side, period in sides.items():
        here = lists.within("sent_at", period)
        replied = here & Q(answered_at__isnull=False)
        figures[f"{side}_count"] = Count("ticket", distinct=True, filter=here)
        figures[f"{side}_replied"] = Count("ticket", distinct=True, filter=replied)
    asked = Survey.objects.filter(_both("sent_at", sides), ticket__in=tickets.values("pk"))
    return asked.aggregate(**figures)
