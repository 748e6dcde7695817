"""One's own page, and the administrators' pages: who is let in, what they change."""

import pytest
from django.test import Client

from accounts import services
from accounts.models import ApiToken, Department, Organisation, Team, User

DIRECTORY = [
    "people/",
    "people/new/",
    "teams/",
    "teams/new/",
    "organisations/",
    "organisations/new/",
    "departments/",
    "departments/new/",
]


@pytest.fixture
def admin(cast, client):
    client.force_login(cast.admin)
    return client


@pytest.mark.parametrize("path", DIRECTORY)
@pytest.mark.parametrize(("who", "status"), [("li_na", 404), ("zhang_wei", 403), ("wang_fang", 403), ("admin", 200)])
def test_directory_is_for_administrators(cast, client, path, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(f"/account/{path}").status_code == status


@pytest.mark.parametrize("path", DIRECTORY)
def test_directory_asks_visitors_to_sign_in(client, db, path):
    assert client.get(f"/account/{path}")["Location"].startswith("/account/login/?next=")


def test_every_command_page_refuses_other_staff(cast, client):
    client.force_login(cast.wang_fang)
    pk = cast.li_na.pk
    for path in (f"people/{pk}/", f"people/{pk}/roles/", f"people/{pk}/teams/", f"people/{pk}/leaving/",
                 f"people/{pk}/invite/", f"people/{pk}/teams/{cast.desk.pk}/leave/", f"teams/{cast.desk.pk}/",
                 f"teams/{cast.desk.pk}/members/",
                 f"teams/{cast.desk.pk}/members/{cast.zhang_wei.pk}/remove/", f"organisations/{cast.xinghe.pk}/",
                 f"departments/{cast.finance.pk}/"):  # fmt: skip
        assert client.post(f"/account/{path}", {"roles": "administrator", "active": "0"}).status_code == 403, path
    cast.li_na.refresh_from_db()
    assert cast.li_na.is_active and cast.li_na.roles == ["requester"]


def test_rights_are_asked_again_at_every_request(cast, admin):
    assert admin.get("/account/people/").status_code == 200
    wang_fang = services.set_roles(cast.wang_fang, ["administrator"], actor=cast.admin)
    services.set_roles(cast.admin, ["agent"], actor=wang_fang)
    assert admin.get("/account/people/").status_code == 403


def test_person_is_added_changed_and_let_go_on_pages(cast, admin):
    data = {"name": "周杰", "username": "Zhou.Jie", "email": "zj@xinghe.example", "language": "en", "roles": ["expert"],
            "teams": [cast.network.pk], "organisation": cast.xinghe.pk, "manager": "wang.fang"}  # fmt: skip
    answer = admin.post("/account/people/new/", data)
    user = User.objects.get(username="zhou.jie")
    assert answer["Location"] == f"/account/people/{user.pk}/"
    assert (user.manager, user.roles, user.team_ids) == (cast.wang_fang, ["expert"], {cast.network.pk})
    page = admin.post(f"/account/people/{user.pk}/invite/").content.decode()
    assert "/account/invitation/" in page
    data |= {"phone": "123", "username": "zhou.jie", "manager": ""}
    admin.post(f"/account/people/{user.pk}/", data)
    admin.post(f"/account/people/{user.pk}/roles/", {"roles": ["agent", "manager"]})
    admin.post(f"/account/people/{user.pk}/teams/", {"team": cast.desk.pk})
    admin.post(f"/account/people/{user.pk}/teams/{cast.network.pk}/leave/")
    admin.post(f"/account/people/{user.pk}/leaving/")
    user = User.objects.get(pk=user.pk)
    assert (user.phone, user.manager, user.roles, user.team_ids, user.is_active) == (
        "123", None, ["agent", "manager"], {cast.desk.pk}, False,
    )  # fmt: skip


def test_wrong_input_is_told_and_kept(cast, admin):
    data = {"name": "周杰", "username": "li.na", "language": "en", "roles": ["expert"], "manager": "nobody at all"}
    page = admin.post("/account/people/new/", data).content.decode()
    assert "nobody at all" in page and 'value="周杰"' in page
    data["manager"] = ""
    page = admin.post("/account/people/new/", data).content.decode()
    assert "field-error" in page and 'value="周杰"' in page
    assert admin.post("/account/people/new/", {**data, "name": "a\0b", "username": "x" * 500}).status_code == 200
    assert not User.objects.filter(name="周杰").exists()


def test_list_of_people_is_narrowed_and_paged(cast, admin):
    User.objects.bulk_create(User(username=f"p{n:03}", name=f"Person {n:03}", roles=["requester"]) for n in range(120))
    seen, address = [], "/account/people/"
    while address:
        page = admin.get(address)
        seen += [person.pk for person in page.context["people"]]
        address = page.context["next"] and f"/account/people/{page.context['next']}"
    assert len(seen) == len(set(seen)) == User.objects.count()
    assert [p.username for p in admin.get("/account/people/?q=lina").context["people"]] == ["li.na"]
    assert [p.username for p in admin.get(f"/account/people/?team={cast.desk.pk}").context["people"]] == ["zhang.wei"]
    assert admin.get("/account/people/?role=king&team=x&after=99999999999999999999&q=%00").status_code == 200
    fragment = admin.get("/account/people/?q=lina", HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in fragment and "li.na" in fragment


@pytest.mark.parametrize("extra", [0, 20])
def test_list_of_people_costs_the_same_queries(cast, admin, django_assert_max_num_queries, extra):
    for n in range(extra):
        services.create_person(actor=None, username=f"p{n}", name=f"P{n}", roles=["agent"], teams=[cast.desk])
    admin.get("/account/people/")
    with django_assert_max_num_queries(8):
        admin.get("/account/people/")


def test_teams_are_shown_by_field_of_work_with_who_reports_to_whom(cast, admin):
    services.update_team(cast.network, actor=cast.admin, specialism="network")
    lines = admin.get("/account/teams/?specialism=network").context["lines"]
    assert [team for _label, teams in lines for team in teams] == [cast.network]
    nobody = admin.get("/account/teams/?specialism=desktop")
    assert nobody.context["lines"] == [] and "没有团队负责该专业方向" in nobody.content.decode()
    everything = admin.get("/account/teams/?specialism=cooking")
    assert sum(len(teams) for _label, teams in everything.context["lines"]) == 4
    tree = admin.get(f"/account/teams/{cast.network.pk}/").context["tree"]
    assert tree.team == cast.operations and [one.team for one in tree.below] == [cast.network]
    tree = admin.get(f"/account/teams/{cast.operations.pk}/").context["tree"]
    assert [one.team for one in tree.below] == [cast.desk, cast.database, cast.network]


def test_teams_departments_and_organisations_are_kept_on_pages(cast, admin):
    team = {"name_zh": "安全组", "slug": "security", "line": "2", "specialism": "security", "lead": "chen.hao",
            "parent": cast.operations.pk, "serves": [cast.xinghe.pk], "assignment": "manual",
            "is_active": "on"}  # fmt: skip
    admin.post("/account/teams/new/", team)
    security = Team.objects.get(slug="security")
    assert (security.lead, security.parent, list(security.serves.all())) == (
        cast.chen_hao,
        cast.operations,
        [cast.xinghe],
    )
    admin.post(f"/account/teams/{security.pk}/members/", {"person": "liu.yang@xinghe.example"})
    assert list(security.members.all()) == [cast.liu_yang]
    assert cast.wang_fang.display_name in admin.get(f"/account/teams/{security.pk}/").content.decode()
    admin.post(f"/account/teams/{security.pk}/", {**team, "serves": [], "lead": "", "name_en": "Security"})
    admin.post(f"/account/teams/{security.pk}/members/{cast.liu_yang.pk}/remove/")
    security.refresh_from_db()
    assert (security.lead, security.name_en, security.serves.count(), security.members.count()) == (
        None,
        "Security",
        0,
        0,
    )
    admin.post(
        "/account/organisations/new/", {"name_en": "Acme", "slug": "acme", "kind": "supplier", "is_active": "on"}
    )
    acme = Organisation.objects.get(slug="acme")
    admin.post(f"/account/organisations/{acme.pk}/", {"name_en": "Acme Ltd", "slug": "acme", "kind": "supplier"})
    acme.refresh_from_db()
    assert (acme.name_en, acme.is_active) == ("Acme Ltd", False)
    place = {
        "organisation": cast.xinghe.pk,
        "name_en": "Payroll",
        "slug": "payroll",
        "parent": cast.finance.pk,
        "head": "li.na",
    }
    admin.post("/account/departments/new/", place)
    assert Department.objects.get(slug="payroll").head == cast.li_na
    again = admin.post("/account/departments/new/", place)
    assert again.status_code == 200 and again.context["form"].errors
    for path in ("teams", "departments", "organisations"):
        assert admin.get(f"/account/{path}/").status_code == 200


def test_person_keeps_their_own_page(cast, client):
    client.force_login(cast.li_na)
    data = {"name": "李娜", "latin_name": "Li Na", "phone": "8800", "location": "3 楼", "language": "en",
            "time_zone": "Europe/Berlin", "theme": "dark"}  # fmt: skip
    data |= {"roles": ["administrator"], "is_superuser": "on"}
    assert client.post("/account/", data).status_code == 302
    user = User.objects.get(pk=cast.li_na.pk)
    assert (user.phone, user.language, user.time_zone, user.theme) == ("8800", "en", "Europe/Berlin", "dark")
    assert user.roles == ["requester"] and not user.is_superuser
    page = client.get("/account/").content.decode()
    assert 'lang="en"' in page and 'data-bs-theme="dark"' in page


def test_token_is_shown_once_and_revoked_by_its_owner_only(cast, client):
    client.force_login(cast.li_na)
    page = client.post("/account/tokens/", {"name": "ci", "scopes": ["read"], "days": "30"})
    secret = page.context["issued"][1]
    assert secret in page.content.decode() and page["Cache-Control"]
    assert secret not in client.get("/account/tokens/").content.decode()
    refused = client.post("/account/tokens/", {"name": "ci", "scopes": ["admin"], "days": "30"})
    assert refused.status_code == 200 and ApiToken.objects.count() == 1
    token = ApiToken.objects.get()
    other = Client()
    other.force_login(cast.zhao_min)
    assert other.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    client.post(f"/account/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_sessions_are_listed_and_ended(cast, client):
    elsewhere, third, stranger = Client(), Client(), Client()
    for browser in (client, elsewhere, third):
        browser.force_login(cast.li_na)
        browser.get("/account/", HTTP_USER_AGENT="Firefox on a desk")
    page = client.get("/account/security/")
    assert len(page.context["sessions"]) == 3 and "Firefox on a desk" in page.content.decode()
    assert page.content.decode().count('class="badge-tone tone-green"') == 1, "one of them is this browser"
    other = next(s for s in page.context["sessions"] if s.session_key == elsewhere.session.session_key)
    stranger.force_login(cast.zhao_min)
    stranger.post(f"/account/security/sessions/{other.handle}/end/")
    assert elsewhere.get("/account/").status_code == 200
    client.post(f"/account/security/sessions/{other.handle}/end/")
    assert elsewhere.get("/account/").status_code == 302
    client.post("/account/security/sessions/end/")
    assert third.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("typed", ["lina", "李", "x1001", "1380013", "ln"])
def test_caller_is_found_by_the_desk(cast, client, typed):
    client.force_login(cast.zhang_wei)
    answer = client.get("/account/lookup/", {"q": typed}, HTTP_ACCEPT="application/json").json()
    found = {person["login"]: person for person in answer["results"]}
    assert found["li.na"]["phone"] == "13800138000"
    assert 'value="li.na"' in client.get("/account/lookup/", {"in": "manager", "manager": typed}).content.decode()


def test_lookup_shows_only_who_is_visible_and_what_concerns_the_reader(cast, client):
    client.force_login(cast.zhao_min)
    (found,) = client.get("/account/lookup/?q=lina&format=json").json()["results"]
    assert found["text"] and "phone" not in found
    assert "13800138000" not in client.get("/account/lookup/?q=lina").content.decode()
    client.force_login(cast.stranger)
    assert client.get("/account/lookup/?q=lina&format=json").json()["results"] == []
    assert client.get("/account/lookup/?q=%00&format=json").json()["results"] == []
    assert Client().get("/account/lookup/?q=lina").status_code == 302
