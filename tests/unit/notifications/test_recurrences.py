"""Who decides about what recurs hears of it once, and again when it doubles."""

import pytest

from events.models import Event
from incidents import services as incidents
from notifications.models import Mail, Notification
from notifications.services import recurrences
from problems import services
from problems.models import Proposal, RecurrenceRule
from tests.landscape import landscape

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast, deliver):
    """Report so many incidents of the core switch, of which three are a recurrence."""
    RecurrenceRule.objects.exclude(basis="item").delete()
    RecurrenceRule.objects.update(incidents=3)
    switch = landscape(cast)["core"]

    def report(count):
        for _n in range(count):
            incidents.report_incident(actor=cast.li_na, title="x", affected_items=[switch], service=cast.email)
            deliver()

    return report


def letters(person):
    return list(Mail.objects.filter(user=person, kind="recurrence").order_by("pk"))


@pytest.mark.parametrize(
    ("language", "first", "again", "why"),
    [
        ("zh-hans", "有 3 起事件反复发生，背后是否有问题？", "反复发生的事件比上次告知时多了一倍：现有 6 起。",
            "Core 在 1 天内发生 3 起事件"),
        (
            "en", "3 incidents recur. Is there a problem behind them?",
            "Twice as many recur as you were told of: 6 incidents now.", "3 incidents on Core in 1 day",
        ),
    ],
)  # fmt: skip
def test_they_hear_once_and_again_when_it_doubles(cast, report, client, language, first, again, why):
    cast.wang_fang.language = language
    cast.wang_fang.save()
    report(5)
    (letter,) = letters(cast.wang_fang)
    assert first in letter.subject and why in letter.text
    report(1)
    report(1)
    assert [again in one.subject for one in letters(cast.wang_fang)] == [False, True]
    assert not letters(cast.zhang_wei) and not letters(cast.li_na)
    news = Notification.objects.of(cast.wang_fang).order_by("pk")
    assert [line.event.name for line in news] == ["problem_proposal.made", "problem_proposal.doubled"]
    client.force_login(cast.wang_fang)
    page = client.get("/notifications/").content.decode()
    assert again in page
    followed = client.get(f"/notifications/{news[0].pk}/")
    assert followed.status_code == 302 and followed.url == f"/problems/proposals/{Proposal.objects.get().pk}/"


def test_nobody_hears_of_what_was_decided_meanwhile(cast, report):
    report(3)
    Mail.objects.all().delete()
    services.accept(Proposal.objects.get(), actor=cast.wang_fang, title="x")
    recurrences.tell_deciders(Event.objects.get(name="problem_proposal.made"))
    assert not letters(cast.wang_fang)
