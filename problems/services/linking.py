"""Incidents behind which a problem stands, and problems that are one and the same."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput, NotAllowed, Refused
from problems import rules
from problems.models import Problem
from problems.selectors.fitting import broken_by
from problems.services.fixing import show_recurrence
from problems.services.publishing import answer
from problems.services.waiting import resume
from problems.vocabulary import ClosingCode
from problems.workflow import BEFORE_A_FIX
from tickets import services as tickets
from tickets.models import Ticket, TicketArticle, TicketLink
from tickets.rules import triages_it
from tickets.services import door
from tickets.services.transitions import move
from tickets.vocabulary import TaskState

# What moves with a duplicate, seen from the problem: incidents it causes, changes that are to solve it, what relates.
_INTO = (TicketLink.Kind.CAUSED_BY, TicketLink.Kind.RELATES)
_OUT = (TicketLink.Kind.SOLVED_BY, TicketLink.Kind.RELATES)


@transaction.atomic
def link_incident(problem, incident, *, actor) -> TicketLink:
    """Say that a problem causes an incident; publishes `ticket.linked` on the incident. Twice changes nothing.

    Where a workaround was published already, the incident is answered with it; where a fix is observed and it came
    meanwhile, that was none. The problem is locked first: nobody links to what becomes a duplicate meanwhile.
    Raises NotAllowed (who works neither), Refused (a duplicate), InvalidInput (no incident).
    """
    problem = door.lock(problem)
    if actor is not None and not (triages_it(actor, incident) or rules.investigates_it(actor, problem)):
        raise NotAllowed()
    if incident.kind != "incident":
        raise InvalidInput({"incident": [_("Only incidents are caused by a problem.")]})
    if problem.closing_code == ClosingCode.DUPLICATE:
        original = original_of(problem)
        raise Refused(
            _("It is a duplicate: link it with %(number)s.") % {"number": original.number if original else "—"}
        )
    is_new = not problem.incidents().filter(pk=incident.pk).exists()
    made = tickets.link(incident, problem, kind=TicketLink.Kind.CAUSED_BY, actor=actor, is_trusted=True)
    if is_new and actor is not None and problem.has_published_help:
        answer(incident, problem, actor=actor)
    if problem in broken_by(incident.typed):
        show_recurrence(problem, incident.typed)
    return made


@transaction.atomic
def link_change(problem, change, *, actor) -> TicketLink:
    """Say that a change is to solve a problem for good; publishes `ticket.linked`. Twice changes nothing.

    Raises NotAllowed (who does not work on the problem), Refused (a closed one), InvalidInput (no change).
    """
    problem = door.lock(problem)
    if not rules.investigates_it(actor, problem):
        raise NotAllowed()
    if problem.state_info.is_final:
        raise Refused(_("It is closed: nothing is to be done any more."))
    if change.kind != "change":
        raise InvalidInput({"change": [_("Only a change solves a problem.")]})
    return tickets.link(problem, change, kind=TicketLink.Kind.SOLVED_BY, actor=actor, is_trusted=True)


@transaction.atomic
def close_as_duplicate(problem, original, *, actor):
    """Close a problem because another one is about the same; what was linked with it is linked with the other.

    Its analyses and the work that is not done come along. A worker answers its incidents with what helps against the
    other (`answer_moved`). Both are locked in the order of their keys: of two people who each close one as a duplicate
    of the other, the second is refused. Publishes `problem.absorbed` on the original and `problem.closed`.
    Raises InvalidInput (itself), NotAllowed, Refused (closed, or under a fix already).
    """
    if problem.pk == original.pk:
        raise InvalidInput({"original": [_("A problem is no duplicate of itself.")]})
    locked = {pk: door.lock(Problem.objects.get(pk=pk)) for pk in sorted((problem.pk, original.pk))}
    problem, original = locked[problem.pk], locked[original.pk]
    if not rules.investigates_it(actor, problem):
        raise NotAllowed()
    if problem.state_info not in BEFORE_A_FIX:
        raise Refused(_("It is closed, or being fixed already."))
    if original.state_info.is_final:
        raise Refused(_("%(number)s is not open any more.") % {"number": original.number})
    came = list(problem.incidents().exclude(pk__in=original.incidents().values("pk")).values_list("pk", flat=True))
    moved = _move_links(problem, original)
    _move_work(problem, original)
    tickets.link(problem, original, kind=TicketLink.Kind.DUPLICATES, actor=actor, is_trusted=True)
    problem.refresh_from_db()
    move(problem, "close_duplicate", actor=actor, values={"reason": original.number}, is_trusted=True)
    door.write(
        original, "problem.absorbed", actor=actor, before=door.snapshot(original), is_public=False,
        number=problem.number, moved=moved, incidents=came,
    )  # fmt: skip
    return problem


def answer_moved(event):
    """problem.absorbed, in a worker: who came with the duplicate hears what helps, and what waited for it goes on."""
    original = Problem.objects.get(pk=event.subject_id)
    if not original.has_published_help:
        return
    came = Ticket.objects.filter(pk__in=event.data.get("incidents", ()), is_open=True).order_by("pk")
    for incident in came.iterator():
        answer(incident, original, actor=event.actor)
    resume(original)


def original_of(problem):
    """The ticket of the problem that a duplicate was closed for."""
    link = problem.links_out.filter(kind=TicketLink.Kind.DUPLICATES).select_related("target").first()
    return link.target if link else None


def _move_work(problem, original):
    """Analyses and tasks that are not over; a key that the original has already gets a new one."""
    problem.analyses.update(problem=original)
    taken = set(original.tasks.values_list("key", flat=True))
    for task in problem.tasks.exclude(state__in=TaskState.over()).order_by("pk"):
        task.ticket_id = original.pk
        if task.key in taken:
            task.key = f"{problem.number}-{task.key}"[:60]
        task.save(update_fields=["ticket", "key"])


def _move_links(problem, original) -> int:
    """Links and articles of the duplicate become the original's; returns how many tickets came."""
    moved = 0
    for end, other, kinds in (("target", "source", _INTO), ("source", "target", _OUT)):
        links = TicketLink.objects.filter(**{end: problem.pk}, kind__in=kinds).exclude(**{other: original.pk})
        for link in links:
            has_it = {end: original.pk, other: getattr(link, f"{other}_id"), "kind": link.kind}
            if TicketLink.objects.filter(**has_it).exists():
                link.delete()
                continue
            setattr(link, end, Ticket(pk=original.pk))
            link.save(update_fields=[end])
            moved += 1
    known = TicketArticle.objects.filter(ticket=original.pk).values("article")
    TicketArticle.objects.filter(ticket=problem.pk).exclude(article__in=known).update(ticket=original.pk)
    return moved
