"""The demo's network group closes its gap through the real services."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.models import PersonSkill, SkillClaim
from core import clock
from demo import learning
from tests.cast import person
from training.models import Assessment, Session

pytestmark = pytest.mark.django_db


def test_the_network_group_closes_its_gap_and_the_next_session_is_called(cast):
    people = {one.username: one for one in (cast.wang_fang, cast.chen_hao)}
    for login in ("tang.yi", "guo.qiang"):
        people[login] = person(login, login, cast.xinghe, "expert", teams=[cast.network])
    world, until = SimpleNamespace(people=people, teams={"network": cast.network}), clock.now()
    with clock.travel(until - timedelta(days=25)):
        life = learning.going_on(world, until)
        instant = next(life)
    while instant is not None:
        with clock.travel(instant):
            instant = next(life, None)
    assert PersonSkill.objects.get().user == cast.chen_hao
    assert sorted(Assessment.objects.values_list("passed", flat=True)) == [False, True]
    assert sorted(Session.objects.values_list("state", flat=True)) == ["held", "planned"]
    assert SkillClaim.objects.get().user == people["guo.qiang"]
