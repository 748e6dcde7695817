"""The task to confirm an article: there on its day, urged, escalated, and closed by what becomes of the article."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import services as people
from accounts.models import User
from core import clock
from core.errors import NotAllowed
from knowledge import services as knowledge
from knowledge.models import Confirmation
from knowledge.selectors.keeping import counts, to_confirm, worklist
from knowledge.workflow import CURRENT
from notifications.models import Notification
from tests import articles

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


def days_later(version, days):
    """The time so many days after the review-by day."""
    return clock.travel(clock.now() + YEAR + timedelta(days=days))


@pytest.fixture
def due(cast):
    """An article of 张伟 whose task was opened; its tests begin on that day."""
    version = articles.published(cast)
    with days_later(version, 0):
        assert knowledge.ask_to_confirm() == 1
    return version


def mine(user):
    return [one.version for one in to_confirm(user)]


def test_it_is_there_once_for_the_owner_and_counted(cast, due):
    with days_later(due, 0):
        assert knowledge.ask_to_confirm() == 0
        assert mine(cast.zhang_wei) == [due] and not mine(cast.chen_hao)
        assert counts(cast.zhang_wei)["confirm"] == 1 == worklist(cast.zhang_wei, "confirm").count()
    assert Confirmation.objects.get().due_on == due.review_by


def test_nothing_is_asked_before_the_day(cast):
    articles.published(cast)
    assert knowledge.ask_to_confirm() == 0 and not Confirmation.objects.exists()


def test_it_goes_with_the_article_to_its_next_owner(cast, due):
    knowledge.set_about(due.article, actor=cast.zhang_wei, owner=cast.chen_hao)
    assert mine(cast.chen_hao) == [due] and not mine(cast.zhang_wei)


def test_it_is_urged_and_escalated_once_each_however_often_the_sweep_runs(cast, due, deliver):
    people.set_lead(cast.desk, cast.chen_hao, actor=cast.admin)
    moves = []
    for days in (6, 8, 9, 15, 16):
        with days_later(due, days):
            moves.append((knowledge.ask_to_confirm(), knowledge.ask_to_confirm()))
    assert moves == [(0, 0), (1, 0), (0, 0), (1, 0), (0, 0)]
    asked = Confirmation.objects.get()
    assert (asked.stage, asked.escalated_to) == (Confirmation.Stage.ESCALATED, cast.chen_hao)
    assert mine(cast.chen_hao) == [due] == mine(cast.zhang_wei)
    deliver()
    told = {
        name: set(Notification.objects.filter(event__name=f"article.{name}").values_list("user__username", flat=True))
        for name in ("review_due", "review_reminded", "review_escalated")
    }
    assert told == {
        "review_due": {"zhang.wei"}, "review_reminded": {"zhang.wei"}, "review_escalated": {"zhang.wei", "chen.hao"},
    }  # fmt: skip


def test_whoever_it_was_escalated_to_may_confirm_it_and_nobody_else_may(cast, due):
    people.set_lead(cast.desk, cast.chen_hao, actor=cast.admin)
    values = {"review_by": articles.in_a_year() + YEAR}
    with days_later(due, 8):
        knowledge.ask_to_confirm()
    with days_later(due, 15):
        with pytest.raises(NotAllowed):
            knowledge.take_step(due, "confirm", actor=cast.chen_hao, values=values)
        knowledge.ask_to_confirm()
        with pytest.raises(NotAllowed):
            knowledge.take_step(due, "confirm", actor=cast.liu_yang, values=values)
        knowledge.take_step(due, "confirm", actor=cast.chen_hao, values=values)
    assert not mine(cast.chen_hao) and Confirmation.objects.get().outcome == "confirmed"


def test_without_a_lead_it_is_escalated_to_a_manager_who_may_read_it(cast, due):
    User.objects.filter(pk=cast.zhang_wei.pk).update(manager=None)
    cast.zhang_wei.teams.update(lead=None)
    cast.operations.__class__.objects.update(lead=None)
    for days in (8, 15):
        with days_later(due, days):
            knowledge.ask_to_confirm()
    assert Confirmation.objects.get().escalated_to == cast.wang_fang


def test_still_right_closes_it_until_the_new_day(cast, due):
    with days_later(due, 1):
        day = clock.now().date() + timedelta(days=90)
        knowledge.take_step(due, "confirm", actor=cast.zhang_wei, values={"review_by": day})
        assert not mine(cast.zhang_wei) and knowledge.ask_to_confirm() == 0
    with days_later(due, 100):
        assert knowledge.ask_to_confirm() == 1 and mine(cast.zhang_wei) == [due]
    outcomes = list(Confirmation.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["confirmed", ""]


def test_the_next_version_closes_it(cast, due):
    with days_later(due, 1):
        draft = knowledge.revise(due.article, "zh-hans", actor=cast.zhang_wei)
        assert mine(cast.zhang_wei) == [due]  # begun is not published
        articles.publish(cast, draft)
        assert not mine(cast.zhang_wei) and knowledge.ask_to_confirm() == 0
    assert Confirmation.objects.get().outcome == "replaced"


def test_a_proposal_to_retire_closes_it(cast, due):
    knowledge.take_step(due, "propose_retirement", actor=cast.zhang_wei, values={"reason": "gone"})
    assert Confirmation.objects.get().outcome == "retiring" and due.article.versions.filter(state__in=CURRENT)


def test_one_is_open_per_version_and_a_closed_one_says_how(cast, due):
    at = clock.recorded_now()
    for wrong in ({}, {"closed_at": at}, {"outcome": "confirmed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Confirmation.objects.create(version=due, due_on=due.review_by, opened_at=at, **wrong)


def test_it_stands_among_my_tasks_and_on_the_articles_page(cast, due, client):
    User.objects.update(language="en")
    client.force_login(cast.zhang_wei)
    page = client.get(reverse("desk:tasks")).content.decode()
    assert due.title in page and "Articles to look at again" in page
    assert "To be confirmed since" in client.get(reverse("knowledge:keep", args=[due.article_id])).content.decode()
    client.force_login(cast.chen_hao)
    assert due.title not in client.get(reverse("desk:tasks")).content.decode()
