"""What helps reaches those who need it: the incidents behind which the problem stands, and the knowledge base."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.errors import NotAllowed, Refused
from knowledge import services as knowledge
from knowledge.selectors.standards import body_of
from knowledge.vocabulary import Kind
from problems import rules
from problems.models import Problem
from tickets.models import Ticket, TicketArticle
from tickets.services import articles, conversation, door


@transaction.atomic
def publish_workaround(problem, *, actor, language):
    """Tell everybody whose incident is linked what helps, and write it down as an article in `language`.

    In order: lock; refuse people who do not work on it, and what is no known error with a workaround, or was published
    in these words; draft the article or its next version (`_write_down`); publish `problem.workaround_published`, upon
    which a worker answers the incidents. Returns the draft, or None while another version is under review.
    """
    problem = door.lock(problem)
    if not rules.investigates_it(actor, problem):
        raise NotAllowed()
    if not problem.has_published_help:
        raise Refused(_("Only the workaround of a known error is published."))
    if problem.is_published:
        raise Refused(_("It was published in these words already."))
    draft = _write_down(problem, actor=actor, language=language)
    problem.refresh_from_db()
    before = door.snapshot(problem)
    problem.published_workaround, problem.published_at = problem.workaround, door.instant(problem)
    door.write(problem, "problem.workaround_published", actor=actor, before=before, is_public=False)
    return draft


def tell_incidents(event):
    """problem.workaround_published, in a worker: each open incident is answered, in the language of who reported it.

    Who reported a child of one hears it, too.
    """
    problem = Problem.objects.filter(pk=event.subject_id).first()
    if problem is None:
        return
    linked = Q(pk__in=problem.incidents().values("pk")) | Q(parent__in=problem.incidents().values("pk"))
    for ticket in Ticket.objects.filter(linked, kind="incident", is_open=True).order_by("pk").iterator():
        answer(ticket, problem, actor=event.actor)


def answer(incident, problem, *, actor):
    """Say on an incident what helps; publicly, and in no words about the problem itself."""
    incident = door.lock(incident)
    if not incident.is_open or not problem.published_workaround:
        return
    language = incident.requester.language if incident.requester else "zh-hans"
    with override(language):
        words = _("This helps until the cause is gone:") + "\n\n" + problem.published_workaround
    conversation.add_comment(incident, author=actor, body=words, is_internal=False)


def _write_down(problem, *, actor, language):
    """The draft of the problem's known error article, with what is known now; None while it is under review.

    Who may read it and who reviews it is decided as for every article.
    """
    language = "zh-hans" if language.startswith("zh") else "en"
    told = {
        "symptom": problem.description or problem.title, "cause": problem.root_cause, "solution": problem.workaround,
    }  # fmt: skip
    body = body_of(Kind.KNOWN_ERROR, language, **told)
    texts = {"title": problem.title[:160], "summary": "", "body": body}
    link = TicketArticle.objects.filter(ticket=problem.pk, is_source=True).select_related("article").first()
    if link is None:
        about = {"service": problem.service, "category": problem.category, "origins": [problem.organisation_id]}
        draft = knowledge.write(actor=actor, kind=Kind.KNOWN_ERROR, language=language, **texts, **about)
        articles.link_article(problem, draft.article, actor=actor, is_source=True, is_trusted=True)
        return draft
    draft = link.article.versions.under_work().filter(language=language).first()
    if draft is None:
        draft = knowledge.revise(link.article, language, actor=actor)
    return knowledge.edit(draft, actor=actor, texts=texts) if draft.is_editable else None
