"""Adding people, finding them, changing what they may be, letting them go."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from accounts import selectors, services
from accounts.models import Department, PersonSession, Role, Team, User
from accounts.search_keys import spoken
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event


def names(event_subject):
    return list(Event.objects.filter(subject_kind="user", subject_id=event_subject.pk).values_list("name", flat=True))


def test_person_is_created_with_roles_teams_and_a_latin_name(cast):
    user = services.create_person(
        actor=cast.admin, username="Sun.Li", name="孙丽", roles=["agent"], teams=[cast.desk], email="sun@x.example"
    )
    assert (user.username, user.latin_name, user.roles) == ("sun.li", "Sun Li", ["agent"])
    assert user.team_ids == {cast.desk.pk} and not user.has_usable_password()
    assert names(user) == ["user.created", "user.added_to_team"]


def test_person_with_a_taken_address_is_refused_by_field(cast):
    with pytest.raises(InvalidInput) as refusal:
        services.create_person(actor=cast.admin, username="li.na", name="李娜", email="x@y.example")
    assert list(refusal.value.fields) == ["username"]
    with pytest.raises(InvalidInput):
        services.create_person(actor=cast.admin, username="li.na2", name="李娜", email="LI.NA@xinghe.example")


@pytest.mark.parametrize("actor", ["li_na", "zhang_wei", "wang_fang"])
def test_only_administrators_keep_people(cast, actor):
    actor = getattr(cast, actor)
    for command in (
        lambda: services.create_person(actor=actor, username="x", name="x"),
        lambda: services.update_person(cast.li_na, actor=actor, name="x"),
        lambda: services.set_roles(actor, ["administrator"], actor=actor),
        lambda: services.deactivate(cast.li_na, actor=actor),
        lambda: services.add_to_team(cast.desk, actor, actor=actor),
        lambda: services.set_lead(cast.desk, actor, actor=actor),
        lambda: services.save_organisation(actor=actor, slug="x", name_en="x"),
    ):
        with pytest.raises(NotAllowed):
            command()


@pytest.mark.parametrize(
    "typed", ["李娜", "lina", "li na", "LN", "x1001", "13800138000", "1380013", "li.na@xinghe", "ＬＩＮＡ"]
)
def test_person_is_found_by_any_of_their_keys(cast, typed):
    assert cast.li_na in User.objects.matching(typed)
    assert cast.wang_fang not in User.objects.matching(typed)


def test_search_keys_follow_every_way_of_saving(cast):
    services.update_person(cast.li_na, actor=cast.admin, name="单雄信")
    assert cast.li_na in User.objects.matching("shanxx") or cast.li_na in User.objects.matching("shanxiong")
    person = User.objects.get(pk=cast.li_na.pk)
    person.phone = "+86 139-1234-5678"
    person.save(update_fields=["phone"])
    assert cast.li_na in User.objects.matching("13912345678")
    assert "dan xiong xin" in spoken("单雄信") and "shan xiong xin" in spoken("单雄信")


def test_a_word_never_matches_across_two_keys(cast):
    person = services.create_person(actor=None, username="ab", name="Cd", staff_number="12", phone="34")
    assert person not in User.objects.matching("1234")


def test_update_tells_before_and_after_and_nothing_when_nothing_differs(cast):
    services.update_person(cast.li_na, actor=cast.admin, title="会计", is_vip=True)
    services.update_person(cast.li_na, actor=cast.admin, title="会计")
    (event,) = Event.objects.filter(name="user.updated")
    assert event.data["changes"] == {"title": ["", "会计"], "is_vip": [False, True]}
    assert event.actor == cast.admin and not event.is_public


def test_the_reporting_line_ends_with_the_heads_of_departments(cast):
    works = Department.objects.create(organisation=cast.xinghe, slug="works", name_en="Works", head=cast.admin)
    it = Department.objects.create(organisation=cast.xinghe, slug="it", name_en="IT", parent=works, head=cast.wang_fang)
    User.objects.filter(pk=cast.wang_fang.pk).update(department=it)
    assert selectors.reporting_line(Team.objects.get(pk=cast.desk.pk)) == [cast.zhang_wei, cast.wang_fang, cast.admin]


def test_department_of_another_organisation_is_refused(cast):
    elsewhere = Department.objects.create(organisation=cast.other, slug="hr", name_en="HR")
    with pytest.raises(InvalidInput) as refusal:
        services.update_person(cast.li_na, actor=cast.admin, department=elsewhere)
    assert list(refusal.value.fields) == ["department"]


def test_own_profile_takes_no_rights(cast):
    services.update_own_profile(cast.li_na, phone="1", time_zone="Europe/Berlin", language="en")
    with pytest.raises(TypeError):
        services.update_own_profile(cast.li_na, roles=["administrator"])
    with pytest.raises(InvalidInput):
        services.update_own_profile(cast.li_na, time_zone="Mars/Olympus")


def test_last_administrator_stays(cast):
    with pytest.raises(Refused, match="last administrator"):
        services.set_roles(cast.admin, [Role.REQUESTER], actor=cast.admin)
    with pytest.raises(Refused, match="last administrator"):
        services.deactivate(cast.admin, actor=None)
    wang_fang = services.set_roles(cast.wang_fang, [Role.MANAGER, Role.ADMINISTRATOR], actor=cast.admin)
    services.set_roles(cast.admin, [Role.REQUESTER], actor=wang_fang)
    with pytest.raises(Refused):
        services.deactivate(wang_fang, actor=wang_fang)


def test_unknown_role_is_refused(cast):
    with pytest.raises(InvalidInput, match="correct"):
        services.set_roles(cast.li_na, ["king"], actor=cast.admin)
    with pytest.raises(InvalidInput):
        services.set_roles(cast.li_na, [], actor=cast.admin)


def test_deactivated_person_has_no_session_token_or_door_left(cast):
    client = Client()
    client.force_login(cast.li_na)
    assert client.get("/account/").status_code == 200
    token, secret = services.issue_token(cast.li_na, "x", ["read"], actor=cast.li_na)
    assert selectors.live_token(secret) == token
    services.deactivate(cast.li_na, actor=cast.admin)
    assert not PersonSession.objects.filter(user=cast.li_na).exists()
    assert selectors.live_token(secret) is None
    assert client.get("/account/").status_code == 302
    assert names(cast.li_na)[-2:] == ["user.token_revoked", "user.deactivated"]
    services.reactivate(cast.li_na, actor=cast.admin)
    assert selectors.live_token(secret) is None


def test_team_change_is_in_the_ledger_once(cast):
    services.add_to_team(cast.network, cast.zhang_wei, actor=cast.admin)
    services.add_to_team(cast.network, cast.zhang_wei, actor=cast.admin)
    services.remove_from_team(cast.network, cast.zhang_wei, actor=cast.admin)
    services.remove_from_team(cast.network, cast.zhang_wei, actor=cast.admin)
    assert names(cast.zhang_wei) == ["user.added_to_team", "user.removed_from_team"]


def test_teams_cannot_report_in_a_ring_nor_be_led_by_a_requester(cast):
    with pytest.raises(InvalidInput):
        services.update_team(cast.operations, actor=cast.admin, parent=cast.desk)
    with pytest.raises(InvalidInput):
        services.set_lead(cast.desk, cast.li_na, actor=cast.admin)
    services.set_lead(cast.network, cast.chen_hao, actor=cast.admin)
    cast.network.refresh_from_db()
    assert selectors.reporting_line(cast.network) == [cast.chen_hao, cast.wang_fang]


def test_session_that_was_ended_is_not_written_back(cast):
    client = Client()
    client.force_login(cast.li_na)
    session = client.session
    session["x"] = 1
    services.sessions.end_all(cast.li_na)
    with pytest.raises(UpdateError):
        session.save()


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        ("curl/8.5", "curl/8.5"),
        ("", ""),
    ],
)
def test_session_is_named_after_browser_and_system(agent, name):
    assert PersonSession(device=agent).device_name == name
