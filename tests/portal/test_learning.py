"""The pages of skills: one's own, a person's, the matrix of a team, and what is missing."""

from datetime import timedelta

import pytest

from accounts import services as people
from accounts.models import PersonSkill, SkillClaim, User
from core import clock
from knowledge import services as knowledge
from tests import paths
from tickets.services import skills

pytestmark = pytest.mark.django_db


@pytest.fixture
def bgp(cast):
    User.objects.update(language="en")
    made = people.save_skill(None, actor=cast.wang_fang, slug="bgp", name_en="BGP", name_zh="BGP 路由")
    skills.require_skill(made, actor=cast.wang_fang, level=2, service=cast.email)
    return made


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_what_one_says_of_oneself_waits_for_a_lead(client, cast, bgp):
    client.force_login(cast.chen_hao)
    assert "What my teams need and I do not have" in page(client, "/learning/")
    given = {"skill": bgp.pk, "level": 3, "evidence": "HCIE", "link": "cert.example/1"}
    wrong = client.post("/learning/", given | {"link": "javascript:alert(1)"})
    assert wrong.status_code == 422 and "HCIE" in wrong.content.decode()
    assert client.post("/learning/", given).status_code == 302
    assert "claimed, not confirmed" in page(client, "/learning/")
    made = SkillClaim.objects.get()
    assert made.link == "https://cert.example/1"
    assert client.post(f"/learning/claims/{made.pk}/confirm/").status_code == 403
    client.force_login(cast.wang_fang)
    assert "Confirm" in page(client, f"/learning/people/{cast.chen_hao.pk}/")
    assert client.post(f"/learning/claims/{made.pk}/confirm/").status_code == 302
    assert PersonSkill.objects.get().level == 3
    assert "rated BGP: 3 · hard cases" in page(client, f"/learning/people/{cast.chen_hao.pk}/")


def test_a_person_is_rated_on_their_page_by_whoever_leads_them(client, cast, bgp):
    path = f"/learning/people/{cast.chen_hao.pk}/"
    given = {"skill": bgp.pk, "level": 2, "evidence": "Lab", "link": "", "expires_on": ""}
    client.force_login(cast.liu_yang)
    assert "Rate a skill" not in page(client, path)
    assert client.post(path, given).status_code == 403
    people.set_lead(cast.network, cast.liu_yang, actor=cast.admin)
    assert client.post(path, given).status_code == 302
    assert PersonSkill.objects.get().level == 2
    client.force_login(cast.li_na)
    page(client, path, 404)
    page(client, "/learning/", 404)


def test_matrix_marks_what_is_missing_and_what_ends(client, cast, bgp):
    client.force_login(cast.chen_hao)
    assert "Gap" in page(client, "/learning/teams/")
    soon = clock.now().date() + timedelta(days=9)
    people.rate(cast.chen_hao, bgp, actor=cast.wang_fang, level=3, expires_on=soon)
    shown = page(client, f"/learning/teams/?team={cast.network.pk}")
    assert "Only one" in shown and f"to {soon:%m-%d}" in shown
    page(client, "/learning/teams/?team=999999", 404)
    page(client, "/learning/teams/?team=x", 404)


@pytest.mark.parametrize("shown", ["gaps", "singles", "covered", "ending"])
def test_each_number_of_the_report_is_the_length_of_its_list(client, cast, bgp, shown):
    second = people.save_skill(None, actor=cast.wang_fang, slug="dns", name_en="DNS")
    skills.require_skill(second, actor=cast.wang_fang, level=1, service=cast.email)
    soon = clock.now().date() + timedelta(days=9)
    people.rate(cast.chen_hao, second, actor=cast.wang_fang, level=3, expires_on=soon)
    client.force_login(cast.zhang_wei)
    response = client.get(f"/learning/gaps/?show={shown}&team={cast.network.pk}")
    counts = {key: count for key, _label, count in response.context["figures"]}
    assert counts == {"gaps": 1, "singles": 1, "covered": 0, "ending": 1, "certificates": 0}
    assert len(response.context["rows"]) == counts[shown]


@pytest.mark.parametrize("path", ["/learning/gaps/", "/learning/teams/", "/learning/"])
def test_pages_take_no_more_queries_for_more_skills(client, cast, bgp, django_assert_max_num_queries, path):
    client.force_login(cast.chen_hao)
    for number in range(4):
        one = people.save_skill(None, actor=cast.wang_fang, slug=f"s{number}", name_en=f"s{number}")
        people.rate(cast.chen_hao, one, actor=cast.wang_fang, level=3)
        skills.require_skill(one, actor=cast.wang_fang, level=2, category=None, service=cast.email)
    page(client, path)
    with django_assert_max_num_queries(24):
        page(client, path)


def test_ones_own_reading_paths_stand_on_ones_own_page_only(client, cast, bgp):
    path = paths.begun(cast)
    knowledge.give_path(path, cast.chen_hao, actor=cast.wang_fang)
    client.force_login(cast.chen_hao)
    assert str(path) in page(client, "/learning/")
    client.force_login(cast.wang_fang)
    assert str(path) not in page(client, f"/learning/people/{cast.chen_hao.pk}/")
