"""When and whom to ask."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from core import clock, one_click
from events import services as events
from surveys import rules, selectors
from surveys.models import Survey
from tickets.models import Ticket

BATCH = 200


@transaction.atomic
def plan(event):
    """`later` handler of a ticket that was closed: plan to ask the requester, unless they were asked already."""
    ticket = Ticket.objects.select_related("requester").filter(pk=event.subject_id).first()
    if ticket is None or ticket.requester is None or not ticket.requester.is_active:
        return
    if ticket.requester_id == ticket.assignee_id:
        return
    survey = ask_about(ticket, at=event.at)
    if survey.answered_at is None and survey.sent_at is None:
        Survey.objects.filter(pk=survey.pk).update(due_at=event.at)


@transaction.atomic
def ask_about(ticket, *, at=None):
    """The survey of a ticket for its requester, made when there is none yet; nothing is sent by this."""
    at = at or clock.recorded_now()
    survey, created = Survey.objects.get_or_create(
        ticket_id=ticket.pk,
        recipient_id=ticket.requester_id,
        defaults={"created_at": at, "expires_at": at + rules.EXPIRES_AFTER},
    )
    if created:
        survey.token_digest = selectors.digest_of(one_click.derive("survey", survey.pk))
        survey.save(update_fields=["token_digest"])
    return survey


def send_due() -> int:
    """Ask everybody whose question is due; returns how many were asked. Any number of workers may call this."""
    due = Survey.objects.filter(due_at__lte=clock.recorded_now()).order_by("due_at").values_list("pk", flat=True)
    return sum(_send(pk) for pk in due[:BATCH])


@transaction.atomic
def _send(pk) -> bool:
    """Ask once, or note why not. Publishes `survey.sent` on the ticket; the mail is a reaction to it.

    In order: skip one that another worker holds or settled; leave tickets out that are not in the sample; leave
    people in peace who were asked less than SURVEY_REST_DAYS ago; start the 14 days of the link; publish.
    """
    survey = Survey.objects.select_for_update(skip_locked=True, of=("self",)).select_related("ticket")
    survey = survey.filter(pk=pk, due_at__isnull=False).first()
    if survey is None:
        return False
    now = clock.recorded_now()
    survey.due_at = None
    if survey.answered_at is None:
        survey.skipped = _reason_to_skip(survey, now)
        if not survey.skipped:
            survey.sent_at, survey.expires_at = now, now + rules.EXPIRES_AFTER
    survey.save()
    if survey.sent_at is None:
        return False
    events.publish(
        "survey.sent",
        subject=survey.ticket,
        actor=None,
        is_public=False,
        survey=survey.pk,
        recipient=survey.recipient_id,
    )
    return True


def _reason_to_skip(survey, now) -> str:
    if not rules.is_sampled(survey.ticket_id, settings.SURVEY_SAMPLE_PERCENT):
        return Survey.Skipped.SAMPLING
    asked_since = now - timedelta(days=settings.SURVEY_REST_DAYS)
    if Survey.objects.filter(recipient=survey.recipient_id, sent_at__gt=asked_since).exists():
        return Survey.Skipped.RESTING
    return ""
