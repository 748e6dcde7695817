"""Putting an agreement's version in force."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import Refused
from sla.models import Agreement, AgreementVersion, Target


@transaction.atomic
def put_in_force(version):
    """Make a draft bind new tickets; the version before is superseded. Running tickets keep theirs.

    Raises Refused for anything but a draft with at least one target.
    """
    version = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if version.state != AgreementVersion.State.DRAFT:
        raise Refused(_("Only a draft can be put in force."))
    if not version.targets.exists():
        raise Refused(_("An agreement without a target promises nothing."))
    in_force = version.agreement.versions.filter(state=AgreementVersion.State.ACTIVE)
    in_force.update(state=AgreementVersion.State.SUPERSEDED)
    version.state, version.active_from = AgreementVersion.State.ACTIVE, clock.recorded_now()
    version.save(update_fields=["state", "active_from"])
    return version


@transaction.atomic
def promise_resolution_only(customer) -> AgreementVersion | None:
    """Bind a customer by the general agreement's resolution targets and promise no response.

    For customers whose tickets come without the moment of the first answer (imported logs): a response clock would
    judge what nobody recorded. A customer with an agreement of its own keeps it, and where no general agreement is in
    force there is nothing to promise: both change nothing and return None.
    """
    general = (
        AgreementVersion.objects.filter(state=AgreementVersion.State.ACTIVE, agreement__kind=Agreement.Kind.SLA)
        .filter(agreement__customer=None, services=None)
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
    for target in general.targets.filter(metric=Target.Metric.RESOLUTION):
        target.pk, target.version, target._state.adding = None, version, True
        target.save()
    return put_in_force(version)
