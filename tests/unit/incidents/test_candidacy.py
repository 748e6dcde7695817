"""Major incidents proposed by rule."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from events.models import Event
from incidents import services as incidents
from incidents.models import Incident, MajorIncident, MajorRule
from notifications.models import Notification
from problems.models import Sighting
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(db):
    MajorRule.objects.all().delete()
    return MajorRule.objects.create(name_en="Many", reports=3, minutes=10)


def report(cast, n=0, **values):
    return incidents.report_incident(actor=cast.li_na, title=f"ERP down {n}", **{"service": cast.erp} | values)


def test_third_report_within_ten_minutes_proposes_the_first_once(cast, rule, deliver):
    made = [report(cast, n) for n in range(5)]
    deliver()
    major = MajorIncident.objects.select_related("incident").get()
    assert major.incident_id == made[0].pk
    assert major.incident.major_state == "candidate"
    assert major.reason.startswith("Many") and "3" in major.reason and "ERP" in major.reason
    told = Notification.objects.filter(event__name="major.proposed").values_list("user__username", flat=True)
    assert list(told) == ["wang.fang"]


def test_rejected_candidate_is_not_proposed_again_for_the_same_reports(cast, rule, deliver):
    made = [report(cast, n) for n in range(3)]
    deliver()
    incidents.take_major(made[0], "reject", actor=cast.wang_fang, values={"reason": "a training"})
    report(cast, 4)
    deliver()
    assert Event.objects.filter(name="major.proposed").count() == 1


def test_one_report_is_enough_where_a_critical_service_is_down(cast, rule, deliver):
    rule.delete()
    MajorRule.objects.create(name_en="Down", reports=1, minutes=5, criticality=1, priority=1)
    report(cast, impact=1, urgency=1)
    deliver()
    assert not MajorIncident.objects.exists()
    cast.erp.criticality = 1
    cast.erp.save()
    report(cast, impact=3, urgency=3)
    deliver()
    assert not MajorIncident.objects.exists()
    grave = report(cast, impact=1, urgency=1)
    deliver()
    assert MajorIncident.objects.get().incident.priority == grave.priority == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gaps=st.lists(st.integers(0, 14), min_size=1, max_size=8))
def test_proposes_exactly_when_so_many_lie_within_the_window(cast, rule, deliver, gaps):
    """Against a slow count: does any window of ten minutes hold three reports?"""
    Sighting.objects.all().delete()  # else the reports of every example before are one more recurrence to weigh
    MajorIncident.objects.all().delete()
    Incident.objects.update(service=None, major_state="")
    Ticket.objects.update(service=None)
    at, instants = clock.now().replace(microsecond=0) - timedelta(days=1), []
    for n, gap in enumerate(gaps):
        at += timedelta(minutes=gap, seconds=1)
        with clock.travel(at):
            report(cast, n)
            deliver()
        instants.append(at)
    window = timedelta(minutes=rule.minutes)
    expected = any(sum(last - window < one <= last for one in instants) >= rule.reports for last in instants)
    assert MajorIncident.objects.exists() == expected
