"""Articles on a ticket's page: what is linked, what may help, and writing down what was learnt."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import desk_view
from core.errors import NotAllowed, Refused
from core.htmx import fragment_or_page, go_to
from knowledge import selectors as knowledge_selectors
from knowledge.models import Article
from knowledge.selectors import keeping
from knowledge.selectors.reading import current_for, reader_language
from knowledge.selectors.runbooks import runbooks_for
from portal.desk.access import found
from portal.desk.learning import may_write_down
from portal.desk.views.answering import ticket_answer
from tickets import rules
from tickets import services as tickets
from tickets.models import Category, TicketArticle
from tickets.selectors.skills import with_those_above
from tickets.services import articles as services

SUGGESTED = 4


@desk_view
@require_safe
def panel(request, number):
    """Linked articles and those that may help, each with its reason."""
    ticket = found(request, number)
    links = list(TicketArticle.objects.filter(ticket=ticket).select_related("article"))
    names = keeping.titles_of(request.user, [link.article_id for link in links])
    linked = [(link, names[link.article_id]) for link in links if link.article_id in names]
    text = f"{ticket.title}\n{ticket.description}"
    found_ones = knowledge_selectors.suggested(request.user, text, service=ticket.service_id, limit=SUGGESTED)
    may_link = rules.triages_it(request.user, ticket)
    context = {
        "ticket": ticket,
        "linked": linked,
        "runbooks": _runbooks(request.user, ticket, [link.article_id for link in links]) if may_link else [],
        "suggestions": [version for version in found_ones if version.article_id not in names],
        "may_link": may_link,
        "may_write_down": ticket.resolved_at is not None and may_write_down(request.user, ticket, links),
    }
    return fragment_or_page(request, "desk/articles.html", "desk/_articles.html", context)


@desk_view
@require_POST
def link(request, number, pk):
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    services.link_article(found(request, number), article, actor=request.user)
    return ticket_answer(request, number, _("The article was linked."))


@desk_view
@require_POST
def unlink(request, number, pk):
    ticket = found(request, number)
    made = TicketArticle.objects.filter(ticket=ticket, article=pk).select_related("ticket", "article").first()
    if made is None or not Article.objects.visible_to(request.user).filter(pk=pk).exists():
        raise Http404
    services.unlink_article(made, actor=request.user)
    return ticket_answer(request, number, _("The link was removed."))


def _runbooks(user, ticket, linked):
    """Runbooks for this ticket; none once it is closed: its checklist stands."""
    if ticket.state_info.is_final:
        return []
    items = ticket.affected_items.values_list("pk", flat=True)
    own = ticket.category_id
    above = with_those_above(Category, [own])[1:] if own else []
    about = {"service": ticket.service_id, "category": own, "above": above, "items": items, "linked": linked}
    return runbooks_for(user, **about)


@desk_view
@require_POST
def start_runbook(request, number, pk):
    """The steps of a runbook, in its current version, onto the ticket's checklist."""
    ticket = found(request, number)
    version = current_for(request.user).filter(article=pk).first()
    if version is None:
        raise Http404
    try:
        tickets.start_runbook(ticket, version, actor=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        return ticket_answer(request, number, str(refusal), tone="red", status=refusal.status)
    return ticket_answer(request, number, _("The runbook's steps are on the checklist."))


@desk_view
@require_POST
def write_down(request, number):
    """From a solved ticket to a prefilled draft."""
    draft = services.write_down(found(request, number), actor=request.user, language=reader_language())
    return go_to(request, reverse("knowledge:edit", args=[draft.pk]))
