"""What lists of changes cost: the same number of queries however many changes, votes and agenda items there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from changes import services
from core import clock
from tests.cast import person
from tests.changes import asked, board, change_manager, granted, planned
from tests.landscape import landscape

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(cast):
    people = [person(f"member{n}", f"委员{n}", cast.xinghe, "expert", teams=[cast.operations]) for n in range(3)]
    board(cast, *people, quorum=2)
    return people


@pytest.fixture
def waiting(cast, members):
    """Makes another risky change whose approval has come to the board."""
    manager, land = change_manager(cast), landscape(cast)
    cast.erp.criticality = 1
    cast.erp.save()

    def make():
        change = asked(planned(cast, items=[land["app"]]), actor=cast.chen_hao, option=9)
        return granted(change, by=manager)

    return make


def cost(client, address):
    client.get(address)  # What is read once and kept is read now.
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def costs(client, address, more):
    """The queries of a page with one of what it lists, and with three."""
    first = cost(client, address)
    more()
    more()
    return first, cost(client, address)


def test_a_list_of_votes_costs_the_same_for_one_change_and_for_three(client, members, waiting):
    waiting()
    client.force_login(members[0])
    first, third = costs(client, reverse("portal:approvals"), waiting)
    assert first == third


def test_the_votes_on_a_change_cost_the_same_for_three_members_and_for_one(client, cast, members, waiting):
    change = waiting()
    slot = change.approval_slots.asked().first()
    client.force_login(cast.admin)
    names = ("changes:change", "desk:ticket", "api:change-approvals")
    addresses = [reverse(name, args=[change.number]) for name in names]
    several = [cost(client, address) for address in addresses]
    change.approval_slots.filter(stage=slot.stage).exclude(pk=slot.pk).delete()
    assert [cost(client, address) for address in addresses] == several


def test_a_meeting_costs_the_same_for_one_change_on_its_agenda_and_for_three(client, members, waiting):
    waiting()
    meeting = services.call_meeting(
        members[0].change_boards.get(), actor=members[0], starts_at=clock.now() + timedelta(hours=1)
    )
    client.force_login(members[0])

    def more():
        meeting.agenda.create(change=waiting(), position=meeting.agenda.count() + 1)

    first, third = costs(client, reverse("changes:meeting", args=[meeting.pk]), more)
    assert first == third
