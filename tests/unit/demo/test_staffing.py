"""The demo's staff directory keeps its two bad lines, and who leaves hands everything over."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.models import DirectoryImport, Team, User
from cmdb.models import ConfigurationItem
from core import clock
from demo import staffing
from tests.cast import person
from tests.landscape import landscape
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    lead = person("luo.jun", "罗军", cast.xinghe, "expert")
    team = Team.objects.create(slug="desktop", name_zh="桌面组", name_en="Desktop", line=2, lead=lead)
    team.serves.add(cast.xinghe)
    team.memberships.create(user=lead)
    landscape(cast)
    ConfigurationItem.objects.filter(slug__startswith="host").update(support_team=team)
    employees = [person(f"e{n}", f"员工{n}", cast.xinghe, "requester") for n in range(5)]
    for number, one in enumerate(employees):
        User.objects.filter(pk=one.pk).update(staff_number=f"XH10{number}", email=f"e{number}@xinghe.example")
        one.refresh_from_db()
    User.objects.filter(pk=cast.zhao_min.pk).update(staff_number="XH2000")
    cast.zhao_min.refresh_from_db()
    return SimpleNamespace(
        organisation=cast.xinghe, employees=employees, teams={"desktop": team},
        people={"admin": cast.admin, "zhou.min": cast.zhao_min, "zhang.wei": cast.zhang_wei},
    )  # fmt: skip


def lived(life, started):
    instant = started
    while instant is not None:
        with clock.travel(instant):
            instant = next(life, None)


def test_a_directory_is_applied_but_for_its_two_bad_lines(cast, world):
    until = clock.now()
    lived(staffing.arriving(world, until), until - timedelta(hours=30))
    run = DirectoryImport.objects.get()
    assert run.state == "applied"
    assert {name: run.counts[name] for name in ("create", "update", "same", "error", "missing")} == {
        "create": 2, "update": 1, "same": 1, "error": 2, "missing": 0,
    }  # fmt: skip
    assert run.lines.filter(verdict="error").exclude(message="").count() == 2
    new = User.objects.get(staff_number="XH3001")
    assert new.manager == cast.zhao_min and str(new.department.parent) == str(cast.finance)


def test_who_leaves_hands_everything_over(world, deliver):
    until = clock.now()
    lived(staffing.leaving(world, until), until - timedelta(days=20))
    gone, lead = User.objects.get(username="meng.fan"), world.teams["desktop"].lead
    assert not gone.is_active
    assert not Ticket.objects.filter(assignee=gone, is_open=True).exists()
    assert ConfigurationItem.objects.filter(owner=lead).count() == 3
