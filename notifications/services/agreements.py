"""News on agreements: mails to the people named in them. They are no tickets, so nothing rings."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core.reading import reading_as
from notifications import links, wording
from notifications.services import composing
from notifications.services.telling import post
from notifications.vocabulary import Kind
from sla.models import AgreementVersion, Side
from sla.vocabulary import HISTORY_WORDS

HEARD = tuple(
    f"agreement.{name}" for name in ("sent", "remarked", "reopened", "submitted", "put_in_force", "review_due")
)


@transaction.atomic
def tell_agreement(event):
    """`later` handler: tell the signers what waits for them, and the owner of a review; nobody of their own acts."""
    version = (
        AgreementVersion.objects.select_related("agreement__owner", "provider_signer", "other_signer")
        .filter(agreement=event.subject_id, number=event.data["version"])
        .first()
    )
    if version is None or event.is_history:
        return
    for user in _concerned(event, version):
        if user.is_active and user.email and AgreementVersion.objects.visible_to(user).filter(pk=version.pk).exists():
            post(user, Kind.AGREEMENT, event, _letter(user, event, version))


def _concerned(event, version):
    agreement, provider, other = version.agreement, version.provider_signer, version.other_signer
    ours = {user.pk: user for user in (agreement.owner, provider) if user}
    people = {
        "agreement.sent": [other],
        "agreement.remarked": [other] if event.data.get("side") == Side.PROVIDER else [*ours.values()],
        "agreement.review_due": [agreement.owner or provider],
    }.get(event.name, [*ours.values(), other])
    return {user.pk: user for user in people if user and user.pk != event.actor_id}.values()


def _letter(user, event, version):
    with reading_as(user):
        deed = HISTORY_WORDS[event.name.partition(".")[2]]
        headline = (
            _("The review of an agreement is due.")
            if event.name == "agreement.review_due"
            else f"{wording.who(event)} {deed}"
        )
        content = composing.Content(
            headline=links.unmarked(headline),
            language=user.language,
            facts=[(_("Agreement"), links.unmarked(version)), (_("State"), version.get_state_display())],
            quotes=[(_("Reason"), links.unmarked(event.data["reason"]))] if event.data.get("reason") else [],
            buttons=[(_("Open the agreement"), links.absolute(_path(version)))],
        )
        return composing.printed(links.unmarked(f"{version}: {headline}"), content)


def _path(version):
    return reverse("sla:agreement_version", args=[version.agreement_id, version.number])
