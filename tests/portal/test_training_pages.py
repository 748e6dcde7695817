"""Courses, plans and sessions as leads and learners meet them."""

from datetime import timedelta

import pytest

from accounts import services as people
from accounts.models import User
from core import clock
from tickets.services import skills
from training import services as training
from training.models import Course, Enrolment, Plan, PlanItem, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(cast):
    User.objects.update(language="en")
    mail = people.save_skill(None, actor=cast.wang_fang, slug="mail", name_en="Mail systems")
    skills.require_skill(mail, actor=cast.wang_fang, level=2, service=cast.email)
    return training.keep_course(None, actor=cast.wang_fang, name_en="Mail for operators", skill=mail, level=2)


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_from_the_gap_to_a_line_of_a_plan_with_nothing_typed_twice(client, cast, course):
    client.force_login(cast.wang_fang)
    path = f"/learning/plans/for/{cast.network.pk}/?skill={course.skill_id}"
    assert path in page(client, "/learning/gaps/")
    shown = client.get(path).context["form"]
    assert shown["reason"].value() == "Gap: Mail systems 2, asked for by E-mail"
    assert shown["course"].value() == course.pk, "the only course that leads so far is chosen"
    given = {"person": cast.chen_hao.pk, "course": course.pk, "year": clock.now().year, "reason": "Gap"}
    assert client.post(path, given).status_code == 302
    again = client.post(path, given)
    assert again.status_code == 422 and "planned for Chen Hao already" in again.content.decode()
    plan = Plan.objects.get()
    assert "Mail for operators" in page(client, f"/learning/plans/{plan.pk}/")
    assert client.post(f"/learning/plans/{plan.pk}/steps/approve/").status_code == 302
    assert client.post(f"/learning/plans/{plan.pk}/edit/", {"budget": 1, "note": "x"}).status_code == 409
    client.force_login(cast.chen_hao)
    assert page(client, f"/learning/plans/{plan.pk}/"), "members read what is planned for them"
    assert client.post(f"/learning/plans/lines/{PlanItem.objects.get().pk}/remove/").status_code == 403
    client.force_login(cast.liu_yang)
    page(client, f"/learning/plans/{plan.pk}/", 404)
    page(client, path, 403)


def test_a_session_from_its_call_to_the_waiting_list(client, cast, course):
    client.force_login(cast.wang_fang)
    path = f"/learning/courses/{course.pk}/sessions/new/"
    at = clock.now() + timedelta(days=3)
    given = {"starts_at": f"{at:%Y-%m-%d}T10:00", "ends_at": f"{at:%Y-%m-%d}T09:00", "seats": 1, "place": "Room 3"}
    wrong = client.post(path, given)
    assert wrong.status_code == 422 and "Room 3" in wrong.content.decode()
    assert client.post(path, given | {"ends_at": f"{at:%Y-%m-%d}T12:00"}).status_code == 302
    session = Session.objects.get()
    for one in (cast.chen_hao, cast.liu_yang):
        client.force_login(one)
        assert client.post(f"/learning/sessions/{session.pk}/enrol/").status_code == 302
    assert "On the waiting list" in page(client, f"/learning/sessions/{session.pk}/")
    assert "1 waits" in page(client, "/learning/sessions/")
    others = Enrolment.objects.get(person=cast.chen_hao)
    assert client.post(f"/learning/enrolments/{others.pk}/withdraw/").status_code == 403
    assert client.post(f"/learning/sessions/{session.pk}/cancel/", {"reason": "x"}).status_code == 403
    client.force_login(cast.wang_fang)
    nobody = client.post(f"/learning/sessions/{session.pk}/enrol/", {"person": "nobody.here"}, follow=True)
    assert "nobody.here" in nobody.content.decode()
    assert client.post(f"/learning/sessions/{session.pk}/cancel/", {"reason": "Ill"}).status_code == 302
    assert "Ill" in page(client, f"/learning/sessions/{session.pk}/")


def test_a_course_names_articles_by_their_numbers(client, cast, course):
    client.force_login(cast.wang_fang)
    given = {
        "name_en": "Mail for operators", "skill": course.skill_id, "level": 2, "hours": 8, "cost": 0, "is_active": "on"
    }  # fmt: skip
    wrong = client.post(f"/learning/courses/{course.pk}/edit/", given | {"articles": "KB99999"})
    assert wrong.status_code == 422 and "There is no article KB99999" in wrong.content.decode()
    assert client.post(f"/learning/courses/{course.pk}/edit/", given | {"articles": ""}).status_code == 302
    client.force_login(cast.chen_hao)
    assert client.post(f"/learning/courses/{course.pk}/edit/", given).status_code == 403
    client.force_login(cast.li_na)
    page(client, f"/learning/courses/{course.pk}/", 404)


def test_lists_take_as_many_queries_for_many_as_for_few(client, cast, course, django_assert_max_num_queries):
    at = clock.now() + timedelta(days=3)
    for year in range(2026, 2031):
        training.add_item(actor=cast.wang_fang, team=cast.network, year=year, person=cast.chen_hao, course=course)
        training.keep_session(
            None, actor=cast.wang_fang, course=course, starts_at=at, ends_at=at + timedelta(hours=year - 2020)
        )
    client.force_login(cast.wang_fang)
    for path in ("/learning/plans/", "/learning/sessions/", "/learning/courses/"):
        page(client, path)
        with django_assert_max_num_queries(12):
            page(client, path)
    assert Course.objects.count() == 1


def walked(client, path, name):
    """Every row of a list, page by page, by the links that the pages bear."""
    rows, after = [], 0
    for _page in range(9):
        response = client.get(path + (f"&after={after}" if after else ""))
        rows += response.context[name]
        after = response.context["next"]
        assert (f"after={after}" in response.content.decode()) == bool(after)
        if not after:
            return rows


def test_lists_are_read_page_by_page(client, cast, course, monkeypatch):
    monkeypatch.setattr("training.selectors.sessions.PAGE", 2)
    monkeypatch.setattr("training.selectors.plans.PAGE", 2)
    client.force_login(cast.wang_fang)
    for days in (3, 1, 1, 2, 5, -1, -3, -2, -2):
        at = clock.now().replace(microsecond=0) + timedelta(days=days)
        Session.objects.create(course=course, starts_at=at, ends_at=at + timedelta(hours=1), seats=3)
    to_come = walked(client, "/learning/sessions/?", "sessions")
    assert len(to_come) == 5 and to_come == sorted(to_come, key=lambda one: (one.starts_at, one.pk))
    past = walked(client, "/learning/sessions/?past", "sessions")
    assert len(past) == 4 and past == sorted(past, key=lambda one: (one.starts_at, one.pk), reverse=True)
    for year, team in ((2025, cast.network), (2026, cast.network), (2026, cast.desk), (2025, cast.database)):
        training.keep_plan(None, actor=cast.wang_fang, team=team, year=year)
    plans = walked(client, "/learning/plans/?", "plans")
    assert plans == list(Plan.objects.order_by("-year", "team__slug")) and len(plans) == 4
