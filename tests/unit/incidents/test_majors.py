"""Major incidents: who may, what follows, what is refused, and who hears of it."""

from datetime import timedelta

import pytest

from cmdb.models import Outage
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from incidents import services as incidents
from incidents.models import Incident, MajorIncident
from notifications.models import Notification
from tickets import services as tickets

pytestmark = pytest.mark.django_db

REVIEW = {"what_happened": "a", "impact": "b", "went_well": "c", "to_change": "d"}


def declare(cast, incident, **values):
    given = {"commander": cast.chen_hao, "extent": "full", "cadence": "30"} | values
    return incidents.take_major(incident, "declare", actor=cast.wang_fang, values=given)


def resolve(cast, incident):
    values = {"resolution_code": "fixed", "resolution_notes": "done"}
    return tickets.take_onwards(incident, "resolve", actor=cast.zhang_wei, values=values)


def test_major_goes_from_candidate_to_review_and_only_then_the_incident_closes(cast, incident):
    incidents.take_major(incident, "propose", actor=cast.zhang_wei, values={"reason": "everybody calls"})
    with pytest.raises(NotAllowed):
        incidents.take_major(incident, "declare", actor=cast.zhang_wei,
                             values={"commander": cast.chen_hao, "extent": "full", "cadence": "30"})  # fmt: skip
    major = declare(cast, incident)
    assert list(major.services.all()) == [cast.erp]
    with pytest.raises(Refused, match="Resolve the incident first"):
        incidents.take_major(incident, "stand_down", actor=cast.wang_fang)
    resolve(cast, incident)
    with pytest.raises(Refused, match="stand it down first"):
        tickets.take_transition(incident, "close", actor=cast.li_na)
    incidents.take_major(incident, "stand_down", actor=cast.chen_hao)
    with pytest.raises(Refused, match="file its review first"):
        tickets.take_transition(incident, "close", actor=cast.li_na)
    with pytest.raises(InvalidInput):
        incidents.take_major(incident, "review", actor=cast.chen_hao, values=REVIEW | {"impact": " "})
    incidents.take_major(incident, "review", actor=cast.chen_hao, values=REVIEW)
    tickets.take_transition(incident, "close", actor=cast.li_na)
    names = Event.objects.filter(name__startswith="major.").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["major.proposed", "major.declared", "major.stood_down", "major.reviewed"]


def test_declared_incident_cannot_be_cancelled(cast, incident):
    declare(cast, incident)
    with pytest.raises(Refused, match="stand it down first"):
        tickets.take_transition(incident, "cancel", actor=cast.zhang_wei, values={"reason": "x"})


def test_outage_lasts_from_the_report_to_the_repair(cast, incident):
    declare(cast, incident)
    outage = Outage.objects.get()
    assert (outage.service_id, outage.from_at, outage.until_at) == (cast.erp.pk, incident.created_at, None)
    resolved = resolve(cast, incident)
    incidents.take_major(incident, "stand_down", actor=cast.chen_hao)
    outage.refresh_from_db()
    assert outage.until_at == resolved.resolved_at


def test_arranging_other_services_moves_the_outages(cast, incident):
    declare(cast, incident)
    given = {"commander": cast.liu_yang, "services": [cast.email], "cadence": 60, "extent": "partial"}
    major = incidents.arrange_major(incident, actor=cast.wang_fang, **given)
    assert Outage.objects.get(service=cast.erp).until_at is not None
    going_on = Outage.objects.get(until_at=None)
    assert (going_on.service_id, going_on.is_full) == (cast.email.pk, False)
    assert major.next_update_due > clock.now() + timedelta(minutes=50)


def test_public_update_reaches_who_reported_it_and_moves_the_clock(cast, incident, deliver):
    child = incidents.report_incident(actor=cast.zhao_min, title="me too", service=cast.erp)
    tickets.set_parent(child, incident, actor=cast.zhang_wei)
    major = declare(cast, incident)
    due = major.next_update_due
    incidents.post_update(incident, actor=cast.chen_hao, audience="public", text_zh="正在处理", text_en="on it")
    deliver()
    told = Notification.objects.filter(kind="major", event__name="major.informed").values_list(
        "user__username", "ticket"
    )
    people = set(told.values_list("user__username", "ticket"))
    assert people == {("li.na", incident.pk), ("zhao.min", child.pk)}
    major.refresh_from_db()
    assert major.next_update_due > due


def test_update_for_managers_is_told_to_no_one_else(cast, incident, deliver):
    declare(cast, incident)
    incidents.post_update(incident, actor=cast.chen_hao, audience="managers", text_en="costs 1,000 an hour")
    deliver()
    told = Notification.objects.filter(event__name="major.updated").values_list("user__username", flat=True)
    assert list(told) == ["wang.fang"]


def test_updates_are_refused_in_words(cast, incident):
    with pytest.raises(Refused, match="not a declared major incident"):
        incidents.post_update(incident, actor=cast.chen_hao, audience="public", text_en="x")
    declare(cast, incident)
    with pytest.raises(NotAllowed):
        incidents.post_update(incident, actor=cast.li_na, audience="public", text_en="x")
    for bad in ({"text_en": " "}, {"text_en": "x" * 4001}, {"text_en": "x", "audience": "world"}):
        with pytest.raises(InvalidInput):
            incidents.post_update(incident, actor=cast.chen_hao, **{"audience": "public"} | bad)


def test_one_act_brings_open_reports_of_the_service_under_it(cast, incident):
    same = incidents.report_incident(actor=cast.zhao_min, title="ERP", service=cast.erp)
    other = incidents.report_incident(actor=cast.zhao_min, title="mail", service=cast.email)
    declare(cast, incident)
    assert incidents.attach_children(incident, actor=cast.zhang_wei) == 1
    assert incidents.attach_children(incident, actor=cast.zhang_wei) == 0
    same.refresh_from_db()
    other.refresh_from_db()
    assert (same.parent_id, other.parent_id) == (incident.pk, None)


def test_i_have_this_too_makes_one_child_however_often_it_is_clicked(cast, incident):
    major = declare(cast, incident)
    first = incidents.join_major(major, actor=cast.zhao_min)
    second = incidents.join_major(major, actor=cast.zhao_min)
    assert (first.pk, first.parent_id) == (second.pk, incident.pk)
    assert incidents.join_major(major, actor=cast.li_na).pk == incident.pk


def test_i_have_this_too_takes_the_report_one_has_already(cast, incident):
    own = incidents.report_incident(actor=cast.zhao_min, title="ERP is slow", service=cast.erp)
    major = declare(cast, incident)
    joined = incidents.join_major(major, actor=cast.zhao_min)
    assert (joined.pk, joined.parent_id) == (own.pk, incident.pk)
    assert Incident.objects.count() == 2


def test_nobody_joins_what_affects_none_of_their_services_or_is_over(cast, incident):
    major = declare(cast, incident)
    with pytest.raises(NotAllowed):
        incidents.join_major(major, actor=cast.stranger)
    resolve(cast, incident)
    incidents.take_major(incident, "stand_down", actor=cast.chen_hao)
    with pytest.raises(Refused, match="This disturbance is over"):
        incidents.join_major(MajorIncident.objects.get(), actor=cast.zhao_min)
