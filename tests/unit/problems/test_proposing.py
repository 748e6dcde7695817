"""What recurs is proposed once, with exactly its incidents; what somebody decided holds."""

from datetime import timedelta

import pytest
from django.utils import translation

from changes.models import CausedIncident
from cmdb.models import ConfigurationItem
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from incidents import services as incidents
from problems import services
from problems.models import Problem, Proposal, RecurrenceRule
from problems.selectors import proposals as told
from tests.changes import planned
from tests.landscape import landscape
from tests.problems import raised
from tickets import services as tickets
from tickets.models import Category

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def switch(cast):
    """The core switch, and the rule that three incidents on an item are enough; no other rule."""
    RecurrenceRule.objects.exclude(basis="item").delete()
    RecurrenceRule.objects.update(incidents=3)
    return landscape(cast)["core"]


def report(cast, deliver, *items, title="Port down", **values):
    made = incidents.report_incident(
        actor=cast.li_na, title=title, affected_items=items, **{"service": cast.email} | values
    )
    deliver()
    return made


def members(proposal):
    return sorted(proposal.rows.values_list("incident", flat=True))


def test_the_third_on_one_item_proposes_and_the_fourth_joins(cast, switch, deliver):
    made = [report(cast, deliver, switch) for _n in range(2)]
    assert not Proposal.objects.exists()
    made.append(report(cast, deliver, switch))
    proposal = Proposal.objects.get()
    assert members(proposal) == [one.pk for one in made] and proposal.item == switch
    made.append(report(cast, deliver, switch))
    assert members(Proposal.objects.get()) == [one.pk for one in made]
    assert Event.objects.filter(name="problem_proposal.made").get().data["told"] == [cast.wang_fang.pk, cast.admin.pk]


def test_only_incidents_within_the_window_count(cast, switch, deliver):
    now = clock.now()
    for days in (40, 20):
        with clock.travel(now - days * DAY):
            made = incidents.report_incident(actor=cast.li_na, title="x", affected_items=[switch], service=cast.email)
            services.look_at(made.pk)
    report(cast, deliver, switch)
    assert not Proposal.objects.exists()


def test_what_hangs_under_another_or_was_cancelled_does_not_count(cast, switch, deliver):
    first, second, third = (report(cast, deliver, switch) for _n in range(3))
    proposal = Proposal.objects.get()
    tickets.set_parent(third, first, actor=cast.zhang_wei)
    deliver()
    proposal.refresh_from_db()
    assert proposal.state == "lapsed" and members(proposal) == [first.pk, second.pk]
    report(cast, deliver, switch)
    assert Proposal.objects.open().count() == 1


def test_an_item_named_later_counts_then(cast, switch, deliver):
    late = report(cast, deliver)
    for _n in range(2):
        report(cast, deliver, switch)
    assert not Proposal.objects.exists()
    tickets.edit(late, actor=cast.zhang_wei, changes={"affected_items": [switch]})
    deliver()
    assert late.pk in members(Proposal.objects.get())


def test_categories_left_out_never_count(cast, switch, deliver):
    resets = Category.objects.create(slug="resets", name_en="Resets")
    RecurrenceRule.objects.get().left_out.add(resets)
    for _n in range(4):
        report(cast, deliver, switch, category=resets)
    assert not Proposal.objects.exists()


def test_why_is_one_sentence_from_data_in_the_readers_language(cast, switch, deliver):
    change = planned(cast, items=[switch])
    now = clock.now()
    for n in range(3):
        with clock.travel(now - (4 - 2 * n) * DAY):
            made = incidents.report_incident(
                actor=cast.li_na, title="x", affected_items=[switch], service=cast.email, impact=1, urgency=1
            )
            services.look_at(made.pk)
            if n:
                CausedIncident.objects.create(change=change, incident=made, suggested_at=made.created_at)
    proposal = Proposal.objects.get()
    with translation.override("en"):
        row = told.tell(cast.wang_fang, [proposal])[0]
        assert row.why == f"3 incidents on Core in 5 days, 2 after change {change.number}"
        assert [points for _what, points in row.parts] == [10, 6, 5]
    with translation.override("zh-hans"):
        row = told.tell(cast.wang_fang, [proposal])[0]
        assert row.why == f"Core 在 5 天内发生 3 起事件，其中 2 起在变更 {change.number} 之后"


def test_accepting_opens_a_problem_with_all_of_it_and_the_next_one_is_laid_to_it(cast, switch, deliver):
    made = [report(cast, deliver, switch, impact=1) for _n in range(3)]
    problem = services.accept(Proposal.objects.get(), actor=cast.wang_fang, title="The core switch drops ports")
    assert sorted(problem.incidents().values_list("pk", flat=True)) == [one.pk for one in made]
    assert list(problem.affected_items.all()) == [switch] and problem.service == cast.email and problem.impact == 1
    made.append(report(cast, deliver, switch))
    assert problem.incidents().count() == 4 and Proposal.objects.count() == Problem.objects.count() == 1


