"""News on agreements: a line behind the bell and a mail for the people named in them."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.reading import reading_as
from notifications import links, wording
from notifications.services import composing
from notifications.services.telling import post, ring
from notifications.vocabulary import Kind
from sla.models import AgreementVersion, Side

HEARD = tuple(
    f"agreement.{name}"
    for name in (
        "sent", "remarked", "remark_accepted", "remark_declined", "reopened", "submitted", "put_in_force",
        "review_due", "expiring", "expired", "terminated",
    )
)  # fmt: skip


@transaction.atomic
def tell_agreement(event):
    """`later` handler: tell both sides what happens and what waits for them, whoever made a remark what came of it, and
    the owner of a review; nobody of their own acts."""
    version = (
        AgreementVersion.objects.select_related("agreement__owner", "provider_signer", "other_signer")
        .filter(agreement=event.subject_id, number=event.data["version"])
        .first()
    )
    if version is None or event.is_history:
        return
    for user in _concerned(event, version):
        if user.is_active and AgreementVersion.objects.visible_to(user).filter(pk=version.pk).exists():
            ring(user, Kind.AGREEMENT, event, agreement=version)
            if user.email:
                post(user, Kind.AGREEMENT, event, _letter(user, event, version))


def _concerned(event, version):
    agreement, provider, other = version.agreement, version.provider_signer, version.other_signer
    ours = {user.pk: user for user in (agreement.owner, provider) if user}
    match event.name:
        case "agreement.sent":
            people = [other]
        case "agreement.remarked":
            people = [other] if event.data["side"] == Side.PROVIDER else [*ours.values()]
        case "agreement.remark_accepted" | "agreement.remark_declined":
            people = [version.remarks.select_related("author").get(pk=event.data["remark"]).author]
        case "agreement.review_due":
            people = [agreement.owner or provider]
        case _:
            people = [*ours.values(), other]
    return {user.pk: user for user in people if user and user.pk != event.actor_id}.values()


def _letter(user, event, version):
    with reading_as(user):
        headline = wording.of_agreement(event)
        content = composing.Content(
            headline=links.unmarked(headline),
            language=user.language,
            facts=[(_("Agreement"), links.unmarked(version)), (_("State"), version.get_state_display())],
            quotes=[(_("Reason"), links.unmarked(event.data["reason"]))] if event.data.get("reason") else [],
            buttons=[(_("Open the agreement"), links.absolute(links.agreement_path(version)))],
        )
        return composing.printed(links.unmarked(f"{version}: {headline}"), content)
