"""Skills are rated by whoever leads somebody, claimed by oneself, told of before they run out and when they did."""

from datetime import timedelta

import pytest

from accounts import services as people
from accounts.models import PersonSkill, SkillClaim
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from notifications.models import Mail, Notification
from tickets.services import skills

pytestmark = pytest.mark.django_db


@pytest.fixture
def bgp(cast):
    return people.save_skill(None, actor=cast.wang_fang, slug="bgp", name_en="BGP", name_zh="BGP 路由")


def bell(person):
    return [line.event.name for line in Notification.objects.of(person).order_by("pk")]


def test_a_claim_counts_only_once_a_lead_confirms_it(cast, bgp, deliver):
    made = people.claim(bgp, actor=cast.chen_hao, level=3, evidence="HCIE", link="https://cert.example/1")
    deliver()
    assert not PersonSkill.objects.exists()
    assert bell(cast.wang_fang) == ["user.skill_claimed"]
    for nobody in (cast.chen_hao, cast.liu_yang, cast.zhang_wei):
        with pytest.raises(NotAllowed):
            people.confirm_claim(made, actor=nobody)
    until = clock.now().date() + timedelta(days=400)
    held = people.confirm_claim(made, actor=cast.wang_fang, expires_on=until)
    deliver()
    assert (held.level, held.evidence, held.link, held.expires_on) == (3, "HCIE", "https://cert.example/1", until)
    assert not SkillClaim.objects.exists()
    assert bell(cast.chen_hao) == ["user.skill_rated"]
    with pytest.raises(Refused):
        people.confirm_claim(made, actor=cast.wang_fang)
    with pytest.raises(Refused):
        people.claim(bgp, actor=cast.chen_hao, level=2)


def test_a_claim_that_is_not_believed_is_answered_with_the_reason(cast, bgp, deliver):
    made = people.claim(bgp, actor=cast.chen_hao, level=4)
    with pytest.raises(InvalidInput):
        people.decline_claim(made, actor=cast.wang_fang, reason=" ")
    people.decline_claim(made, actor=cast.wang_fang, reason="Show me the lab first")
    deliver()
    assert "Show me the lab first" in Mail.objects.get(user=cast.chen_hao).text
    assert not SkillClaim.objects.exists() and not PersonSkill.objects.exists()


def test_the_lead_of_a_team_rates_its_people_and_nobody_themselves(cast, bgp):
    people.set_lead(cast.network, cast.liu_yang, actor=cast.admin)
    people.rate(cast.chen_hao, bgp, actor=cast.liu_yang, level=2)
    for rater, person in ((cast.liu_yang, cast.zhang_wei), (cast.wang_fang, cast.wang_fang), (cast.admin, cast.admin)):
        with pytest.raises(NotAllowed):
            people.rate(person, bgp, actor=rater, level=4)
    with pytest.raises(InvalidInput):
        people.claim(bgp, actor=cast.li_na, level=2)
    with pytest.raises(InvalidInput):
        people.rate(cast.chen_hao, bgp, actor=cast.wang_fang, level=2, link="javascript:alert(1)")


def test_holder_and_lead_hear_once_ahead_and_once_when_it_ran_out(cast, bgp, deliver):
    today = clock.now().date()
    people.rate(cast.chen_hao, bgp, actor=cast.wang_fang, level=3, expires_on=today + timedelta(days=60))
    assert people.announce_expiring() == 0
    with clock.travel(clock.now() + timedelta(days=35)):
        assert (people.announce_expiring(), people.announce_expiring()) == (1, 0)
    with clock.travel(clock.now() + timedelta(days=62)):
        assert (people.announce_expiring(), people.announce_expiring()) == (1, 0)
    deliver()
    for person in (cast.chen_hao, cast.wang_fang):
        assert bell(person)[-2:] == ["user.skill_expiring", "user.skill_expired"]
    people.rate(cast.chen_hao, bgp, actor=cast.wang_fang, expires_on=today + timedelta(days=10))
    assert people.announce_expiring() == 1, "a renewed certificate is told of anew"


@pytest.fixture
def needed(cast, bgp):
    skills.require_skill(bgp, actor=cast.wang_fang, level=2, service=cast.email)
    people.rate(cast.chen_hao, bgp, actor=cast.wang_fang, level=3)
    people.rate(cast.liu_yang, bgp, actor=cast.wang_fang, level=4)
    return bgp


@pytest.mark.parametrize(
    "how", ["leaves the company", "leaves the team", "forgot it", "is worse than thought", "ran out"]
)
def test_the_lead_hears_when_the_last_holder_of_a_team_goes(cast, needed, deliver, how):
    today = clock.now().date()
    if how == "leaves the company":
        people.deactivate(cast.chen_hao, actor=cast.admin)
    elif how == "leaves the team":
        people.remove_from_team(cast.network, cast.chen_hao, actor=cast.admin)
    elif how == "forgot it":
        people.forget(cast.chen_hao, needed, actor=cast.wang_fang)
    elif how == "is worse than thought":
        people.rate(cast.chen_hao, needed, actor=cast.wang_fang, level=1)
    else:
        PersonSkill.objects.filter(user=cast.chen_hao).update(expires_on=today - timedelta(days=2))
        people.announce_expiring()
    deliver()
    lost = Event.objects.get(name="skill.last_holder_lost")
    assert (lost.subject_id, lost.data["team"], lost.data["told"]) == (needed.pk, cast.network.pk, [cast.wang_fang.pk])
    assert "skill.last_holder_lost" in bell(cast.wang_fang)


def test_nobody_is_told_while_another_of_the_team_has_it_or_none_is_needed(cast, needed, deliver):
    people.add_to_team(cast.network, cast.liu_yang, actor=cast.admin)
    people.deactivate(cast.chen_hao, actor=cast.admin)
    people.deactivate(cast.zhang_wei, actor=cast.admin)
    deliver()
    assert not Event.objects.filter(name="skill.last_holder_lost").exists()
