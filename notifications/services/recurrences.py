"""News of incidents that recur, to those who decide whether a problem stands behind them."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.reading import reading_as
from notifications import links, selectors, wording
from notifications.services import composing
from notifications.services.telling import post, ring
from notifications.vocabulary import Kind, Way
from problems.models import Proposal
from problems.selectors import proposals

HEARD = ("problem_proposal.made", "problem_proposal.doubled")


@transaction.atomic
def tell_deciders(event):
    """`later` handler: tell whom the event names, as they chose and as far as they may see the proposal; nobody of
    one that somebody has decided meanwhile."""
    proposal = Proposal.objects.select_related(*proposals.RELATED).filter(pk=event.subject_id).first()
    if proposal is None or not proposal.is_open or event.is_history:
        return
    choices = selectors.choices_of(event.data["told"], [Kind.RECURRENCE])
    for user in User.objects.active().filter(pk__in=event.data["told"]).order_by("pk"):
        if not Proposal.objects.visible_to(user).filter(pk=proposal.pk).exists():
            continue
        if selectors.wants(choices, user.pk, Kind.RECURRENCE, Way.BELL):
            ring(user, Kind.RECURRENCE, event, proposal=proposal)
        if user.email and selectors.wants(choices, user.pk, Kind.RECURRENCE, Way.MAIL):
            post(user, Kind.RECURRENCE, event, _letter(user, event, proposal))


def _letter(user, event, proposal):
    """Why it is thought to recur, what makes its score, and the way to decide it."""
    with reading_as(user):
        (row,) = proposals.tell(user, [proposal])
        mail = composing.Content(
            headline=wording.of_recurrence(event), language=user.language,
            facts=[(_("Why"), links.unmarked(row.why)), (_("Score"), str(proposal.score))],
            buttons=[(_("Look at the incidents"), links.absolute(links.proposal_path(proposal)))],
        )  # fmt: skip
        return composing.printed(wording.one_line(f"{mail.headline} {links.unmarked(row.why)}")[:400], mail)
