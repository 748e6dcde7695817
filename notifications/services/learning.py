"""News of skills and courses: to whose they are, and to whoever answers for what a team can do."""

from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Skill, SkillLevel, User
from core.reading import reading_as
from core.templatetags.presentation import due_words
from notifications import links, selectors, wording
from notifications.services import composing
from notifications.services.telling import post, ring
from notifications.vocabulary import Kind, Way

HEARD = (
    *(f"user.skill_{name}" for name in ("rated", "lost", "claimed", "declined", "expiring", "expired")),
    *(f"training-session.{name}" for name in ("called", "moved", "cancelled", "enrolled", "withdrawn", "moved_up")),
    "training-plan.item_added",
    "assessment.made",
    "skill.last_holder_lost",
)


@transaction.atomic
def tell_learners(event):
    """`later` handler: tell whom the event names, as they chose; nobody of their own acts."""
    skill = Skill.objects.filter(pk=_skill_of(event)).first()
    if skill is None or event.is_history:
        return
    people = User.objects.active().filter(pk__in=event.data["told"]).exclude(pk=event.actor_id).order_by("pk")
    choices = selectors.choices_of(event.data["told"], [Kind.LEARNING])
    for user in people:
        if not user.is_staff_member:
            continue
        if selectors.wants(choices, user.pk, Kind.LEARNING, Way.BELL):
            ring(user, Kind.LEARNING, event, skill=skill)
        if user.email and selectors.wants(choices, user.pk, Kind.LEARNING, Way.MAIL):
            post(user, Kind.LEARNING, event, _letter(user, event, skill))


def _skill_of(event):
    return event.subject_id if event.subject_kind == "skill" else event.data["skill"]


def _letter(user, event, skill):
    with reading_as(user):
        headline = links.unmarked(wording.of_learning(event))
        level, day = _level_of(event), parse_date(str(event.data.get("expires_on") or ""))
        facts = [(_("Skill"), links.unmarked(skill.name))]
        facts += [(_("Level"), str(SkillLevel(level).label))] if level else []
        facts += [(_("valid through"), date_format(day))] if day else []
        at = parse_datetime(str(event.data.get("starts_at") or ""))
        facts += [(_("Starts"), due_words(at))] if at else []
        quotes = [(_("Reason"), links.unmarked(event.data["reason"]))] if event.data.get("reason") else []
        button = (_("Look at it"), links.absolute(links.learning_path(event, user)))
        mail = composing.Content(
            headline=headline, language=user.language, facts=facts, quotes=quotes, buttons=[button]
        )  # fmt: skip
        return composing.printed(wording.one_line(f"{skill.name}: {headline}")[:400], mail)


def _level_of(event):
    changes = event.data.get("changes") or {}
    return changes["level"][1] if "level" in changes else event.data.get("level")
