"""From the change that is to solve it to the day on which nothing came back."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from incidents import services as incidents
from problems import services
from problems.models import Fix
from tests.changes import planned
from tests.problems import DAY, closed, host, known_error, observed, raised, under_fix
from tickets import services as tickets
from tickets.models import Category, TicketLink

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


def test_what_is_linked_while_it_is_observed_shows_it_at_once_and_what_came_before_does_not(cast, deliver):
    problem, before = observed(cast), fault(cast, service=cast.email)
    services.link_incident(problem, before, actor=cast.chen_hao)
    deliver()
    problem.refresh_from_db()
    assert problem.state == "investigating", "it came while the fix was observed"
    with clock.travel(clock.now() - DAY):
        older = fault(cast, service=cast.email)
    problem = observed(cast, title="Another")
    services.link_incident(problem, older, actor=cast.chen_hao)
    deliver()
    problem.refresh_from_db()
    assert problem.state == "observing"


def test_linked_before_the_worker_came_or_by_any_other_way_it_counts_as_well(cast, deliver):
    problem = observed(cast)
    with clock.travel(clock.now() + DAY):
        again = fault(cast, affected_items=[host(cast)])
        tickets.link(again, problem, kind=TicketLink.Kind.CAUSED_BY, actor=None)
        deliver()
    assert Fix.objects.get().recurrence == again


def test_a_linked_incident_that_is_reopened_came_back(cast, deliver):
    before = fault(cast, service=cast.email)
    solved = {"resolution_code": "workaround", "resolution_notes": "Restarted"}
    tickets.take_transition(before, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(before, "start", actor=cast.zhang_wei)
    tickets.take_transition(before, "resolve", actor=cast.zhang_wei, values=solved)
    problem = observed(cast, incidents=[before])
    deliver()
    with clock.travel(clock.now() + DAY):
        tickets.take_transition(before, "reopen", actor=cast.li_na, values={"reason": "Down again"})
        deliver()
    problem.refresh_from_db()
    assert (problem.state, Fix.objects.get().recurrence_id) == ("investigating", before.pk)


def test_the_same_category_alone_says_nothing_about_a_fix_but_like_words_do(cast, deliver):
    category = Category.objects.create(slug="portal", name_en="Portal")
    problem = observed(cast, items=[], title="Exporting reports is slow", service=cast.erp, category=category)
    with clock.travel(clock.now() + DAY):
        about = {"service": cast.erp, "category": category}
        incidents.report_incident(actor=cast.li_na, title="How do I change my picture", **about)
        deliver()
        problem.refresh_from_db()
        assert problem.state == "observing"
        incidents.report_incident(actor=cast.li_na, title="报表导出很慢", **about)
        deliver()
    problem.refresh_from_db()
    assert problem.state == "investigating"


def test_what_was_no_recurrence_is_set_aside_and_the_fix_observed_on(cast, deliver):
    problem = observed(cast)
    until = problem.watch_until
    with clock.travel(clock.now() + DAY):
        other = fault(cast, affected_items=[host(cast)])
        deliver()
        for actor, values, refusal in (
            (cast.li_na, {"reason": "x"}, NotAllowed), (cast.chen_hao, {}, InvalidInput),
        ):  # fmt: skip
            with pytest.raises(refusal):
                tickets.take_transition(problem, "deny_recurrence", actor=actor, values=values)
        values = {"reason": "A cable"}
        problem = tickets.take_transition(problem, "deny_recurrence", actor=cast.chen_hao, values=values)
        assert (problem.state, problem.watch_until, Fix.objects.get().outcome) == ("observing", until, "observed")
        assert not problem.incidents().exists(), "only the system had laid it there"
        tickets.edit(other, actor=cast.zhang_wei, changes={"title": "It is down once more"})
        deliver()
        problem.refresh_from_db()
        assert problem.state == "observing"
    with clock.travel(until + timedelta(minutes=1)):
        services.close_observed()
    assert Fix.objects.get().outcome == "effective"


def test_set_aside_what_else_came_meanwhile_shows_it_instead(cast, deliver):
    problem = observed(cast)
    with clock.travel(clock.now() + DAY):
        fault(cast, affected_items=[host(cast)])
        deliver()
        second = fault(cast, affected_items=[host(cast)])
        deliver()
        problem = tickets.take_transition(problem, "deny_recurrence", actor=cast.chen_hao, values={"reason": "A cable"})
    assert (problem.state, Fix.objects.get().recurrence) == ("investigating", second)


def test_a_cancelled_incident_takes_back_what_it_showed(cast, deliver):
    problem = observed(cast)
    with clock.travel(clock.now() + DAY):
        again = fault(cast, affected_items=[host(cast)])
        deliver()
        tickets.take_transition(again, "cancel", actor=cast.li_na, values={"reason": "My mistake"})
        deliver()
    problem.refresh_from_db()
    assert (problem.state, Fix.objects.get().outcome) == ("observing", "observed")


def test_a_change_that_did_not_hold_is_no_fix_a_second_time(cast, deliver):
    problem = observed(cast)
    with clock.travel(clock.now() + DAY):
        fault(cast, affected_items=[host(cast)])
        deliver()
        tickets.take_transition(problem, "declare_known_error", actor=cast.chen_hao)
        with pytest.raises(Refused, match="came back"):
            tickets.take_transition(problem, "begin_fix", actor=cast.chen_hao)
        new = planned(cast, items=[host(cast)])
        tickets.link(problem, new, kind=TicketLink.Kind.SOLVED_BY, actor=cast.chen_hao)
        assert tickets.take_transition(problem, "begin_fix", actor=cast.chen_hao).state == "fix_in_progress"
    with clock.travel(clock.now() + 2 * DAY):
        closed(cast, new)
    problem.refresh_from_db()
    assert problem.state == "observing"


def test_after_a_change_that_failed_the_fix_begins_with_another_one(cast):
    problem, change = under_fix(cast)
    closed(cast, change, "failed")
    other = planned(cast, items=[cast.email])
    tickets.link(problem, other, kind=TicketLink.Kind.SOLVED_BY, actor=cast.chen_hao)
    assert tickets.take_transition(problem, "begin_fix", actor=cast.chen_hao).state == "fix_in_progress"


def test_what_a_duplicate_brings_shows_it_as_well(cast, deliver):
    problem = observed(cast)
    with clock.travel(clock.now() + DAY):
        again = fault(cast, service=cast.email)
        double = raised(cast, items=[], incidents=[again])
        services.close_as_duplicate(double, problem, actor=cast.chen_hao)
    problem.refresh_from_db()
    assert (problem.state, Fix.objects.get().recurrence) == ("investigating", again)