def test_what_became_a_duplicate_goes_on_at_the_other_problem(cast, switch, deliver):
    for _n in range(3):
        report(cast, deliver, switch)
    double = services.accept(Proposal.objects.get(), actor=cast.wang_fang, title="The core switch drops ports")
    original = raised(cast, items=[switch])
    services.close_as_duplicate(double, original, actor=cast.wang_fang)
    report(cast, deliver, switch)
    assert original.incidents().count() == 4 and not double.incidents().exists()
    assert Proposal.objects.count() == 1


def test_dismissed_it_is_silent_until_twice_as_many_come_or_the_day_is_over(cast, switch, deliver):
    for _n in range(3):
        report(cast, deliver, switch)
    proposal, today = Proposal.objects.get(), clock.now().date()
    services.dismiss(proposal, actor=cast.wang_fang, reason="Planned works", silent_until=today + 9 * DAY)
    for _n in range(2):
        report(cast, deliver, switch)
    assert not Proposal.objects.open().exists()
    report(cast, deliver, switch)
    again = Proposal.objects.open().get()
    assert len(members(again)) == 6
    services.dismiss(again, actor=cast.wang_fang, reason="Still works", silent_until=today + 2 * DAY)
    with clock.travel(clock.now() + 3 * DAY):
        made = incidents.report_incident(actor=cast.li_na, title="x", affected_items=[switch], service=cast.email)
        services.look_at(made.pk)
    assert Proposal.objects.open().count() == 1


def test_merged_into_a_problem_the_next_one_goes_there(cast, switch, deliver):
    for _n in range(3):
        report(cast, deliver, switch)
    problem = raised(cast, items=[switch], service=cast.email)
    services.merge_into_problem(Proposal.objects.get(), problem, actor=cast.wang_fang)
    report(cast, deliver, switch)
    assert problem.incidents().count() == 4 and not Proposal.objects.open().exists()


def test_merged_into_another_proposal_the_next_one_goes_there(cast, switch, deliver):
    host = ConfigurationItem.objects.get(slug="host-1")
    for item in (switch, host):
        for _n in range(3):
            report(cast, deliver, item)
    first, second = Proposal.objects.order_by("pk")
    services.merge_into_proposal(second, first, actor=cast.wang_fang)
    report(cast, deliver, host)
    assert len(members(first)) == 7 and not Proposal.objects.open().exclude(pk=first.pk).exists()


def test_bad_decisions_are_refused_and_nothing_is_done(cast, switch, deliver):
    for _n in range(3):
        report(cast, deliver, switch)
    proposal, today = Proposal.objects.get(), clock.now().date()
    with pytest.raises(NotAllowed):
        services.accept(proposal, actor=cast.zhang_wei, title="x")
    for reason, until, field in (("", today, "reason"), ("x", today - DAY, "silent_until")):
        with pytest.raises(InvalidInput) as refused:
            services.dismiss(proposal, actor=cast.wang_fang, reason=reason, silent_until=until)
        assert list(refused.value.fields) == [field]
    with pytest.raises(InvalidInput):
        services.accept(proposal, actor=cast.wang_fang, title="")
    assert Proposal.objects.get().is_open and not Problem.objects.exists()
    services.dismiss(proposal, actor=cast.wang_fang, reason="x", silent_until=today)
    with pytest.raises(Refused, match="Wang Fang"), translation.override("en"):
        services.accept(proposal, actor=cast.admin, title="x")


def test_what_an_open_problem_on_the_item_causes_already_is_laid_to_it_and_not_proposed(cast, switch, deliver):
    made = [report(cast, deliver, switch) for _n in range(2)]
    problem = raised(cast, items=[switch], incidents=made[:1])
    made.append(report(cast, deliver, switch))
    assert not Proposal.objects.exists()
    assert sorted(problem.incidents().values_list("pk", flat=True)) == [one.pk for one in made]


def test_a_problem_elsewhere_takes_a_find_only_when_it_causes_half_of_it(cast, switch, deliver):
    made = [report(cast, deliver, switch) for _n in range(2)]
    elsewhere = raised(cast, items=[], incidents=made[:1])
    made.append(report(cast, deliver, switch))
    proposal = Proposal.objects.get()
    assert [(one, one.shared) for one in told.problems_for(cast.wang_fang, proposal)] == [(elsewhere, 1)]
    on_it = raised(cast, items=[switch])
    assert list(told.problems_for(cast.wang_fang, proposal)) == [elsewhere, on_it]
    assert list(told.problems_for(cast.li_na, proposal)) == []
