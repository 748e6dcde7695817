"""@name reaches people who may read the words, and tells nothing about anybody else: not even that they exist."""

import pytest

from accounts.models import User
from events.models import Event
from notifications.models import Mail, Notification
from tickets import services as tickets
from tickets.models import Watcher

pytestmark = pytest.mark.django_db


@pytest.fixture
def outsiders(cast):
    """People who may not see 李娜's ticket or, of the last, an internal note on it."""
    User.objects.update(language="en")
    cast.liu_yang.is_active = False
    cast.liu_yang.save()
    return [cast.stranger, cast.zhao_min, cast.liu_yang, cast.li_na]


def test_naming_somebody_who_may_not_read_it_is_naming_nobody(client, cast, incident, outsiders, deliver):
    deliver()
    for model in (Mail, Notification):
        model.objects.all().delete()
    client.force_login(cast.zhang_wei)
    for person in outsiders:
        tickets.comment(incident, actor=cast.zhang_wei, body=f"@{person.username} 请看", is_internal=True)
        assert Event.objects.filter(name="ticket.commented").latest("pk").data["mentioned"] == []
        page = client.get(f"/desk/t/{incident.number}/").content.decode()
        assert f"@{person.username} 请看" in page, "the words stay as they were typed"
        if person is not cast.li_na:
            assert person.name not in page and person.latin_name not in page
    deliver()
    assert not Mail.objects.filter(user__in=outsiders).exists()
    assert not Notification.objects.filter(user__in=outsiders).exists()
    assert not Watcher.objects.filter(user__in=outsiders).exists()


def test_answer_to_a_known_and_to_an_unknown_name_is_the_same(client, cast, incident):
    client.force_login(cast.li_na)
    answers = []
    for name in ("qian.duo", "no.body.at.all"):
        sent = client.post(f"/tickets/{incident.number}/reply/", {"body": f"@{name} 请看"}, follow=True)
        event = Event.objects.filter(name="ticket.commented").latest("pk")
        messages = [str(message) for message in sent.context["messages"]]
        answers.append((sent.redirect_chain, messages, event.data | {"comment": None, "version": None}))
    assert answers[0] == answers[1]


def test_typing_ahead_offers_a_requester_no_people_of_other_customers(client, cast):
    client.force_login(cast.li_na)
    for text in ("qian", "钱多", "qian.duo@other.example"):
        assert client.get("/account/lookup/", {"q": text, "format": "json"}).json() == {"results": []}
