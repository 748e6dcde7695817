"""Reading the ledger."""

from django.db.models import Max

from events.models import Event


def timeline_of(subject, *others, public_only):
    """Events of one subject, or of several of a kind, in order; without internal ones for people who only raised it."""
    keys = [one.pk for one in (subject, *others)]
    events = Event.objects.filter(subject_kind=subject.ledger_kind, subject_id__in=keys).select_related("actor")
    return events.filter(is_public=True) if public_only else events


def since(subject, version):
    """Events that moved `subject` beyond `version`: what a stale writer has not seen."""
    return Event.objects.filter(
        subject_kind=subject.ledger_kind, subject_id=subject.pk, data__version__gt=version
    ).select_related("actor")


def instants_of(subject, name):
    """When `name` happened to a subject, in order."""
    told = Event.objects.filter(subject_kind=subject.ledger_kind, subject_id=subject.pk, name=name)
    return list(told.values_list("at", flat=True))


def last_instant(subject):
    """The latest instant that the ledger tells of a subject; None when it tells nothing."""
    told = Event.objects.filter(subject_kind=subject.ledger_kind, subject_id=subject.pk)
    return told.aggregate(latest=Max("at"))["latest"]
