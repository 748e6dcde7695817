"""From a click in the mail to a rating, and the lead's page."""

import re

import pytest
from django.urls import reverse

from core import one_click
from notifications.models import Mail
from notifications.services.sending import message_of
from surveys import services
from surveys.models import Survey
from tickets import services as tickets

RESOLVE = {"resolution_code": "fixed", "resolution_notes": "Restarted the licence server"}


@pytest.fixture
def survey(cast, incident, deliver):
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=RESOLVE)
    tickets.take_transition(incident, "close", actor=cast.li_na)
    deliver()
    services.send_due()
    deliver()
    return Survey.objects.get()


def link(survey, score):
    return reverse("surveys:rate", args=[one_click.derive("survey", survey.pk), score])


def test_one_click_in_the_mail_records_the_score_without_a_login(client, survey):
    body = message_of(Mail.objects.get(kind="survey")).body
    path = re.search(r"https?://[^/\s]+(/survey/\S+/4/)", body).group(1)
    page = client.get(path, follow=True)
    assert page.status_code == 200
    assert Survey.objects.get().score == 4


def test_link_itself_is_stored_nowhere(survey):
    code = one_click.derive("survey", survey.pk)
    mail = Mail.objects.get(kind="survey")
    assert code not in mail.text + mail.html + survey.token_digest
    assert len(code) >= 43


def test_machine_records_nothing_and_finds_the_score_ticked(client, survey):
    page = client.get(link(survey, 2), headers={"Purpose": "prefetch"}).content.decode()
    client.head(link(survey, 2))
    assert Survey.objects.get().score is None
    assert re.search(r'value="2" required checked', page)


def test_answer_is_changed_and_explained_on_the_page(client, survey):
    client.get(link(survey, 2))
    page = reverse("surveys:answer", args=[one_click.derive("survey", survey.pk)])
    client.post(page, {"score": "5", "comment": "Solved after all"})
    changed = Survey.objects.get()
    assert (changed.score, changed.comment, changed.follow_up_at) == (5, "Solved after all", None)
    refused = client.post(page, {"score": "9", "comment": "kept words"})
    assert refused.status_code == 422 and "kept words" in refused.content.decode()


@pytest.mark.parametrize("code", ["unknown", "x" * 43])
def test_unknown_and_expired_links_are_a_plain_page(client, survey, code):
    assert client.get(reverse("surveys:rate", args=[code, 5])).status_code == 404
    Survey.objects.update(expires_at=survey.created_at)
    assert client.get(link(survey, 5)).status_code == 404
    assert Survey.objects.get().score is None


def test_stars_in_the_resolved_mail_rates_before_the_question_is_asked(client, cast, incident, deliver):
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=RESOLVE)
    deliver()
    body = message_of(Mail.objects.get(kind="resolved", user=cast.li_na)).body
    path = re.search(r"https?://[^/\s]+(/survey/ticket/\S+/5/)", body).group(1)
    assert client.get(path, follow=True).status_code == 200
    assert Survey.objects.get().score == 5


def test_rating_a_ticket_that_was_reopened_is_refused_in_words(client, cast, incident, deliver):
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=RESOLVE)
    tickets.take_transition(incident, "reopen", actor=cast.li_na, values={"reason": "No"})
    token = one_click.sign("rate", ticket=incident.pk, user=cast.li_na.pk)
    assert client.get(reverse("surveys:rate_ticket", args=[token, 5])).status_code == 409
    assert Survey.objects.count() == 0


def test_manager_takes_a_low_score_up(client, cast, survey):
    services.answer(survey, score=1, comment="Three days!")
    client.force_login(cast.li_na)
    assert client.get(reverse("surveys:follow_ups")).status_code == 403
    assert client.post(reverse("surveys:acknowledge", args=[survey.pk])).status_code == 403
    client.force_login(cast.stranger)
    assert client.post(reverse("surveys:acknowledge", args=[survey.pk])).status_code == 404
    client.force_login(cast.wang_fang)
    assert "Three days!" in client.get(reverse("surveys:follow_ups")).content.decode()
    client.post(reverse("surveys:acknowledge", args=[survey.pk]))
    assert Survey.objects.get().acknowledged_by == cast.wang_fang
