"""Skills as the desk sees them and as managers keep them."""

import pytest

from accounts import services as people
from accounts.models import PersonSkill, Skill, User
from cmdb.models import Service
from tickets.models import SkillRequirement
from tickets.services import skills

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(cast):
    User.objects.update(language="en")
    return people.save_skill(None, actor=cast.wang_fang, slug="mail", name_en="Mail", name_zh="邮件")


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_list_marks_gaps_and_what_hangs_on_one_person(client, cast, mail):
    skills.require_skill(mail, actor=cast.wang_fang, level=2, service=cast.email)
    client.force_login(cast.zhang_wei)
    assert "Nobody at this level" in page(client, "/desk/skills/")
    people.rate(cast.chen_hao, mail, actor=cast.wang_fang, level=3)
    shown = page(client, "/desk/skills/")
    assert "Only one" in shown and "Chen Hao" in shown


@pytest.mark.parametrize(("count", "queries"), [(1, 6), (3, 6)])
def test_list_takes_as_many_queries_for_three_skills_as_for_one(
    client, cast, mail, django_assert_num_queries, count, queries
):
    for number in range(count):
        skill = people.save_skill(None, actor=cast.wang_fang, slug=f"s{number}", name_en=f"s{number}")
        people.rate(cast.chen_hao, skill, actor=cast.wang_fang, level=3)
        skills.require_skill(skill, actor=cast.wang_fang, level=2, service=cast.email)
    client.force_login(cast.zhang_wei)
    page(client, "/desk/skills/")
    with django_assert_num_queries(queries):
        page(client, "/desk/skills/")


def test_manager_says_who_has_it_and_what_asks_for_it_and_the_desk_only_reads(client, cast, mail):
    path = f"/desk/skills/{mail.pk}/"
    rating = {"act": "rating", "person": "chen.hao", "level": "3", "evidence": "HCIP"}
    client.force_login(cast.zhang_wei)
    assert "Say who has it" not in page(client, path)
    assert client.post(path, rating).status_code == 403
    client.force_login(cast.wang_fang)
    assert client.post(path, rating).status_code == 302
    assert client.post(path, {"act": "requirement", "service": cast.email.pk, "level": "2"}).status_code == 302
    assert (PersonSkill.objects.get().level, SkillRequirement.objects.get().service) == (3, cast.email)
    wrong = client.post(path, rating | {"person": "nobody.here"})
    assert wrong.status_code == 422 and "nobody.here" in wrong.content.decode()


def test_services_of_others_are_neither_named_nor_dropped(client, cast, mail):
    theirs = Service.objects.create(slug="t", item_class_id="service", name_en="Theirs", organisation=cast.other)
    wanted = skills.require_skill(mail, actor=cast.admin, level=2, service=theirs)
    client.force_login(cast.wang_fang)
    assert "Theirs" not in page(client, "/desk/skills/") + page(client, f"/desk/skills/{mail.pk}/")
    assert client.post(f"/desk/skills/requirements/{wanted.pk}/remove/").status_code == 404


def test_skill_out_of_use_stays_on_the_list_and_can_be_taken_up_again(client, cast, mail):
    people.save_skill(mail, actor=cast.wang_fang, is_active=False)
    client.force_login(cast.wang_fang)
    assert "Not in use" in page(client, "/desk/skills/")
    given = {"act": "form", "name_en": "Mail", "name_zh": "邮件", "slug": "mail", "is_active": "on"}
    assert client.post(f"/desk/skills/{mail.pk}/", given).status_code == 302
    assert Skill.objects.get().is_active
