"""Escalation policies: a list of steps, edited as a whole."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import writing
from core.errors import InvalidInput, Refused
from core.text import clean_text
from events import services as events
from sla import access
from sla.models import EscalationPolicy, EscalationStep

FIELDS = ("slug", "name_zh", "name_en")
MOST_STEPS = 30
Action = EscalationStep.Action


@transaction.atomic
def save_policy(policy, *, actor, steps, **fields) -> EscalationPolicy:
    """Add (policy=None) or change a policy with all its steps, each a dict of fields of `EscalationStep`.

    Counts for clocks that start from now on; running ones keep the steps they began with. Publishes
    `escalation_policy.created` or `escalation_policy.updated`. Raises NotAllowed, InvalidInput.
    """
    access.require_manager(actor)
    is_new = policy is None
    policy = EscalationPolicy() if is_new else EscalationPolicy.objects.select_for_update().get(pk=policy.pk)
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(f"a policy takes no {name}")
        setattr(policy, name, clean_text(value))
    policy.revision += not is_new
    writing.checked(policy).save()
    if len(steps) > MOST_STEPS:
        raise InvalidInput({"": [_("A policy has at most %(n)s steps.") % {"n": MOST_STEPS}]})
    policy.steps.all().delete()
    for step in steps:
        writing.checked(EscalationStep(policy=policy, **_fitting(step))).save()
    name = "escalation_policy.created" if is_new else "escalation_policy.updated"
    events.publish(name, subject=policy, actor=actor, is_public=False, steps=[str(step) for step in policy.steps.all()])
    return policy


@transaction.atomic
def remove_policy(policy, *, actor) -> None:
    """Delete a policy that no version of an agreement names. Raises NotAllowed, Refused."""
    access.require_manager(actor)
    policy = EscalationPolicy.objects.select_for_update().get(pk=policy.pk)
    if policy.agreement_versions.exists():
        raise Refused(_("Agreements use this policy: it stays."))
    events.publish("escalation_policy.removed", subject=policy, actor=actor, is_public=False, slug=policy.slug)
    policy.delete()


def _fitting(step) -> dict:
    """The step without what its action does not use."""
    action = step["action"]
    tells = action not in EscalationStep.FUNCTIONAL
    return step | {
        "team": step.get("team") if action == Action.MOVE_TO_TEAM else None,
        "roster": step.get("roster") if action == Action.TELL_ON_CALL else None,
        "acknowledge_minutes": step.get("acknowledge_minutes") if tells else None,
    }
