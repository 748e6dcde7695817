"""The work a ticket breaks into: planned as a graph, opened by itself, done, skipped or failed."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from tickets import rules
from tickets.models import Task
from tickets.services import door
from tickets.services.automatic import ACTIONS
from tickets.vocabulary import TaskState

MOST = 200


@dataclass(frozen=True)
class PlannedTask:
    """A task to plan; `after` holds keys of tasks of the same ticket that must be over first."""

    key: str
    title: str
    team: object = None
    assignee: object = None
    is_mandatory: bool = True
    after: tuple = ()
    automatic: str = ""
    due_on: date | None = None


@transaction.atomic
def plan(ticket, tasks, *, actor, is_whole=True) -> list[Task]:
    """Add tasks to a ticket; those that wait for nothing open at once.

    In order: lock; refuse doubled or unknown keys, rings, unknown actions and teams that do not serve the ticket's
    organisation (InvalidInput); write them; open what is ready (`task.opened`). When nothing mandatory is left to do,
    a plan without tasks included, `task.all_done` follows, unless the tasks only come beside the work of the ticket
    (`is_whole` is false). A deactivated assignee leaves the task to its team.
    """
    ticket = door.lock(ticket)
    existing = {task.key: task for task in ticket.tasks.all()}
    _check_plan(ticket, tasks, existing)
    made = {}
    for planned in tasks:
        assignee = planned.assignee if planned.assignee is not None and planned.assignee.is_active else None
        made[planned.key] = Task.objects.create(
            ticket_id=ticket.pk, key=planned.key, title=clean_text(planned.title)[:200], team=planned.team,
            assignee=assignee, is_mandatory=planned.is_mandatory, automatic=planned.automatic,
            due_on=planned.due_on,
        )  # fmt: skip
    for planned in tasks:
        made[planned.key].after.set([(made | existing)[key] for key in planned.after])
    _go_on(ticket, actor=actor, was_outstanding=is_whole)
    return list(made.values())


@transaction.atomic
def start(task, *, actor) -> Task:
    """Begin it; without an assignee it is one's own from now on. A failed one is done by hand from here.

    Publishes `task.started`. Raises NotAllowed, Refused.
    """
    task, ticket = _locked(task, actor, TaskState.OPEN, TaskState.FAILED)
    at = door.instant(ticket)
    values = {"state": TaskState.STARTED, "started_at": at, "assignee": task.assignee or actor}
    _write(task, ticket, "task.started", actor=actor, at=at, **values)
    return task


@transaction.atomic
def complete(task, *, actor, note="") -> Task:
    """It is done, by hand also where an action failed; publishes `task.completed`, then what opens by it.

    `task.all_done` follows with the last mandatory one. Raises NotAllowed, Refused, InvalidInput.
    """
    task, ticket = _locked(task, actor, *TaskState.workable())
    return _finish(task, ticket, TaskState.DONE, "task.completed", actor=actor, note=_words("note", note))


@transaction.atomic
def skip(task, *, actor, reason) -> Task:
    """Leave it out, for a reason; what comes after it opens. Publishes like `complete`, as `task.skipped`."""
    task, ticket = _locked(task, actor, TaskState.WAITING, *TaskState.workable())
    reason = _words("reason", reason, is_required=True)
    return _finish(task, ticket, TaskState.SKIPPED, "task.skipped", actor=actor, note=reason)


@transaction.atomic
def fail(task, *, actor, reason) -> Task:
    """It could not be done; publishes `task.failed`. What comes after it waits until somebody decides how to go on."""
    task, ticket = _locked(task, actor, TaskState.OPEN, TaskState.STARTED)
    values = {"state": TaskState.FAILED, "note": _words("reason", reason[:2000], is_required=True)}
    _write(task, ticket, "task.failed", actor=actor, at=door.instant(ticket), attempts=task.attempts + 1, **values)
    return task


@transaction.atomic
def retry(task, *, actor) -> Task:
    """Try a failed one again: an automatic one runs once more. Publishes `task.opened`. Raises NotAllowed, Refused."""
    task, ticket = _locked(task, actor, TaskState.FAILED)
    at = door.instant(ticket)
    _write(task, ticket, "task.opened", actor=actor, at=at, state=TaskState.OPEN, opened_at=at, note="")
    return task


@transaction.atomic
def assign(task, *, actor, team=None, assignee=None) -> Task:
    """Give it to another team or person of the desk; publishes `task.assigned`. Raises NotAllowed, Refused,
    InvalidInput (a team that does not serve the ticket's organisation, somebody who is not there)."""
    task, ticket = _locked(task, actor, TaskState.WAITING, *TaskState.workable())
    problems = {}
    if team is not None and not team.serves.filter(pk=ticket.organisation_id).exists():
        problems["team"] = [_("“%(name)s” does not serve the organisation of this ticket.") % {"name": team.name}]
    if assignee is not None and not (assignee.is_active and assignee.is_staff_member):
        problems["assignee"] = [_("Only active people of the desk work on tasks.")]
    if problems:
        raise InvalidInput(problems)
    _write(task, ticket, "task.assigned", actor=actor, at=door.instant(ticket), team=team, assignee=assignee)
    return task


@transaction.atomic
def call_off(ticket, *, actor) -> int:
    """Nobody needs them any more, because the ticket was withdrawn or cancelled. Returns how many were not over.

    Publishes `task.called_off`; `told` are the people who had them.
    """
    ticket = door.lock(ticket)
    at = door.instant(ticket)
    open_ones = ticket.tasks.exclude(state__in=TaskState.over())
    told = sorted(set(open_ones.exclude(assignee=None).order_by().values_list("assignee", flat=True)))
    count = open_ones.update(state=TaskState.CALLED_OFF, ended_at=at, ended_by=actor)
    if count:
        door.write(ticket, "task.called_off", actor=actor, before=door.snapshot(ticket), at=at, count=count, told=told)
    return count


def run_automatic(event):
    """Reacts to `task.opened`, in a worker: do what an automatic task stands for, or note why it failed."""
    task = Task.objects.select_related("ticket").filter(pk=event.data["task"]).first()
    if task is None or not task.automatic:
        return
    task.ticket = door.lock(task.ticket)
    task.refresh_from_db(fields=["state"])
    if task.state != TaskState.OPEN:
        return
    try:
        with transaction.atomic():
            ACTIONS[task.automatic].run(task)
    except Exception as error:
        fail(task, actor=None, reason=f"{type(error).__name__}: {error}")
    else:
        complete(task, actor=None)


def _locked(task, actor, *states):
    """The task as it is now and its ticket, locked; refuses people who do not work it and other states than these."""
    ticket = door.lock(task.ticket)
    task = Task.objects.select_for_update(of=("self",)).select_related("assignee", "ended_by").get(pk=task.pk)
    task.ticket = ticket
    if actor is not None and not rules.works_task(actor, task):
        raise NotAllowed()
    if task.state not in states:
        raise Refused(_why_not(task))
    return task, ticket


def _why_not(task):
    if task.is_over and task.ended_by is not None:
        words = {"name": task.ended_by.display_name, "state": task.get_state_display()}
        return _("%(name)s has ended this task already: %(state)s.") % words
    return _("This is not possible while the task is “%(state)s”.") % {"state": task.get_state_display()}


def _finish(task, ticket, state, name, *, actor, note):
    at = door.instant(ticket)
    was_outstanding = ticket.tasks.outstanding().exists()
    _write(task, ticket, name, actor=actor, at=at, state=state, ended_at=at, ended_by=actor, note=note)
    _go_on(ticket, actor=actor, was_outstanding=was_outstanding)
    return task


def _go_on(ticket, *, actor, was_outstanding):
    """Open every task whose predecessors are over; say so when the last mandatory one has just ended."""
    at = door.instant(ticket)
    waiting = list(ticket.tasks.filter(state=TaskState.WAITING).prefetch_related("after"))
    for task in waiting:
        if all(earlier.is_over for earlier in task.after.all()):
            _write(task, ticket, "task.opened", actor=actor, at=at, state=TaskState.OPEN, opened_at=at)
    if was_outstanding and not ticket.tasks.outstanding().exists():
        door.write(ticket, "task.all_done", actor=actor, before=door.snapshot(ticket), at=at)


def _write(task, ticket, name, *, actor, at, **values):
    """Change a task and tell it of its ticket; the event carries who has it now."""
    for field, value in values.items():
        setattr(task, field, value)
    task.save(update_fields=list(values))
    door.write(
        ticket, name, actor=actor, before=door.snapshot(ticket), at=at, is_public=False,
        task=task.pk, key=task.key, title=task.title, team=task.team_id, assignee=task.assignee_id, note=task.note,
        automatic=task.automatic,
    )  # fmt: skip


def _words(field, text, *, is_required=False):
    text = clean_text(text)
    if is_required and not text:
        raise InvalidInput({field: [_("Say why.")]})
    if len(text) > 2000:
        message = _("At most %(limit)s characters; this has %(length)s.")
        raise InvalidInput({field: [message % {"limit": 2000, "length": len(text)}]})
    return text


def _check_plan(ticket, tasks, existing):
    problems = []
    keys = [planned.key for planned in tasks]
    doubled = sorted({key for key in keys if keys.count(key) > 1 or key in existing})
    if len(keys) + len(existing) > MOST:
        problems.append(_("A ticket takes at most %(most)s tasks.") % {"most": MOST})
    problems += [_("There are two tasks “%(key)s”.") % {"key": key} for key in doubled]
    for planned in tasks:
        problems += [
            _("“%(title)s” comes after a task that does not exist: “%(key)s”.") % {"title": planned.title, "key": key}
            for key in planned.after
            if key not in keys and key not in existing
        ]
        if planned.automatic and planned.automatic not in ACTIONS:
            problems.append(_("There is no automatic action “%(name)s”.") % {"name": planned.automatic})
        if planned.team is not None and not planned.team.serves.filter(pk=ticket.organisation_id).exists():
            problems.append(
                _("“%(name)s” does not serve the organisation of this ticket.") % {"name": planned.team.name}
            )
    if not problems:
        ring = rules.cycle_in({p.key: [key for key in p.after if key in keys] for p in tasks})
        if ring:
            problems.append(_("These tasks wait for each other: %(ring)s.") % {"ring": " → ".join([*ring, ring[0]])})
    if problems:
        raise InvalidInput({"tasks": problems})
