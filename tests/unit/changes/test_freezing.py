"""A freeze comes over changes that are planned already: they keep their place, nobody begins, their people are told."""

from datetime import timedelta

import pytest

from changes import services
from changes.models import Freeze
from core import clock
from core.errors import Refused
from events.models import Event
from notifications.models import Mail, Notification
from tests.changes import DAY, asked, change_manager, granted, planned
from tickets import services as tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheduled(cast):
    manager = change_manager(cast)
    return granted(asked(planned(cast, items=[cast.erp]), actor=cast.chen_hao), by=manager)


def freeze_over(cast, change, freeze=None, **values):
    values = {
        "name_zh": "年末", "name_en": "Year end", "reason": "Books", "scope": "everything",
        "from_at": change.planned_start - timedelta(hours=1), "until_at": change.planned_end, **values,
    }  # fmt: skip
    return services.keep_freeze(freeze or Freeze(), actor=cast.admin, **values)


def news(change):
    told = Event.objects.filter(name__in=("change.frozen", "change.thawed"), subject_id=change.pk)
    return list(told.order_by("pk").values_list("name", flat=True))


def test_it_keeps_its_approval_and_its_place_but_nobody_begins(cast, scheduled, deliver):
    freeze_over(cast, scheduled)
    deliver()
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.is_approved) == ("scheduled", True)
    with clock.travel(scheduled.planned_start + timedelta(minutes=1)):
        with pytest.raises(Refused, match="Year end"):
            tickets.take_transition(scheduled, "start", actor=cast.liu_yang)
        Freeze.objects.update(until_at=clock.now())
        begun = tickets.take_transition(scheduled, "start", actor=cast.liu_yang)
    assert begun.state == "implementing"


def test_an_emergency_begins_under_a_freeze(cast):
    manager = change_manager(cast)
    urgent = granted(asked(planned(cast, items=[cast.erp], type="emergency"), actor=cast.chen_hao), by=manager)
    now = clock.now()
    freeze_over(cast, urgent, from_at=now - DAY, until_at=now + 3 * DAY)
    assert tickets.take_transition(urgent, "start", actor=cast.liu_yang).state == "implementing"


def test_its_people_are_told_once_when_it_comes_and_once_when_it_goes(cast, scheduled, deliver):
    freeze = freeze_over(cast, scheduled)
    deliver()
    told = Notification.objects.filter(ticket=scheduled.pk, event__name="change.frozen")
    assert set(told.values_list("user__username", flat=True)) == {"chen.hao", "liu.yang"}
    assert Mail.objects.filter(event__name="change.frozen", user=cast.liu_yang).count() == 1
    freeze_over(cast, scheduled, freeze, reason="The books are closed")
    deliver()
    assert news(scheduled) == ["change.frozen"]
    freeze_over(cast, scheduled, freeze, from_at=scheduled.planned_end, until_at=scheduled.planned_end + DAY)
    deliver()
    assert news(scheduled) == ["change.frozen", "change.thawed"]
    freeze_over(cast, scheduled, freeze)
    deliver()
    services.discard_freeze(freeze, actor=cast.admin)
    deliver()
    assert news(scheduled) == ["change.frozen", "change.thawed"] * 2


def test_who_may_work_during_it_and_what_it_does_not_meet_hear_nothing(cast, scheduled, deliver):
    beside = planned(cast, items=[cast.email], implementer=cast.zhang_wei)
    freeze_over(cast, scheduled, scope="services", services=[cast.erp], excepted_roles=["expert"])
    deliver()
    assert news(scheduled) == news(beside) == []
