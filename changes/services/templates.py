"""Templates of standard changes: writing, approving, using them, and taking out of use what fails."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from changes import rules
from changes.models import Change, ChangeTemplate
from changes.services.raising import open_change
from changes.vocabulary import (
    MOST_WATCH_HOURS,
    TEMPLATE_HOLDS_DAYS,
    TEMPLATE_TOLD_DAYS,
    ChangeType,
    Outcome,
    TemplateState,
)
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events
from tickets.services import door

_WORDS = ("name_zh", "name_en", "description", "plan", "steps", "rollback_plan", "back_out_steps", "test_evidence")
MOST_WORDS = 20_000


@transaction.atomic
def keep_template(template, *, actor, item_classes=(), **values) -> ChangeTemplate:
    """Write a template, new or known; whoever wrote it last cannot approve it. What was approved is a draft again.

    Publishes `change_template.kept`. Raises NotAllowed, InvalidInput by field.
    """
    if not rules.raises_changes(actor):
        raise NotAllowed()
    values = {name: clean_text(value) if name in _WORDS else value for name, value in values.items()}
    problems = {
        name: [_("This field is required.")] for name in ("plan", "rollback_plan", "test_evidence") if not values[name]
    }
    if not values["name_zh"] and not values["name_en"]:
        problems["name_en"] = [_("Name it in at least one language.")]
    for name in _WORDS:
        limit = 120 if name.startswith("name_") else MOST_WORDS
        if len(values[name]) > limit:
            message = _("At most %(limit)s characters; this has %(length)s.")
            problems[name] = [message % {"limit": limit, "length": len(values[name])}]
    for name, least, most in (("minutes", 1, 10_080), ("watch_hours", 0, MOST_WATCH_HOURS), ("suspend_after", 1, 100)):
        if not least <= values[name] <= most:
            problems[name] = [_("Between %(least)s and %(most)s.") % {"least": least, "most": most}]
    if problems:
        raise InvalidInput(problems)
    for name, value in values.items():
        setattr(template, name, value)
    template.written_by, template.state, template.reason = actor, TemplateState.DRAFT, ""
    template.approved_by, template.approved_at, template.valid_until, template.end_told_at = None, None, None, None
    template.save()
    template.item_classes.set(item_classes)
    _tell(template, "kept", actor)
    return template


@transaction.atomic
def approve_template(template, *, actor, valid_until) -> ChangeTemplate:
    """Let changes be made from it until a day; by a change manager who did not write it, for a year at most."""
    template = _locked(template)
    if not rules.keeps_boards(actor):
        raise NotAllowed()
    if actor.pk == template.written_by_id:
        raise NotAllowed(_("Nobody approves what they wrote themselves."))
    if template.state == TemplateState.RETIRED:
        raise Refused(_("It was retired: write a new one."))
    today = timezone.localdate(clock.now())
    if not today <= valid_until <= today + timedelta(days=TEMPLATE_HOLDS_DAYS):
        raise InvalidInput({"valid_until": [_("A day from today on, a year ahead at most.")]})
    template.approved_by, template.approved_at, template.valid_until = actor, clock.recorded_now(), valid_until
    template.end_told_at = None
    return _turn(template, TemplateState.APPROVED, actor=actor)


@transaction.atomic
def retire_template(template, *, actor, reason) -> ChangeTemplate:
    """Nobody makes changes from it any more."""
    if not rules.keeps_boards(actor):
        raise NotAllowed()
    if not clean_text(reason):
        raise InvalidInput({"reason": [_("Say why.")]})
    return _turn(_locked(template), TemplateState.RETIRED, actor=actor, reason=clean_text(reason)[:500])


@transaction.atomic
def use_template(template, *, actor, planned_start, implementer, affected_items=(), title="") -> Change:
    """A standard change of a template, planned for so long as the template says. Raises Refused when it is not usable,
    and what `open_change` raises."""
    if not ChangeTemplate.objects.usable().filter(pk=template.pk).exists():
        raise Refused(_("This template is not approved, or no longer."))
    end = planned_start + timedelta(minutes=template.minutes)
    taken = {name: getattr(template, name) for name in rules.GIVEN_BY_TEMPLATE}
    return open_change(
        actor=actor, template=template, type=ChangeType.STANDARD, title=title or template.name,
        description=template.description, service=template.service, team=template.team, implementer=implementer,
        planned_start=planned_start, planned_end=end, test_evidence=template.test_evidence,
        watch_hours=template.watch_hours, organisation=template.organisation, affected_items=affected_items, **taken,
    )  # fmt: skip


@transaction.atomic
def suspend_template(template, *, actor, reason) -> ChangeTemplate:
    """Nobody makes changes from it until it is approved again. Raises NotAllowed, Refused (it is not approved),
    InvalidInput (no reason)."""
    template = _locked(template)
    if not rules.keeps_boards(actor):
        raise NotAllowed()
    if not clean_text(reason):
        raise InvalidInput({"reason": [_("Say why.")]})
    if template.state != TemplateState.APPROVED:
        raise Refused(_("This template is not approved, or no longer."))
    return _turn(template, TemplateState.SUSPENDED, actor=actor, reason=clean_text(reason)[:500])


def suspend_what_fails(event):
    """change.closed: a template of which too many changes failed since its approval is suspended, with the reason."""
    change = event.subject
    if change.template_id is None or change.outcome not in (Outcome.FAILED, Outcome.ROLLED_BACK):
        return
    template = _locked(change.template)
    if template.state != TemplateState.APPROVED:
        return
    failures = Change.objects.filter(
        template=template, outcome__in=(Outcome.FAILED, Outcome.ROLLED_BACK), closed_at__gte=template.approved_at
    ).count()
    if failures < template.suspend_after:
        return
    reason = _("%(count)s changes failed or were backed out, last %(number)s.")
    _turn(template, TemplateState.SUSPENDED, actor=None, reason=reason % {"count": failures, "number": change.number})
    door.write(
        change, "change.template_suspended", actor=None, before=door.snapshot(change), at=event.at, is_public=False,
        template=template.pk,
    )  # fmt: skip


def announce_expiry() -> int:
    """Tell once, `TEMPLATE_TOLD_DAYS` ahead, who keeps a template that its approval ends; returns how many templates.

    Runs anywhere, twice.
    """
    soon = timezone.localdate(clock.now()) + timedelta(days=TEMPLATE_TOLD_DAYS)
    ending = ChangeTemplate.objects.usable().filter(valid_until__lte=soon, end_told_at=None)
    return sum(_announce(template) for template in ending.order_by("pk")[:100])


@transaction.atomic
def _announce(template) -> bool:
    template = _locked(template)
    if template.end_told_at is not None or not template.is_usable:
        return False
    template.end_told_at = clock.recorded_now()
    template.save(update_fields=["end_told_at"])
    _tell(template, "expiring", None, told=template.keepers(), valid_until=template.valid_until.isoformat())
    return True


def expire_templates() -> int:
    """Take out of use what was approved until yesterday; returns how many. Runs anywhere, twice."""
    today = timezone.localdate(clock.now())
    past = ChangeTemplate.objects.filter(state=TemplateState.APPROVED, valid_until__lt=today)
    return sum(_expire(template, today) for template in past.order_by("pk")[:100])


@transaction.atomic
def _expire(template, today) -> bool:
    template = _locked(template)
    if template.state != TemplateState.APPROVED or template.valid_until >= today:
        return False
    _turn(template, TemplateState.EXPIRED, actor=None)
    return True


def _locked(template):
    return ChangeTemplate.objects.select_for_update().get(pk=template.pk)


def _turn(template, state, *, actor, reason=""):
    template.state, template.reason = state, reason
    template.save()
    _tell(template, str(state), actor, reason=reason, told=template.keepers())
    return template


def _tell(template, verb, actor, **data):
    events.publish(f"change_template.{verb}", subject=template, actor=actor, is_public=False, **data)
