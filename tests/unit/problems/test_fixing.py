"""From the change that is to solve it to the day on which nothing came back."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import Refused
from incidents import services as incidents
from problems import services
from problems.models import Fix
from tests.changes import planned
from tests.problems import DAY, closed, host, known_error, observed, under_fix
from tickets import services as tickets
from tickets.models import TicketLink

pytestmark = pytest.mark.django_db


def fault(cast, **about):
    return incidents.report_incident(actor=cast.li_na, title="It is down again", **about)


def test_the_fix_is_observed_once_all_its_changes_were_closed_with_success(cast):
    problem, change = under_fix(cast)
    other = planned(cast, items=[cast.email])
    tickets.link(problem, other, kind=TicketLink.Kind.SOLVED_BY, actor=cast.chen_hao)
    closed(cast, change)
    problem.refresh_from_db()
    assert problem.state == "fix_in_progress"
    closed(cast, other)
    problem.refresh_from_db()
    assert problem.state == "observing"
    assert problem.watch_until - problem.fixed_at == timedelta(days=30)
    assert Fix.objects.get().outcome == "observed"


@pytest.mark.parametrize("outcome", ["failed", "rolled_back"])
def test_a_change_without_success_makes_it_a_known_error_again(cast, outcome):
    problem, change = under_fix(cast)
    closed(cast, change, outcome)
    problem.refresh_from_db()
    assert problem.state == "known_error" and not Fix.objects.exists()
    with pytest.raises(Refused, match="did not succeed"):
        tickets.take_transition(problem, "begin_fix", actor=cast.chen_hao)


def test_what_was_changed_already_is_observed_at_once(cast):
    problem = known_error(cast)
    change = planned(cast, items=[cast.erp])
    tickets.link(problem, change, kind=TicketLink.Kind.SOLVED_BY, actor=cast.chen_hao)
    closed(cast, change)
    assert tickets.take_transition(problem, "begin_fix", actor=cast.chen_hao).state == "observing"


def test_without_anything_coming_back_it_closes_by_itself_as_fixed(cast):
    problem = observed(cast, watch_days=10)
    with clock.travel(problem.watch_until - timedelta(minutes=1)):
        assert services.close_observed() == 0
    with clock.travel(problem.watch_until + timedelta(minutes=1)):
        assert services.close_observed() == 1
    problem.refresh_from_db()
    assert (problem.state, problem.closing_code) == ("closed", "fixed")
    assert Fix.objects.get().outcome == "effective"


def test_what_comes_back_on_the_same_item_shows_that_the_fix_had_no_effect(cast, deliver):
    problem = observed(cast)
    with clock.travel(clock.now() + DAY):
        fault(cast, service=cast.email)
        deliver()
        problem.refresh_from_db()
        assert problem.state == "observing"
        again = fault(cast, affected_items=[host(cast)])
        deliver()
    problem.refresh_from_db()
    assert (problem.state, problem.watch_until) == ("investigating", None)
    fix = Fix.objects.get()
    assert (fix.outcome, fix.recurrence) == ("not_effective", again)
    assert list(problem.incidents()) == [again.ticket_ptr]


def test_an_incident_that_is_brought_to_the_item_later_counts_as_well(cast, deliver):
    problem = observed(cast)
    with clock.travel(clock.now() + DAY):
        again = fault(cast, service=cast.email)
        deliver()
        tickets.edit(again, actor=cast.zhang_wei, changes={"affected_items": [host(cast)]})
        deliver()
    problem.refresh_from_db()
    assert problem.state == "investigating"


def test_what_came_before_the_fix_or_after_the_observation_says_nothing(cast, deliver):
    problem = observed(cast, watch_days=2)
    for moment in (problem.fixed_at - DAY, problem.watch_until + DAY):
        with clock.travel(moment):
            fault(cast, affected_items=[host(cast)])
    deliver()
    problem.refresh_from_db()
    assert problem.state == "observing"
