"""Signing: two named people, one content. What is signed and what the engine counts by are the same rows."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, Refused
from core.text import clean_text
from sla.models import AgreementVersion, Side, Signature
from sla.selectors import content
from sla.services.agreements import is_signed, lock_kind, locked, publish, put_in_force, today

logger = logging.getLogger(__name__)


@transaction.atomic
def sign(version, *, actor, digest, title="") -> Signature:
    """Sign exactly the content of `digest`, the one the signer had before them.

    Only the person named for a side signs for it, once. With the second signature the version comes into force if its
    day has come; otherwise `start_due` does it on that day. Raises NotAllowed for anybody else, Refused where the
    state forbids it or the content is another.
    """
    lock_kind(version.agreement.kind)
    version = locked(version)
    side = {version.provider_signer_id: Side.PROVIDER, version.other_signer_id: Side.OTHER}.get(actor.pk)
    if side is None or not actor.is_active:
        raise NotAllowed(_("Only the people named to sign can sign."))
    if version.state != AgreementVersion.State.PENDING_SIGNATURE:
        raise Refused(_("This version does not wait for signatures."))
    if digest != content.digest_of(version):
        raise Refused(_("This is not the content you have read. Look at it again before you sign."))
    if version.signatures.filter(side=side, digest=digest).exists():
        raise Refused(_("You have signed already."))
    signature = Signature.objects.create(
        version=version,
        side=side,
        person=actor,
        name=actor.name,
        title=clean_text(title or actor.title)[:80],
        digest=digest,
        signed_at=clock.recorded_now(),
    )
    publish("signed", version, actor=actor, side=side, digest=digest)
    if _has_begun(version) and is_signed(version):
        put_in_force(version, actor=actor)
    return signature


def start_due() -> int:
    """Put in force what both sides signed and whose day has come; returns how many. Safe to run at any time.

    What is refused now (another agreement came to claim the same tickets) stays pending: its page says why.
    """
    waiting = AgreementVersion.objects.filter(state=AgreementVersion.State.PENDING_SIGNATURE, starts_on__lte=today())
    started = 0
    for version in waiting.select_related("agreement").order_by("starts_on", "pk"):
        if is_signed(version):
            try:
                put_in_force(version)
                started += 1
            except Refused as refusal:
                logger.warning("%s of %s is not put in force: %s", version.number, version.agreement.slug, refusal)
    return started


def _has_begun(version):
    return version.starts_on is None or version.starts_on <= today()
