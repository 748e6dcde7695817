"""What goes wrong with the house itself: mails to its administrators. It is no ticket, so nothing rings."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role, User
from core.reading import reading_as
from notifications import links
from notifications.services import composing
from notifications.services.telling import post
from notifications.vocabulary import Kind
from sla.models import Calendar


@transaction.atomic
def tell_operators(event):
    """`later` handler of the events in `HEARD`: a mail to every administrator, once per event and person."""
    kind, letter_of = _LETTERS[event.name]
    for user in User.objects.active().filter(roles__contains=[Role.ADMINISTRATOR]).exclude(email="").order_by("pk"):
        with reading_as(user):
            post(user, kind, event, letter_of(user, event))


def _sweep_behind(user, event):
    minutes = max(1, event.data["seconds"] // 60)
    content = composing.Content(
        headline=ngettext(
            "A deadline has been due for %(n)s minute and nothing has looked at it.",
            "A deadline has been due for %(n)s minutes and nothing has looked at it.",
            minutes,
        )
        % {"n": minutes},
        language=user.language,
        note=_("No deadline is lost: all of them are made up for, late, as soon as a worker runs again."),
        buttons=[(_("Open the escalation log"), links.absolute(reverse("sla:escalations")))],
    )
    return composing.printed(_("Deadlines are not watched in time"), content)


def _running_out(user, event):
    return _about_calendar(
        user,
        event,
        headline=_("The official holidays of a working calendar are known through %(day)s only.")
        % {"day": event.data["valid_through"]},
        note=_("Later deadlines are provisional. Load the days of the next year and publish the calendar."),
    )


def _zone_rules_moved(user, event):
    return _about_calendar(
        user,
        event,
        headline=_("The time zone rules %(release)s would move the hours of a working calendar.")
        % {"release": event.data["release"]},
        note=_("Nothing changes until somebody publishes the calendar by the new rules."),
    )


def _about_calendar(user, event, *, headline, note):
    calendar = Calendar.objects.get(pk=event.subject_id)
    content = composing.Content(
        headline=links.unmarked(headline),
        language=user.language,
        facts=[(_("Calendar"), links.unmarked(calendar)), (_("Version"), event.data["version"])],
        note=note,
        buttons=[(_("Open the calendar"), links.absolute(reverse("sla:calendar", args=[calendar.pk])))],
    )
    return composing.printed(links.unmarked(f"{calendar}: {headline}"), content)


# By the event's name: which kind of mail, and what writes it in the active language.
_LETTERS = {
    "sweep.fell_behind": (Kind.SWEEP_BEHIND, _sweep_behind),
    "calendar.running_out": (Kind.CALENDAR, _running_out),
    "calendar.zone_rules_moved": (Kind.CALENDAR, _zone_rules_moved),
}
HEARD = tuple(_LETTERS)
