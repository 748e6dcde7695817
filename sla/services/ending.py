"""What time and a termination bring about: expiry, reminders of it and of reviews, clocks withdrawn."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from core import clock as wall
from events.models import Event
from sla.engine import Stage
from sla.models import AgreementVersion, Clock
from sla.services import binding, keeping, rebuilding
from sla.services.agreements import locked, publish, today
from tickets.models import Ticket

State = AgreementVersion.State
BATCH = 200
# So long before its last day people are reminded that an agreement ends.
NOTICE = timedelta(days=30)


def expire_due() -> int:
    """End versions in force whose last day is over; running tickets keep counting by them. Returns how many."""
    over = AgreementVersion.objects.filter(state__in=AgreementVersion.BINDING, ends_on__lt=today()).order_by("pk")
    return sum(_expire(version) for version in over)


@transaction.atomic
def _expire(version) -> bool:
    version = locked(version)
    if version.state not in AgreementVersion.BINDING:
        return False
    version.state, version.ended_at = State.EXPIRED, wall.recorded_now()
    version.save(update_fields=["state", "ended_at"])
    publish("expired", version, actor=None)
    return True


def remind_of_reviews() -> int:
    """Remind of the versions in force whose review is due, once for each date; returns how many."""
    due = AgreementVersion.objects.filter(state__in=AgreementVersion.BINDING, review_on__lte=today())
    return sum(_remind(version) for version in due.exclude(review_reminded_on=F("review_on")).order_by("pk"))


@transaction.atomic
def _remind(version) -> bool:
    version = locked(version)
    if version.review_reminded_on == version.review_on:
        return False
    version.review_reminded_on = version.review_on
    version.save(update_fields=["review_reminded_on"])
    publish("review_due", version, actor=None, review_on=version.review_on)
    return True


def remind_of_ends() -> int:
    """Remind once of each version in force that ends within `NOTICE`; returns how many."""
    ending = AgreementVersion.objects.filter(state__in=AgreementVersion.BINDING, ends_on__lte=today() + NOTICE)
    return sum(_remind_of_end(version) for version in ending.order_by("pk"))


@transaction.atomic
def _remind_of_end(version) -> bool:
    version = locked(version)
    told = Event.objects.filter(subject_kind="agreement", subject_id=version.agreement_id, name="agreement.expiring")
    if told.filter(data__version=version.number).exists():
        return False
    publish("expiring", version, actor=None, ends_on=version.ends_on)
    return True


@transaction.atomic
def withdraw_clocks(*, limit=BATCH) -> int:
    """End the open clocks of terminated versions: nothing of them fires again, their account stays (F23).

    Returns how many clocks were withdrawn; repeat until 0. A batch locks its tickets first, as every change of a
    ticket does, and passes over those in flight, so that a killed worker leaves only whole batches and the next one
    goes on. A ticket whose facts change afterwards is bound anew by what is in force then.
    """
    ended = Clock.objects.filter(
        agreement__state=State.TERMINATED,
        stage__in=(Stage.RUNNING.value, Stage.PAUSED.value),
        is_withdrawn=False,
    )
    waiting = list(ended.order_by("pk").values_list("ticket_id", flat=True)[:limit])
    tickets = Ticket.objects.select_for_update(skip_locked=True, no_key=True).filter(pk__in=set(waiting))
    free = {ticket.pk: ticket for ticket in tickets.order_by("pk")}
    rebuilding.prefetch_facts(free.values())
    clocks = ended.filter(ticket__in=free).select_related("agreement").select_for_update(of=("self",))
    changes = [
        binding.Change(clock, free[clock.ticket_id], clock.agreement, clock.terms_id) for clock in clocks.order_by("pk")
    ]
    binding.rule_all(changes, reason=binding.Reason.WITHDRAWN)
    keeping.refresh_tickets(sorted(free))
    return len(changes)
