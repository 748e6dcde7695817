"""News of reading paths: to who is given one, to who leads a reader that is stuck, and to who keeps the path."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.reading import reading_as
from knowledge.models import ReadingPath
from notifications import links, selectors, wording
from notifications.services import composing
from notifications.services.telling import post, ring
from notifications.vocabulary import Kind, Way

TO_READER = tuple(f"path.{name}" for name in ("given", "try_allowed", "step_skipped", "cut_short", "due_soon"))
TO_LEADS_TOO = ("path.late", "path.certificate_ending", "path.certificate_over")
HEARD = (*TO_READER, *TO_LEADS_TOO, "path.finished", "path.stuck", "path.step_lost")


@transaction.atomic
def tell_readers(event):
    """`later` handler: tell whom an event on a reading path concerns, as they chose; nobody of their own acts."""
    path = ReadingPath.objects.filter(pk=event.subject_id).select_related("owner").first()
    if path is None or event.is_history:
        return
    people = {user.pk: user for user in _concerned(event, path) if user.is_active and user.pk != event.actor_id}
    choices = selectors.choices_of(people, [Kind.LEARNING])
    for user in people.values():
        if selectors.wants(choices, user.pk, Kind.LEARNING, Way.BELL):
            ring(user, Kind.LEARNING, event, path=path)
        if user.email and selectors.wants(choices, user.pk, Kind.LEARNING, Way.MAIL):
            post(user, Kind.LEARNING, event, _letter(user, event, path))


def _concerned(event, path):
    """The reader of what they are given or allowed, whoever keeps the path and leads its reader of the rest."""
    owner = [path.owner] if path.owner else []
    if event.name == "path.step_lost":
        return owner
    reader = User.objects.get(pk=event.data["person"])
    if event.name in TO_READER:
        return [reader]
    if event.name in TO_LEADS_TOO:
        return [reader, *User.objects.filter(pk__in=event.data["told"]).exclude(pk=reader.pk).order_by("pk")]
    leads = User.objects.filter(leads_teams__in=reader.team_ids).exclude(pk=reader.pk).distinct()
    return [*owner, *leads.order_by("pk")]


def _letter(user, event, path):
    with reading_as(user):
        headline, name = links.unmarked(wording.of_path(event)), links.unmarked(path.name)
        quotes = [(_("What it is for"), links.unmarked(path.purpose))] if path.purpose else []
        content = composing.Content(
            headline=headline, language=user.language, facts=[(_("Reading path"), name)], quotes=quotes,
            buttons=[(_("Look at it"), links.absolute(links.reading_path(event, path, user)))],
        )  # fmt: skip
        return composing.printed(wording.one_line(f"{name}: {headline}")[:400], content)
