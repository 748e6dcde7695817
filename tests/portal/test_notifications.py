"""Bell, list, choices, mailbox, outbox and the links in mails, in a browser's place."""

import re

import pytest
from django.urls import reverse

from core import one_click
from notifications import services
from notifications.models import Mail, Notification, Preference
from tickets import services as tickets
from tickets.models import Ticket

RESOLVE = {"resolution_code": "fixed", "resolution_notes": "Restarted the licence server"}


@pytest.fixture
def resolved(cast, incident, deliver):
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=RESOLVE)
    deliver()
    services.send_due()
    return Mail.objects.get(user=cast.li_na, kind="resolved")


def link(purpose, mail):
    token = one_click.sign(purpose, ticket=mail.ticket_id, user=mail.user_id)
    return reverse(f"notifications:{purpose}", args=[token])


def test_bell_counts_unread_and_is_read_line_by_line_and_at_once(client, cast, resolved):
    client.force_login(cast.li_na)
    assert 'class="bell-count" aria-hidden="true">1<' in client.get(reverse("notifications:bell")).content.decode()
    line = Notification.objects.get(user=cast.li_na)
    response = client.get(reverse("notifications:follow", args=[line.pk]))
    assert response.url == reverse("portal:ticket", args=[resolved.ticket.number])
    assert "bell-count" not in client.get(reverse("notifications:bell")).content.decode()
    Notification.objects.update(read_at=None)
    client.post(reverse("notifications:read_all"))
    assert Notification.objects.unread().count() == 0


def test_nobody_reads_or_opens_somebody_elses_news(client, cast, resolved):
    line = Notification.objects.get(user=cast.li_na)
    for other in (cast.zhao_min, cast.zhang_wei, cast.admin):
        client.force_login(other)
        assert client.get(reverse("notifications:follow", args=[line.pk])).status_code == 404
        assert client.post(reverse("notifications:read", args=[line.pk])).status_code == 404


@pytest.mark.parametrize("replies", [1, 3])
def test_list_costs_the_same_at_one_and_three_rows(client, cast, incident, deliver, django_assert_num_queries, replies):
    for number in range(replies):
        tickets.comment(incident, actor=cast.zhang_wei, body=f"Step {number}")
    deliver()
    client.force_login(cast.li_na)
    client.get(reverse("notifications:list"))
    with django_assert_num_queries(5):
        content = client.get(reverse("notifications:list")).content.decode()
    assert content.count("news-title") == replies


def test_choices_are_shown_by_role_and_kept(client, cast):
    client.force_login(cast.li_na)
    page = client.get(reverse("notifications:preferences")).content.decode()
    assert "replied:mail" in page and "sla_breached:mail" not in page
    client.post(reverse("notifications:preferences"), {"on": ["replied:bell", "nonsense", "sla_breached:mail"]})
    assert Preference.objects.get(user=cast.li_na, kind="replied", way="bell").is_on
    assert not Preference.objects.get(user=cast.li_na, kind="replied", way="mail").is_on
    client.force_login(cast.chen_hao)
    assert "sla_breached:mail" in client.get(reverse("notifications:preferences")).content.decode()


def test_mailbox_does_not_exist_outside_the_demo(client, cast, resolved):
    client.force_login(cast.admin)
    for name, args in (("mailbox", []), ("mail", [resolved.pk]), ("mail_html", [resolved.pk])):
        assert client.get(reverse(f"notifications:{name}", args=args)).status_code == 404


def test_mailbox_lists_finds_and_shows_mail_with_working_links(client, cast, resolved, settings):
    settings.DEMO = True
    page = client.get(reverse("notifications:mailbox"), {"to": "li.na"}).content.decode()
    assert reverse("notifications:mail", args=[resolved.pk]) in page
    nobody = client.get(reverse("notifications:mailbox"), {"to": "no-one"}).content.decode()
    assert reverse("notifications:mail", args=[resolved.pk]) not in nobody
    letter = client.get(reverse("notifications:mail", args=[resolved.pk]))
    assert "frame-src 'self'" in letter["Content-Security-Policy"]
    html = client.get(reverse("notifications:mail_html", args=[resolved.pk]))
    assert "sandbox" in html["Content-Security-Policy"] and "script-src 'none'" in html["Content-Security-Policy"]
    assert html["X-Frame-Options"] == "SAMEORIGIN"
    confirm = re.search(r'href="https?://[^/]+(/notifications/confirm/[^"]+)"', html.content.decode()).group(1)
    assert client.get(confirm).status_code == 200
    assert Ticket.objects.get(pk=resolved.ticket_id).state == "closed"


def test_one_click_confirms_without_a_login_in_the_readers_language(client, cast, resolved):
    page = client.get(link("confirm", resolved), headers={"accept-language": "en"}).content.decode()
    assert Ticket.objects.get().state == "closed"
    assert 'lang="zh-hans"' in page
    assert client.get(link("confirm", resolved)).status_code == 200


@pytest.mark.parametrize(
    ("headers", "secure"),
    [({"Purpose": "prefetch"}, False), ({"Sec-Purpose": "prefetch;prerender"}, False), ({}, True),
     ({"Sec-Fetch-Mode": "no-cors"}, True)],
)  # fmt: skip
def test_a_machine_that_follows_links_closes_nothing_and_finds_a_button(client, cast, resolved, headers, secure):
    page = client.get(link("confirm", resolved), headers=headers, secure=secure).content.decode()
    assert Ticket.objects.get().state == "resolved" and "<form" in page
    client.head(link("confirm", resolved))
    assert Ticket.objects.get().state == "resolved"
    client.post(link("confirm", resolved))
    assert Ticket.objects.get().state == "closed"


def test_reopening_from_the_mail_asks_why_and_keeps_what_was_typed(client, cast, resolved):
    assert "<textarea" in client.get(link("reopen", resolved)).content.decode()
    assert Ticket.objects.get().state == "resolved"
    assert "x" * 501 in client.post(link("reopen", resolved), {"reason": "x" * 501}).content.decode()
    client.post(link("reopen", resolved), {"reason": "Still down"})
    assert Ticket.objects.get().state == "in_progress"


def test_link_for_one_purpose_forged_or_of_a_deactivated_person_is_a_plain_page(client, cast, resolved):
    token = one_click.sign("reopen", ticket=resolved.ticket_id, user=cast.li_na.pk)
    for bad in (token, token[:-3] + "abc", "nonsense"):
        assert client.get(reverse("notifications:confirm", args=[bad])).status_code == 404
    cast.li_na.is_active = False
    cast.li_na.save()
    assert client.get(link("confirm", resolved)).status_code == 404
    assert Ticket.objects.get().state == "resolved"


def test_outbox_is_for_administrators_and_replays(client, cast, resolved):
    Mail.objects.filter(pk=resolved.pk).update(state="dead", last_error="550 no such user")
    client.force_login(cast.wang_fang)
    assert client.get(reverse("notifications:outbox")).status_code == 403
    assert client.post(reverse("notifications:release", args=[resolved.pk])).status_code == 403
    client.force_login(cast.admin)
    assert "550 no such user" in client.get(reverse("notifications:outbox")).content.decode()
    client.post(reverse("notifications:release", args=[resolved.pk]))
    assert Mail.objects.get(pk=resolved.pk).state == "queued"
