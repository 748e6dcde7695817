"""Skills that run out: said once ahead and once when it happened, to the holder and to whoever leads them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import TOLD_DAYS_AHEAD, PersonSkill
from accounts.selectors.skills import leads_of
from core import clock
from events.services import publish

AT_A_TIME = 200
Told = PersonSkill.Told


def announce_expiring() -> int:
    """Publish `user.skill_expiring` and `user.skill_expired`, each once; returns how many. Runs anywhere, twice."""
    today = timezone.localdate(clock.now())
    held = PersonSkill.objects.filter(user__is_active=True, skill__is_active=True)
    over = held.filter(expires_on__lt=today, told__lt=Told.OVER)
    soon = held.filter(
        expires_on__range=(today, today + timedelta(days=TOLD_DAYS_AHEAD)), told__lt=Told.SOON
    )  # fmt: skip
    keys = [*over.values_list("pk", flat=True)[:AT_A_TIME], *soon.values_list("pk", flat=True)[:AT_A_TIME]]
    return sum(_announce(pk, today) for pk in keys)


@transaction.atomic
def _announce(pk, today) -> bool:
    held = PersonSkill.objects.select_for_update(of=("self",)).select_related("user").filter(pk=pk).first()
    if held is None or held.expires_on is None:
        return False
    stage, verb = (Told.OVER, "expired") if held.has_run_out(today) else (Told.SOON, "expiring")
    if held.told >= stage or not (stage == Told.OVER or held.runs_out_soon(today)):
        return False
    held.told = stage
    held.save(update_fields=["told"])
    told = [held.user_id, *(lead.pk for lead in leads_of(held.user))]
    facts = {"skill": held.skill_id, "level": held.level, "expires_on": held.expires_on, "told": told}
    publish(f"user.skill_{verb}", subject=held.user, actor=None, is_public=False, **facts)
    return True
