"""Standard changes: from an approved template straight into the calendar, until it expires or fails too often."""

from datetime import timedelta

import pytest

from changes import services
from changes.services.scheduling import obstacles
from cmdb.models import ItemClass
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from tests.changes import DAY, change_manager, standard_template
from tickets import services as tickets
from tickets.services import tasks

HOUR = timedelta(hours=1)


@pytest.fixture
def manager(cast):
    return change_manager(cast)


@pytest.fixture
def template(cast, manager):
    template = standard_template(cast)
    return services.approve_template(template, actor=manager, valid_until=clock.now().date() + 30 * DAY)


def made(cast, template, **values):
    values = {"planned_start": clock.now() + HOUR, "implementer": cast.liu_yang, "affected_items": [cast.erp]} | values
    return services.use_template(template, actor=cast.chen_hao, **values)


def carried_out(cast, change, outcome):
    change = tickets.take_transition(change, "schedule", actor=cast.chen_hao)
    with clock.travel(change.planned_start + HOUR / 2):
        change = tickets.take_transition(change, "start", actor=cast.liu_yang)
        if outcome == "rolled_back":
            tickets.take_transition(change, "back_out", actor=cast.liu_yang, values={"reason": "It hangs"})
        while task := change.tasks.filter(state="open").first():
            tasks.complete(task, actor=cast.liu_yang)
        change.refresh_from_db()
        assert change.state == "review", "the last task ended the work"
        values = {"outcome": outcome, "records": "untouched", "review_notes": "Looked at"}
        return tickets.take_transition(change, "close", actor=cast.zhang_wei, values=values)


def test_a_standard_change_is_scheduled_without_anybody_being_asked(cast, template):
    change = made(cast, template)
    assert (change.type, change.plan) == ("standard", template.plan)
    assert change.planned_end - change.planned_start == HOUR
    change = carried_out(cast, change, "successful")
    assert change.state == "closed" and not change.approval_rounds.exists()
    stamps = change.tasks.values_list("title", "state", "ended_at")
    assert [row[:2] for row in stamps] == [("Drain", "done"), ("Patch", "done"), ("Put back", "done")]
    assert all(row[2] for row in stamps)


def test_its_plan_is_that_of_the_template(cast, template):
    change = made(cast, template)
    with pytest.raises(InvalidInput) as refused:
        services.plan_change(change, actor=cast.chen_hao, values={"plan": "Something quick"})
    assert "normal change" in refused.value.fields["plan"][0]
    with pytest.raises(InvalidInput):
        services.plan_change(change, actor=cast.chen_hao, values={"type": "normal"})
    with pytest.raises(InvalidInput) as refused:
        services.open_change(actor=cast.chen_hao, title="x", type="standard")
    assert "from a template" in refused.value.fields["type"][0]


def test_who_wrote_it_does_not_approve_it_and_a_change_of_it_ends_the_approval(cast, template, manager):
    values = {name: getattr(template, name) for name in (
        "name_zh", "name_en", "organisation", "service", "team", "description", "plan", "steps", "rollback_plan",
        "back_out_steps", "test_evidence", "minutes", "watch_hours", "suspend_after",
    )}  # fmt: skip
    template = services.keep_template(template, actor=manager, **values)
    assert template.state == "draft" and not template.is_usable
    day = clock.now().date() + DAY
    with pytest.raises(NotAllowed, match="wrote themselves"):
        services.approve_template(template, actor=manager, valid_until=day)
    with pytest.raises(NotAllowed):
        services.approve_template(template, actor=cast.zhang_wei, valid_until=day)
    with pytest.raises(InvalidInput):
        services.approve_template(template, actor=cast.admin, valid_until=day + 900 * DAY)
    with pytest.raises(Refused, match="not approved"):
        made(cast, template)


def test_what_expired_is_used_no_more_not_even_for_a_draft_made_before(cast, template):
    change = made(cast, template, planned_start=clock.now() + 40 * DAY)
    with clock.travel(clock.now() + 35 * DAY):
        with pytest.raises(Refused, match="template is not approved"):
            tickets.take_transition(change, "schedule", actor=cast.chen_hao)
        assert (services.expire_templates(), services.expire_templates()) == (1, 0)
    template.refresh_from_db()
    assert template.state == "expired"


def test_repeated_failures_suspend_it_until_it_is_approved_again(cast, template, manager):
    carried_out(cast, made(cast, template), "failed")
    carried_out(cast, made(cast, template), "successful")
    template.refresh_from_db()
    assert template.state == "approved"
    change = carried_out(cast, made(cast, template), "rolled_back")
    template.refresh_from_db()
    assert template.state == "suspended" and change.number in template.reason
    assert change.tasks.get(key="back-1").state == "done"
    assert set(change.tasks.filter(key__startswith="step").values_list("state", flat=True)) == {"called_off"}
    with pytest.raises(Refused):
        made(cast, template)
    template = services.approve_template(template, actor=manager, valid_until=clock.now().date() + DAY)
    assert made(cast, template).state == "draft"


def test_it_is_for_items_of_its_classes_only(cast, manager):
    template = standard_template(cast, item_classes=[ItemClass.objects.get(slug="infrastructure")])
    template = services.approve_template(template, actor=manager, valid_until=clock.now().date() + DAY)
    change = made(cast, template)
    assert [obstacle.kind for obstacle in obstacles(change)] == ["template"]
    with pytest.raises(Refused, match="not for"):
        tickets.take_transition(change, "schedule", actor=cast.chen_hao)
