"""Who of a team is given a ticket: in turn, by load, by skill, and why."""

from datetime import time, timedelta

import pytest

from accounts import services as people
from accounts.models import Delegation, Membership, Skill, Team
from cmdb.models import ConfigurationItem, ItemClass
from core import clock
from core.errors import InvalidInput, NotAllowed
from events.models import Event
from incidents import services as incidents
from tests.cast import person
from tickets import services as tickets
from tickets.models import Category
from tickets.sentences import Names, sentence
from tickets.services import skills
from training.selectors.needs import needs

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast):
    second = person("sun.li", "孙丽", cast.xinghe, "expert", teams=[cast.network])
    return cast.chen_hao, second


def into_network(cast, incident, deliver):
    tickets.take_transition(incident, "assign", actor=cast.zhang_wei, values={"team": cast.network})
    deliver()
    incident.refresh_from_db()
    return incident.assignee


def test_team_gives_out_by_load_and_says_why(cast, incident, two, deliver):
    Team.objects.filter(pk=cast.network.pk).update(assignment="load")
    assert into_network(cast, incident, deliver) == cast.chen_hao
    given = Event.objects.filter(name="incident.assigned", actor=None).get()
    assert given.data["given_out"] == {"by": "load", "open": 0, "others": 0}


def test_team_gives_out_in_turn_and_leaves_out_who_is_away(cast, two, deliver):
    Team.objects.filter(pk=cast.network.pk).update(assignment="round_robin")
    reported = [incidents.report_incident(actor=cast.li_na, title=f"t{n}", service=cast.email) for n in range(4)]
    assert [into_network(cast, one, deliver) for one in reported[:2]] == list(two)
    at = clock.now()
    Delegation.objects.create(
        person=two[0], substitute=two[1], from_at=at - timedelta(hours=1), until_at=at + timedelta(hours=1)
    )
    assert into_network(cast, reported[2], deliver) == two[1]
    Membership.objects.filter(team=cast.network).delete()
    assert into_network(cast, reported[3], deliver) is None


@pytest.fixture
def able(cast, two):
    """Both of the network team know mail, one of them well enough; the service asks for it."""
    Team.objects.filter(pk=cast.network.pk).update(assignment="skill")
    mail = people.save_skill(None, actor=cast.wang_fang, slug="mail", name_en="Mail", name_zh="邮件")
    people.rate(two[0], mail, actor=cast.wang_fang, level=1)
    people.rate(two[1], mail, actor=cast.wang_fang, level=3, expires_on=clock.now().date() + timedelta(days=2))
    skills.require_skill(mail, actor=cast.wang_fang, level=2, service=cast.email)
    return two


def given(ticket):
    return Event.objects.get(name="incident.assigned", actor=None, subject_id=ticket.pk).data["given_out"]


def test_team_gives_out_by_skill_and_says_which(cast, able, deliver):
    ticket = incidents.report_incident(actor=cast.li_na, title="mail", service=cast.email)
    assert into_network(cast, ticket, deliver) == able[1]
    assert given(ticket) == {"by": "skill", "skills": [["邮件", "Mail", 3, 2]], "open": 0, "others": None}
    names = Names(Event.objects.filter(subject_id=ticket.pk))
    told = Event.objects.get(name="incident.assigned", actor=None, subject_id=ticket.pk)
    assert "by skill: Mail 3 (needs 2); nobody else has it" in sentence(told, names)


def test_skill_that_ran_out_counts_no_more_and_the_reason_says_nobody_has_it(cast, able, deliver):
    with clock.travel(clock.now() + timedelta(days=4)):
        ticket = incidents.report_incident(actor=cast.li_na, title="mail", service=cast.email)
        assert into_network(cast, ticket, deliver) == able[0]
    assert given(ticket) == {"by": "load", "nobody_has": [["邮件", "Mail", 0, 2]], "open": 0, "others": 0}


