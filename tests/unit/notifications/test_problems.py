"""Who hears what of a problem."""

import pytest

from notifications.models import Notification
from problems import services
from tests.problems import closed, raised, under_fix

pytestmark = pytest.mark.django_db


def heard(person, problem):
    rows = Notification.objects.filter(user=person, ticket=problem.pk).order_by("pk")
    return [(row.kind, row.event.name) for row in rows]


def test_its_owner_hears_that_it_is_theirs_and_what_becomes_of_the_fix(cast, deliver):
    problem, change = under_fix(cast)
    services.describe(problem, actor=cast.chen_hao, values={"assignee": cast.liu_yang})
    closed(cast, change, "failed")
    deliver()
    assert heard(cast.liu_yang, problem) == [("assigned", "problem.described"), ("problem", "problem.fix_failed")]


def test_a_new_one_comes_into_the_queue_of_its_team(cast, deliver):
    problem = raised(cast, actor=cast.zhang_wei)
    deliver()
    assert heard(cast.chen_hao, problem) == [("queued", "problem.reported")]
    assert heard(cast.li_na, problem) == []
