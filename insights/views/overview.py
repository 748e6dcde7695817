"""The manager's first page."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from insights import cards, charts, filters, links, query
from insights.definitions import CHARTS, FIGURES
from insights.selectors import backlog, changing, flow, outcomes, population
from insights.views.guards import figures_view


@figures_view
def overview(request):
    """Figures of the chosen period for what the viewer may see, in a fixed number of queries."""
    asked, problem = query.read(request.GET)
    asked = asked.whole()
    period = asked.window()
    tickets = population.tickets_for(request.user, asked)
    standing = backlog.backlog(tickets)
    now, before = outcomes.outcomes(tickets, period)
    changes = changing.changing(population.tickets_for(request.user, asked, "change"), tickets, period)
    shown = [
        charts.flow_chart(flow.flow(tickets, period), asked),
        charts.ages_chart(standing, asked),
        charts.priorities_chart(standing, asked),
        charts.teams_chart(backlog.backlog_by(tickets, "team"), asked),
        charts.services_chart(backlog.backlog_by(tickets, "service"), asked),
        charts.arrivals_chart(flow.arrivals(tickets, period), asked),
    ]
    standing_cards, period_cards = cards.standing_cards(standing, asked), cards.period_cards(now, before, asked)
    change_cards = cards.change_cards(*changes, asked)
    bar = filters.FilterBar(request.user, asked)
    context = {
        "query": asked,
        "problem": problem,
        "period": period,
        "period_words": charts.span_of(period, year=True),
        "before_words": charts.span_of(period.before, year=True),
        "chosen": bar.chosen(period=True),
        "unfiltered": links.to_overview(asked.unfiltered()),
        "bar": bar,
        "standing": standing_cards,
        "cards": period_cards,
        "change_cards": change_cards,
        "charts": shown,
        "drawn": {"charts": [chart.drawn() for chart in shown], "words": _words()},
        "definitions": [*(FIGURES[c.key] for c in [*standing_cards, *period_cards, *change_cards]), *CHARTS.values()],
        "is_quiet": not (now.created or now.resolved),
    }
    return render(request, "insights/overview.html", context)


def _words():
    return {"less": _("fewer"), "more": _("more"), "table": _("The table shows the same figures.")}
