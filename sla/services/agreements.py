"""Putting an agreement's version in force."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.errors import Refused
from events import services as events
from sla.models import Agreement, AgreementVersion, Side, Target
from sla.selectors import content, scopes

State = AgreementVersion.State


def locked(version) -> AgreementVersion:
    """The version as it is now, locked for a change. Where another one may come into force, `lock_kind` goes first."""
    return AgreementVersion.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=version.pk)


def lock_kind(kind) -> None:
    """Lock every agreement of a kind, so that of two that come to overlap at once one is refused."""
    list(Agreement.objects.select_for_update().filter(kind=kind).order_by("pk").values_list("pk"))


def publish(name, version, *, actor, **data) -> None:
    """Write a step of a version into the ledger of its agreement; people outside never read it."""
    data = {"version": version.number, **data}
    events.publish(f"agreement.{name}", subject=version.agreement, actor=actor, is_public=False, **data)


def today():
    """The date that agreements count by: that of the house, whoever looks."""
    return timezone.localdate(clock.recorded_now(), timezone=timezone.get_default_timezone())


@transaction.atomic
def put_in_force(version, *, actor=None) -> AgreementVersion:
    """Make a version bind new tickets; the version before is superseded. Running tickets keep theirs.

    In order: its kind is locked; the version before ends; `agreement.put_in_force` is published. Both sides must have
    signed; only the system (no actor: the house's own default, imports) puts a draft in force without.
    Raises Refused for another state, without a target, for a calendar without hours, and for an overlap.
    """
    lock_kind(version.agreement.kind)
    version = locked(version)
    is_unsigned_default = version.state == State.DRAFT and actor is None
    if not (is_unsigned_default or (version.state == State.PENDING_SIGNATURE and is_signed(version))):
        raise Refused(_("Both sides have to sign first."))
    refuse_incomplete(version)
    now = clock.recorded_now()
    before = version.agreement.versions.filter(state__in=AgreementVersion.BINDING)
    before.update(state=State.SUPERSEDED, ended_at=now)
    version.state, version.active_from = State.ACTIVE, now
    version.save(update_fields=["state", "active_from"])
    publish("put_in_force", version, actor=actor)
    return version


def is_signed(version) -> bool:
    """Whether both sides have signed what the version says now."""
    sides = version.signatures.filter(digest=content.digest_of(version)).values_list("side", flat=True)
    return set(sides) == {Side.PROVIDER, Side.OTHER}


def refuse_incomplete(version) -> None:
    """Raises Refused where nothing could count by the version, or another agreement claims the same tickets."""
    targets = version.targets.select_related("calendar")
    if not targets:
        raise Refused(_("An agreement without a target promises nothing."))
    for target in targets:
        if target.calendar.current() is None:
            raise Refused(_("The calendar “%s” has no version yet.") % target.calendar)
    refuse_overlap(version)


def refuse_overlap(version) -> None:
    """Raises Refused, naming the other, where an agreement in force of the same kind and rank fits the same tickets."""
    rivals = scopes.overlapping(version)
    if rivals:
        raise Refused(
            _("“%(rival)s” has the same rank and fits some of the same tickets. Narrow the scope or change the rank.")
            % {"rival": rivals[0]}
        )


@transaction.atomic
def promise_resolution_only(customer) -> AgreementVersion | None:
    """Bind a customer by the general agreement's resolution targets and promise no response.

    For customers whose tickets come without the moment of the first answer (imported logs): a response clock would
    judge what nobody recorded. A customer with an agreement of its own keeps it, and where no general agreement is in
    force there is nothing to promise: both change nothing and return None.
    """
    general = (
        AgreementVersion.objects.filter(state__in=AgreementVersion.BINDING, agreement__kind=Agreement.Kind.SLA)
        .filter(agreement__customer=None, services=None, targets__kind="incident")
        .order_by("agreement__rank", "agreement_id")
        .first()
    )
    if general is None or customer.agreements.exists():
        return None
    agreement = Agreement.objects.create(
        slug=f"resolution-{customer.pk}",
        customer=customer,
        name_zh=f"仅解决时限 · {customer.name_zh}"[:120],
        name_en=f"Resolution only · {customer.name_en}"[:120],
    )
    version = AgreementVersion.objects.create(agreement=agreement, number=1)
    for target in general.targets.filter(kind="incident", metric=Target.Metric.RESOLUTION):
        target.pk, target.version, target._state.adding = None, version, True
        target.save()
    return put_in_force(version)
