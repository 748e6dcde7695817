"""Figures of a month that can be worked out by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import clock
from incidents.models import Incident
from incidents.rules import is_first_time_fix
from insights.definitions import FIGURES
from insights.query import Query
from insights.selectors import backlog, flow, lists, outcomes, population
from sla.models import Clock
from tests.insights_month import NOW, make_month
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(cast):
    made = make_month(cast)
    with clock.travel(NOW), timezone.override("Asia/Shanghai"):
        yield made


@pytest.fixture
def asked():
    return Query()


def names(tickets):
    return set(tickets.values_list("title", flat=True))


def listed(figure, user, query=None):
    query = query or Query()
    return names(lists.tickets_of(figure, population.tickets_for(user, query), query.window()))


def test_each_figure_lists_the_incidents_it_means(cast, month):
    expected = {
        "open": {"late", "unserviced", "=cmd|' /C calc'!A0", "urgent"},
        "unassigned": {"unserviced", "=cmd|' /C calc'!A0", "urgent"},
        "created": {"handed", "again", "quick", "late", "unserviced", "=cmd|' /C calc'!A0", "urgent"},
        "resolved": {"handed", "again", "quick"},
        "mttr": {"handed", "again", "quick"},
        "mttr_wall": {"handed", "again", "quick"},
        "mtta": {"handed", "again", "quick"},
        "first_time_fix": {"quick"},
        "reopened": {"again"},
        "reassigned": {"handed"},
        "answered": {"handed", "quick"},
        "satisfied": {"quick"},
        "asked": {"handed", "quick"},
        "replied": {"handed", "quick"},
    }
    assert {figure: listed(figure, cast.wang_fang) for figure in expected} == expected
    assert listed("breached", cast.wang_fang) == {"late", "unserviced"}
    assert listed("due", cast.wang_fang) == {"urgent"}


def test_attainment_lists_split_into_met_and_missed(cast, month):
    for metric in ("response", "resolution"):
        met, missed = listed(f"{metric}_met", cast.wang_fang), listed(f"{metric}_missed", cast.wang_fang)
        assert met | missed == listed(metric, cast.wang_fang)
        assert met & missed == set()
    assert "quick" in listed("response_met", cast.wang_fang)
    assert "handed" in listed("response_missed", cast.wang_fang)


def test_counts_agree_with_their_lists_for_everybody(cast, month, asked):
    for user in (cast.wang_fang, cast.zhang_wei, cast.liu_yang, cast.admin, cast.li_na, cast.stranger):
        tickets, window = population.tickets_for(user, asked), asked.window()
        standing = backlog.backlog(tickets)
        for side, period in zip(outcomes.outcomes(tickets, window), (window, window.before), strict=True):
            length = {key: lists.tickets_of(key, tickets, period).count() for key in FIGURES}
            assert (side.created, side.resolved) == (length["created"], length["resolved"])
            assert {key: spread.count for key, spread in side.spreads.items()} == {
                key: length[key] for key in ("mtta", "mttr", "mttr_wall")
            }
            for key in ("first_time_fix", "reopened", "reassigned"):
                assert side.rates[key] == outcomes.Rate(length[key], length["resolved"])
            for key in ("response", "resolution"):
                assert side.rates[key] == outcomes.Rate(length[f"{key}_met"], length[key])
            assert side.rates["satisfied"] == outcomes.Rate(length["satisfied"], length["answered"])
            assert side.rates["replied"] == outcomes.Rate(length["replied"], length["asked"])
        for key in ("open", "breached", "due", "unassigned"):
            assert getattr(standing, key) == lists.tickets_of(key, tickets, window).count()


def test_times_are_mean_median_and_ninetieth_percentile(cast, month, asked):
    tickets = population.tickets_for(cast.wang_fang, asked)
    now, before = outcomes.outcomes(tickets, asked.window())
    # quick took an hour, handed and again two days each.
    assert now.spreads["mttr_wall"] == outcomes.Spread(3, (1 + 48 + 48) * 3600 / 3, 48 * 3600, 48 * 3600)
    # again was first answered by its solution.
    assert now.spreads["mtta"].mean == (0.5 + 3 + 3) * 3600 / 3
    assert before.spreads["mttr_wall"].mean == 3 * 3600
    business = sorted(
        Clock.objects.filter(metric="resolution", ticket__title__in=("quick", "handed", "again")).values_list(
            "base_elapsed", flat=True
        )
    )
    assert now.spreads["mttr"].median == business[1]
    assert now.spreads["mttr"].p90 == pytest.approx(business[1] + 0.8 * (business[2] - business[1]))
    assert business[2] < 48 * 3600


def test_first_time_fix_in_sql_is_the_rule_of_incidents(month):
    in_sql = names(Ticket.objects.filter(lists.FIRST_TIME_FIX, resolved_at__isnull=False))
    assert in_sql == {i.title for i in Incident.objects.all() if is_first_time_fix(i)} == {"quick"}


def test_ages_teams_services_and_priorities_each_add_up_to_what_is_open(cast, month, asked):
    tickets = population.tickets_for(cast.wang_fang, asked)
    standing = backlog.backlog(tickets)
    assert standing.ages == {"1d": 2, "3d": 1, "7d": 1, "14d": 0, "30d": 0, "older": 0}
    assert sum(standing.priorities.values()) == standing.open == 4
    by_team = backlog.backlog_by(tickets, "team")
    assert [(h.pk, h.count) for h in by_team] == [(None, 3), (cast.desk.pk, 1)]
    assert sum(h.count for h in backlog.backlog_by(tickets, "service")) == 4


def test_series_counts_every_day_once_and_a_week_from_monday(cast, month):
    for period in ("30", "90", "month"):
        query = Query(period=period)
        tickets, window = population.tickets_for(cast.wang_fang, query), query.window()
        series = flow.flow(tickets, window)
        assert (
            sum(created for _part, created, _resolved in series) == lists.tickets_of("created", tickets, window).count()
        )
        assert (
            sum(resolved for _part, _created, resolved in series)
            == lists.tickets_of("resolved", tickets, window).count()
        )
    days = {part.first.isoformat(): created for part, created, _resolved in series if created}
    assert days["2026-11-27"] == 2


def test_heat_map_follows_the_readers_clock(cast, month, asked):
    tickets = population.tickets_for(cast.wang_fang, asked)
    assert flow.arrivals(tickets, asked.window())[5, 14] == 2
    with timezone.override("America/New_York"):
        assert flow.arrivals(tickets, asked.window())[5, 1] == 2


def test_filters_narrow_every_figure(cast, month):
    assert listed("open", cast.wang_fang, Query(service=str(cast.email.pk))) == {"=cmd|' /C calc'!A0"}
    assert listed("open", cast.wang_fang, Query(service="none")) == {"unserviced"}
    assert listed("open", cast.wang_fang, Query(team=str(cast.desk.pk))) == {"late"}
    assert listed("open", cast.wang_fang, Query(priority="1")) == {"urgent"}
    assert listed("open", cast.wang_fang, Query(organisation=str(cast.other.pk))) == set()
    assert listed("open", cast.wang_fang, Query(age="7d")) == {"unserviced"}
    assert listed("open", cast.wang_fang, Query(team="424242")) == set()


def test_nobody_counts_what_they_may_not_see(cast, month):
    assert listed("created", cast.stranger) == set()
    assert listed("created", cast.zhao_min) == {"again", "=cmd|' /C calc'!A0"}


def test_empty_house_has_no_rates_and_no_times(cast, asked):
    tickets = population.tickets_for(cast.wang_fang, asked)
    now, before = outcomes.outcomes(tickets, asked.window())
    assert {rate.percent for rate in now.rates.values()} == {None}
    assert {spread.mean for spread in (*now.spreads.values(), *before.spreads.values())} == {None}
    assert backlog.backlog(tickets).open == 0


def test_number_of_queries_is_the_same_for_any_number_of_tickets(cast, month, asked, django_assert_num_queries):
    cast.wang_fang.served_organisation_ids
    with django_assert_num_queries(5):
        outcomes.outcomes(population.tickets_for(cast.wang_fang, asked), asked.window())
    assert timedelta(days=30) == asked.window().end - asked.window().start
