"""Putting an agreement's version in force."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import Refused
from sla.models import AgreementVersion


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
