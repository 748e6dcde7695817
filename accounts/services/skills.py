"""Skills and who has them: kept by managers, rated by leads, claimed by everybody for themselves."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import rules
from accounts.models import PersonSkill, Skill, SkillClaim
from accounts.selectors.skills import leads_of
from accounts.services import people
from accounts.services.writing import apply, checked
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events.services import publish

FIELDS = ("slug", "name_zh", "name_en", "is_active")
RATED = ("level", "evidence", "link", "expires_on")
CLAIMED = ("level", "evidence", "link")


@transaction.atomic
def save_skill(skill, *, actor, **values) -> Skill:
    """Add a skill (None) or change one; publishes `skill.kept` with what differs. Raises NotAllowed, InvalidInput."""
    if actor is not None and not rules.keeps_skills(actor):
        raise NotAllowed()
    skill = Skill() if skill is None else Skill.objects.select_for_update(of=("self",)).get(pk=skill.pk)
    changes = apply(skill, values, FIELDS)
    checked(skill).save()
    if changes:
        publish("skill.kept", subject=skill, actor=actor, is_public=False, changes=changes)
    return skill


@transaction.atomic
def rate(person, skill, *, actor, **values) -> PersonSkill:
    """Say at which `level` (1 to 4) a person has a skill, with `evidence`, a `link` and the last day it holds
    (`expires_on`). What they claimed of it is settled thereby.

    Publishes `user.skill_rated` with what differs. Raises NotAllowed, InvalidInput (nobody of the desk, no such level).
    """
    _refuse_who_does_not_rate(actor, person)
    return award(person, skill, actor=actor, **values)


@transaction.atomic
def award(person, skill, *, actor, **values) -> PersonSkill:
    """`rate` for what has rules of its own about who may: an assessment. Raises InvalidInput as `rate` does."""
    person = people.locked(person)
    _refuse_strangers(person)
    held = PersonSkill.objects.filter(user=person, skill=skill).first() or PersonSkill(user=person, skill=skill)
    changes = apply(held, values, RATED)
    if "expires_on" in changes:
        held.told = PersonSkill.Told.NOTHING
    checked(held).save()
    SkillClaim.objects.filter(user=person, skill=skill, level__lte=held.level).delete()
    if changes:
        facts = {"skill": skill.pk, "changes": changes, "told": [person.pk]}
        publish("user.skill_rated", subject=person, actor=actor, is_public=False, **facts)
    return held


@transaction.atomic
def forget(person, skill, *, actor) -> None:
    """Somebody does not have a skill any more; publishes `user.skill_lost`. Raises NotAllowed."""
    _refuse_who_does_not_rate(actor, person)
    held = PersonSkill.objects.select_for_update(of=("self",)).filter(user=person, skill=skill).first()
    if held is not None:
        facts = {"skill": skill.pk, "level": held.level, "told": [person.pk]}
        publish("user.skill_lost", subject=person, actor=actor, is_public=False, **facts)
        held.delete()


@transaction.atomic
def claim(skill, *, actor, **values) -> SkillClaim:
    """Say of oneself that one has a skill; again replaces what was said. Somebody who rates them confirms it.

    Publishes `user.skill_claimed`. Raises InvalidInput (nobody of the desk, no such level), Refused (known already).
    """
    person = people.locked(actor)
    _refuse_strangers(person)
    today = timezone.localdate(clock.now())
    if PersonSkill.objects.valid_on(today).filter(user=person, skill=skill, level__gte=values["level"]).exists():
        raise Refused(_("This level is on record already."))
    made = SkillClaim.objects.filter(user=person, skill=skill).first() or SkillClaim(user=person, skill=skill)
    apply(made, values, CLAIMED)
    made.made_at = clock.recorded_now()
    checked(made).save()
    facts = {"skill": skill.pk, "level": made.level, "told": [lead.pk for lead in leads_of(person)]}
    publish("user.skill_claimed", subject=person, actor=actor, is_public=False, **facts)
    return made


@transaction.atomic
def confirm_claim(made, *, actor, expires_on=None) -> PersonSkill:
    """Believe what somebody says of themselves, through a day where it runs out.

    Raises NotAllowed, Refused (settled meanwhile).
    """
    made = _locked_claim(made, actor)
    values = {name: getattr(made, name) for name in CLAIMED}
    return rate(made.user, made.skill, actor=actor, expires_on=expires_on, **values)


@transaction.atomic
def decline_claim(made, *, actor, reason) -> None:
    """Do not believe it, and say why; publishes `user.skill_declined`, which the person reads. Raises NotAllowed,
    InvalidInput (no reason), Refused (settled meanwhile)."""
    made = _locked_claim(made, actor)
    if not clean_text(reason):
        raise InvalidInput({"reason": [_("Say why.")]})
    facts = {"skill": made.skill_id, "level": made.level, "reason": clean_text(reason)[:500], "told": [made.user_id]}
    publish("user.skill_declined", subject=made.user, actor=actor, is_public=False, **facts)
    made.delete()


def _locked_claim(made, actor):
    locked = SkillClaim.objects.select_for_update(of=("self",)).select_related("user", "skill").filter(pk=made.pk)
    if (found := locked.first()) is None:
        raise Refused(_("This claim has been settled meanwhile."))
    _refuse_who_does_not_rate(actor, found.user)
    return found


def _refuse_who_does_not_rate(actor, person):
    if actor is not None and not rules.rates(actor, person):
        raise NotAllowed()


def _refuse_strangers(person):
    if not (person.is_active and person.is_staff_member):
        raise InvalidInput({"person": [_("Only people who work at the desk are given tickets by skill.")]})
