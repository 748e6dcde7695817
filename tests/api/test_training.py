"""Skills and training through the API: read by the desk, written by whoever leads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services as people
from accounts.models import PersonSkill
from core import clock
from tickets.services import skills as asking
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


def test_a_session_is_held_or_cancelled(api, cast, skill):
    lead, other = api(cast.wang_fang), api(cast.chen_hao)
    course = training.keep_course(None, actor=cast.wang_fang, name_en="x", skill=skill, level=2)
    at = clock.now() - timedelta(hours=1)
    session = training.keep_session(
        None, actor=cast.wang_fang, course=course, starts_at=at, ends_at=at + timedelta(hours=2)
    )
    for person in (cast.chen_hao, cast.liu_yang):
        session.enrolments.create(person=person, seat="seated", made_at=at)
    path = f"/api/v1/training-sessions/{session.pk}/"
    here = {"attended": [cast.chen_hao.pk]}
    assert other.post(path + "attendance/", here, format="json").status_code == 403
    assert lead.post(path + "attendance/", {"attended": [cast.admin.pk]}, format="json").status_code == 422
    held = lead.post(path + "attendance/", here, format="json").json()
    assert held["state"] == "held" and [one["attended"] for one in held["enrolments"]] == [True, False]
    assert lead.post(path + "cancel/", {"reason": "too late"}, format="json").status_code == 409
    at += timedelta(days=3)
    session = training.keep_session(
        None, actor=cast.wang_fang, course=course, starts_at=at, ends_at=at + timedelta(hours=2)
    )
    path = f"/api/v1/training-sessions/{session.pk}/"
    assert lead.post(path + "attendance/", {"attended": []}, format="json").status_code == 409, "it has not begun"
    assert lead.post(path + "cancel/", {}, format="json").status_code == 422
    gone = lead.post(path + "cancel/", {"reason": "The trainer is ill"}, format="json").json()
    assert (gone["state"], gone["reason"]) == ("cancelled", "The trainer is ill")


def test_a_plan_is_approved_within_its_budget_by_managers(api, cast, skill):
    cast.network.lead = cast.chen_hao
    cast.network.save()
    course = training.keep_course(None, actor=cast.wang_fang, name_en="x", skill=skill, level=4, cost=100)
    plan = training.keep_plan(None, actor=cast.wang_fang, team=cast.network, year=2026, budget=50)
    training.add_item(actor=cast.wang_fang, team=cast.network, year=2026, person=cast.chen_hao, course=course)
    path = f"/api/v1/training-plans/{plan.pk}/steps/"
    assert api(cast.chen_hao).post(path, {"name": "approve"}, format="json").status_code == 403
    assert api(cast.wang_fang).post(path, {"name": "approve"}, format="json").status_code == 409
    training.keep_plan(plan, actor=cast.wang_fang, budget=100)
    assert api(cast.wang_fang).post(path, {"name": "approve"}, format="json").json()["state"] == "approved"
    assert api(cast.chen_hao).post(path, {"name": "close"}, format="json").json()["state"] == "closed"


def test_the_report_of_gaps(api, cast, skill):
    asking.require_skill(skill, actor=cast.wang_fang, level=2, service=cast.email)
    desk, path = api(cast.zhang_wei), "/api/v1/training-gaps/"
    assert api(cast.li_na).get(path).status_code == 403
    found = desk.get(path + f"?team={cast.email.support_team_id}").json()
    assert [(one["skill"]["id"], one["level"], one["able"]) for one in found["gaps"]] == [(skill.pk, 2, [])]
    member = cast.email.support_team.members.first()
    people.rate(member, skill, actor=cast.admin, level=3, expires_on=timezone.localdate(clock.now()))
    found = desk.get(path).json()
    assert found["gaps"] == [] and found["singles"][0]["able"][0]["person"]["id"] == member.pk
    assert [(one["skill"]["id"], one["is_over"]) for one in found["ending"]] == [(skill.pk, False)]
    assert desk.get(path + "?team=x").status_code == 400 and desk.get(path + "?team=99999").status_code == 404
