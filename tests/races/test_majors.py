"""Two people, one major incident."""

import pytest

from core.errors import Refused
from events.models import Event
from incidents import services as incidents
from incidents.models import Incident, MajorIncident, MajorRule
from tests.races.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_two_declare_at_once_and_the_second_is_told(cast, incident):
    values = {"commander": cast.chen_hao, "extent": "full", "cadence": "30"}
    outcomes = together(2, lambda n: incidents.take_major(
        Incident.objects.get(pk=incident.pk), "declare", actor=cast.wang_fang, values=values))  # fmt: skip
    assert sorted(type(one).__name__ for one in outcomes) == ["MajorIncident", "Refused"]
    assert Event.objects.filter(name="major.declared").count() == 1


def test_one_click_sent_six_times_at_once_is_one_report(cast, incident):
    values = {"commander": cast.chen_hao, "extent": "full", "cadence": "30"}
    major = incidents.take_major(incident, "declare", actor=cast.wang_fang, values=values)
    outcomes = together(6, lambda n: incidents.join_major(
        MajorIncident.objects.get(pk=major.pk), actor=cast.zhao_min))  # fmt: skip
    assert not [one for one in outcomes if isinstance(one, Exception | Refused)]
    assert Incident.objects.filter(requester=cast.zhao_min).count() == 1


def test_reports_at_one_instant_propose_one_candidate(cast):
    MajorRule.objects.all().delete()
    MajorRule.objects.create(name_en="Many", reports=3, minutes=10)
    made = [incidents.report_incident(actor=cast.li_na, title=f"t{n}", service=cast.erp) for n in range(6)]
    seen = list(Event.objects.filter(name="incident.reported", subject_id__in=[one.pk for one in made]))
    outcomes = together(6, lambda n: incidents.consider(seen[n]))
    assert outcomes == [None] * 6
    assert MajorIncident.objects.count() == 1