def test_without_a_required_skill_the_least_loaded_is_given_it(cast, able, deliver):
    ticket = incidents.report_incident(actor=cast.li_na, title="erp", service=cast.erp)
    assert into_network(cast, ticket, deliver) == able[0]
    assert given(ticket) == {"by": "load", "open": 0, "others": 0}


def test_only_managers_say_who_can_do_what(cast, able):
    mail = Skill.objects.get()
    for refused in (
        lambda: people.rate(cast.chen_hao, mail, actor=cast.chen_hao, level=4),
        lambda: skills.require_skill(mail, actor=cast.chen_hao, level=1, service=cast.erp),
        lambda: people.save_skill(mail, actor=cast.li_na, name_en="x"),
    ):
        with pytest.raises(NotAllowed):
            refused()
    with pytest.raises(InvalidInput):
        people.rate(cast.li_na, mail, actor=cast.wang_fang, level=2)
    with pytest.raises(InvalidInput):
        people.rate(cast.chen_hao, mail, actor=cast.wang_fang, level=5)


def test_class_of_the_item_asks_for_a_skill_too(cast, able, deliver):
    switching = people.save_skill(None, actor=cast.wang_fang, slug="switching", name_en="Switching")
    people.rate(able[0], switching, actor=cast.wang_fang, level=2)
    above = ItemClass.objects.get(slug="switch").parent
    skills.require_skill(switching, actor=cast.wang_fang, level=2, item_class=above)
    switch = ConfigurationItem.objects.create(
        slug="sw", item_class_id="switch", name_en="core-sw-01", organisation=cast.xinghe
    )
    ticket = incidents.report_incident(actor=cast.zhang_wei, title="port", service=cast.erp, affected_items=[switch])
    assert into_network(cast, ticket, deliver) == able[0]
    assert given(ticket)["skills"] == [["", "Switching", 2, 2]]


def test_what_a_category_asks_for_is_asked_below_it_too(cast, able, deliver):
    routing = people.save_skill(None, actor=cast.wang_fang, slug="routing", name_en="Routing")
    people.rate(able[0], routing, actor=cast.wang_fang, level=2)
    above = Category.objects.create(slug="net", name_en="Network")
    vpn = Category.objects.create(slug="net-vpn", name_en="VPN", parent=above, default_team=cast.network)
    skills.require_skill(routing, actor=cast.wang_fang, level=2, category=above)
    ticket = incidents.report_incident(actor=cast.li_na, title="vpn", service=cast.erp, category=vpn)
    assert into_network(cast, ticket, deliver) == able[0]
    assert given(ticket)["skills"] == [["", "Routing", 2, 2]]
    [need] = [one for one in needs(cast.wang_fang, clock.now().date()) if one.skill == routing]
    assert need.team == cast.network and [one.user for one in need.able] == [able[0]]


def test_those_whose_shift_it_is_come_before_those_who_can_and_are_at_home(cast, able, deliver):
    today = clock.now().date()
    shift = people.save_shift(
        None, actor=cast.wang_fang, team=cast.network, label="Day", weekdays=list(range(7)), starts_at=time(0),
        ends_at=time(0), valid_from=today - timedelta(days=2), people=[able[0]],
    )  # fmt: skip
    ticket = incidents.report_incident(actor=cast.li_na, title="mail", service=cast.email)
    assert into_network(cast, ticket, deliver) == able[0]
    assert given(ticket) | {"shift": True, "by": "load"} == given(ticket)
    told = Event.objects.get(name="incident.assigned", actor=None, subject_id=ticket.pk)
    words = sentence(told, Names([told]))
    assert "nobody there has Mail 2; on shift" in words
    people.save_shift(shift, actor=cast.wang_fang, weekdays=[(today.weekday() + 3) % 7])
    ticket = incidents.report_incident(actor=cast.li_na, title="mail", service=cast.email)
    assert into_network(cast, ticket, deliver) == able[1]
    assert given(ticket)["shift"] is False
