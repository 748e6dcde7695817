"""A task with a day: who has it is reminded once when it is due and once when it is late, and the page says so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from core import clock
from core.errors import InvalidInput
from events.models import Event
from notifications.models import Notification
from problems import services as problems
from tests.problems import raised
from tickets.services import tasks
from tickets.services.task_reminders import remind_of_tasks

pytestmark = pytest.mark.django_db
DAY = date(2031, 3, 10)
AT_NINE = datetime(2031, 3, 10, 1, 0, tzinfo=UTC)  # in China, where the house is


def _given(cast, due_on=DAY):
    return problems.add_task(raised(cast), actor=cast.chen_hao, title="Measure", assignee=cast.liu_yang, due_on=due_on)


def _swept(days):
    with clock.travel(AT_NINE + timedelta(days=days)):
        return remind_of_tasks()


def _told(name):
    return set(Notification.objects.filter(event__name=name).values_list("user__username", flat=True))


def test_one_is_reminded_once_on_the_day_and_once_after_it_with_the_owner_of_the_problem(cast, deliver):
    task = _given(cast)
    problem = task.ticket.typed
    problems.describe(problem, actor=cast.chen_hao, values={"assignee": cast.chen_hao})
    assert _swept(-1) == 0
    assert [_swept(0), _swept(0), _swept(1), _swept(1), _swept(9)] == [1, 0, 1, 0, 0]
    deliver()
    assert _told("task.due") == {cast.liu_yang.username}
    assert _told("task.late") == {cast.liu_yang.username, cast.chen_hao.username}


def test_what_nobody_swept_on_its_day_is_only_late(cast):
    _given(cast)
    assert [_swept(2), _swept(2)] == [1, 0]
    assert list(Event.objects.filter(name__in=("task.due", "task.late")).values_list("name", flat=True)) == [
        "task.late"
    ]


def test_a_day_begins_where_the_house_is(cast):
    _given(cast)
    with clock.travel(datetime(2031, 3, 9, 15, 59, tzinfo=UTC)):
        assert remind_of_tasks() == 0
    with clock.travel(datetime(2031, 3, 9, 16, 1, tzinfo=UTC)):
        assert remind_of_tasks() == 1


def test_nobody_is_reminded_of_what_is_done(cast):
    tasks.complete(_given(cast), actor=cast.liu_yang)
    assert _swept(0) == _swept(3) == 0


def test_a_reminder_does_not_stop_the_answer_of_whoever_edits_the_problem(cast):
    problem = _given(cast).ticket.typed
    version = type(problem).objects.get(pk=problem.pk).version
    _swept(0)
    assert type(problem).objects.get(pk=problem.pk).version == version


def test_a_day_that_is_over_is_refused_on_the_form_and_what_was_typed_stays(cast, client):
    with pytest.raises(InvalidInput):
        _given(cast, due_on=date(2020, 1, 1))
    problem = raised(cast)
    client.force_login(cast.chen_hao)
    typed = {"title": "Ask the vendor", "due_on": "2020-01-01"}
    answer = client.post(reverse("problems:add-task", args=[problem.number]), typed)
    assert answer.status_code == 422 and b"Ask the vendor" in answer.content and b"2020-01-01" in answer.content


def test_my_tasks_begin_with_what_is_due_first_and_mark_what_is_late(cast, client):
    problem = raised(cast)
    for title, due_on in (("Whenever", None), ("Later", DAY + timedelta(days=5)), ("Sooner", DAY)):
        problems.add_task(problem, actor=cast.chen_hao, title=title, assignee=cast.liu_yang, due_on=due_on)
    client.force_login(cast.liu_yang)
    with clock.travel(AT_NINE + timedelta(days=1)):
        page = client.get(reverse("desk:tasks")).content.decode()
    assert page.index("Sooner") < page.index("Later") < page.index("Whenever")
    assert page.count(">已逾期<") == 1
    assert "2031-03-10" in page
