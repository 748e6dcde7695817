"""Skills and training through the API: read by the desk, written by whoever leads."""

from datetime import timedelta

import pytest

from accounts import services as people
from accounts.models import PersonSkill
from core import clock
from training import services as training

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill(cast):
    return people.save_skill(None, actor=cast.wang_fang, slug="mail", name_en="Mail", name_zh="邮件")


def test_from_course_to_level(api, cast, skill):
    lead, other = api(cast.wang_fang), api(cast.chen_hao)
    course = {"name_en": "Mail", "skill": skill.pk, "level": 2, "valid_months": 12}
    assert other.post("/api/v1/courses/", course, format="json").status_code == 403
    made = lead.post("/api/v1/courses/", course, format="json")
    assert made.status_code == 201
    course = made.json()["id"]
    at = clock.now() + timedelta(days=3)
    given = {
        "course": course,
        "starts_at": at.isoformat(),
        "ends_at": (at + timedelta(hours=2)).isoformat(),
        "seats": 1,
    }
    session = lead.post("/api/v1/training-sessions/", given, format="json").json()["id"]
    path = f"/api/v1/training-sessions/{session}/enrolments/"
    assert other.post(path, {}, format="json").json()["seat"] == "seated"
    assert lead.post(path, {"person": cast.liu_yang.pk}, format="json").json()["seat"] == "waiting"
    assessment = {"person": cast.chen_hao.pk, "course": course, "passed": True}
    assert other.post("/api/v1/assessments/", assessment, format="json").status_code == 403
    assert lead.post("/api/v1/assessments/", assessment, format="json").status_code == 201
    held = other.get(f"/api/v1/skills/{skill.pk}/").json()["holders"]
    assert [(one["person"]["username"], one["level"]) for one in held] == [("chen.hao", 2)]


def test_ratings_and_plans(api, cast, skill):
    lead = api(cast.wang_fang)
    path = f"/api/v1/skills/{skill.pk}/ratings/"
    assert lead.post(path, {"person": cast.chen_hao.pk, "level": 3}, format="json").status_code == 201
    assert lead.post(path, {"person": cast.wang_fang.pk, "level": 4}, format="json").status_code == 403
    assert lead.post(path, {"person": cast.chen_hao.pk, "level": 5}, format="json").status_code == 422
    assert PersonSkill.objects.get().level == 3
    course = training.keep_course(None, actor=cast.wang_fang, name_en="x", skill=skill, level=4, cost=100)
    plan = training.keep_plan(None, actor=cast.wang_fang, team=cast.network, year=2026, budget=150)
    line = {"person": cast.chen_hao.pk, "course": course.pk, "reason": "Gap"}
    made = lead.post(f"/api/v1/training-plans/{plan.pk}/lines/", line, format="json")
    assert made.status_code == 201 and made.json()["money"]["left"] == "50.00"
    assert lead.get("/api/v1/training-plans/").json()["results"][0]["lines"][0]["stage"] == "planned"
    assert api(cast.liu_yang).get(f"/api/v1/training-plans/{plan.pk}/").status_code == 404
    assert api(cast.li_na).get("/api/v1/skills/").json()["results"] == []
