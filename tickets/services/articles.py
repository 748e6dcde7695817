"""Articles on a ticket: those that helped, and the one that was written down from it."""

from django.db import transaction

from core.errors import NotAllowed
from core.text import clean_text
from knowledge import services as knowledge
from knowledge.vocabulary import Kind
from tickets import rules
from tickets.models import TicketArticle
from tickets.services import door


@transaction.atomic
def link_article(ticket, article, *, actor, is_source=False, is_trusted=False) -> TicketArticle:
    """Note that an article is about this ticket; publishes `ticket.article_linked`. Twice changes nothing.

    The caller has found `article` among what the actor may see. `is_trusted`: they have also asked whether the actor
    may. Raises NotAllowed for bystanders.
    """
    ticket = door.lock(ticket)
    if not is_trusted:
        _refuse_bystander(actor, ticket)
    at = door.instant(ticket)
    made, is_new = TicketArticle.objects.get_or_create(
        ticket_id=ticket.pk, article=article, defaults={"is_source": is_source, "created_by": actor, "created_at": at}
    )
    if is_new:
        _write(ticket, "ticket.article_linked", article, actor=actor, at=at)
    return made


@transaction.atomic
def unlink_article(made, *, actor) -> None:
    """Take an article off a ticket; publishes `ticket.article_unlinked`."""
    ticket = door.lock(made.ticket)
    _refuse_bystander(actor, ticket)
    article = made.article
    made.delete()
    _write(ticket, "ticket.article_unlinked", article, actor=actor)


@transaction.atomic
def write_down(ticket, *, actor, language):
    """Begin an article from what a ticket taught, in the template of known errors and linked to it; returns the draft.

    What a requester wrote may name people and machines: it is a draft that nobody but the desk of their organisation
    sees, and another reads it before it is published. What was written down already is returned as it is, the draft
    before what is published. Raises NotAllowed for bystanders.
    """
    ticket = door.lock(ticket)
    _refuse_bystander(actor, ticket)
    if made := ticket.article_links.filter(is_source=True).select_related("article").first():
        versions = made.article.versions
        return versions.under_work().order_by("pk").first() or versions.order_by("-pk").first()
    told = {
        "symptom": clean_text(ticket.description) or ticket.title,
        "solution": clean_text(getattr(ticket.typed, "resolution_notes", "")),
    }
    draft = knowledge.write(
        actor=actor, kind=Kind.KNOWN_ERROR, language=language, title=ticket.title[:160], told=told,
        service=ticket.service, category=ticket.category, origins=[ticket.organisation_id],
    )  # fmt: skip
    link_article(ticket, draft.article, actor=actor, is_source=True)
    return draft


def _refuse_bystander(actor, ticket):
    if not rules.triages_it(actor, ticket):
        raise NotAllowed()


def _write(ticket, name, article, *, actor, at=None):
    door.write(
        ticket, name, actor=actor, before=door.snapshot(ticket), at=at, is_public=False,
        article=article.pk, number=article.number,
    )  # fmt: skip
