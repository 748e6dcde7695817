"""One act on many tickets: each row through the command it would take alone, each with its own outcome."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Team, User
from cmdb.models import Service
from core import clock
from core.errors import Refused
from incidents import services as incidents
from portal.desk.beside_forms import MacroChoiceForm, SnoozeForm, TagsForm
from portal.desk.forms import OtherTicketField, PriorityForm, people_by_team
from tickets import services as tickets
from tickets.forms import teams_for, workers_of
from tickets.models import BulkJob, Macro, ResolutionCode, Ticket
from tickets.services.door import plain

# More rows than this are worked off by a worker, with progress.
AT_ONCE = 50
MOST = 1000
UNDO_WITHIN = timedelta(minutes=10)


class AssignForm(forms.Form):
    """Teams that serve the organisation of at least one of the tickets, and their people.

    A row whose organisation the chosen team does not serve is refused when its turn comes; the others are handed over.
    """

    team = forms.ModelChoiceField(None, label=gettext_lazy("Team"))
    assignee = forms.ModelChoiceField(None, label=gettext_lazy("Assignee"), required=False)

    def __init__(self, user, ids, data=None):
        super().__init__(data)
        teams = teams_for(Ticket.objects.filter(pk__in=ids).values("organisation"), user)
        self.fields["team"].queryset = teams
        self.fields["assignee"].queryset = workers_of(teams, user)
        self.fields["assignee"].widget.choices = people_by_team(teams)


class ResolveForm(forms.Form):
    resolution_code = forms.ChoiceField(
        label=gettext_lazy("How it was resolved"), choices=ResolutionCode.choices, initial="fixed"
    )
    resolution_notes = forms.CharField(
        label=gettext_lazy("Resolution"),
        help_text=gettext_lazy("Every requester reads this."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    service = forms.ModelChoiceField(None, label=gettext_lazy("Service, where none is named yet"), required=False)

    def __init__(self, user, ids, data=None):
        super().__init__(data)
        self.fields["service"].queryset = Service.objects.visible_to(user).filter(is_active=True)


class MergeForm(forms.Form):
    def __init__(self, user, ids, data=None):
        super().__init__(data)
        self.fields["original"] = OtherTicketField(user, label=gettext_lazy("Original ticket"))


@dataclass(frozen=True)
class BulkAction:
    """`form(user, ids, data)` asks what is needed for these tickets.

    `run(ticket, actor, values)` does one of them, with values as stored in the job: keys, never objects.
    """

    name: str
    label: str
    icon: str
    form: Callable
    run: Callable


def _nothing_form(user, ids, data=None):
    return forms.Form(data)


def _priority_form(user, ids, data=None):
    return PriorityForm(data)


def _without_ids(form):
    """A form that asks the same whatever was ticked."""
    return lambda user, ids, data=None: form(user, data)


def _take(ticket, actor, values):
    tickets.take_transition(ticket, "claim", actor=actor)


def _assign(ticket, actor, values):
    team = Team.objects.visible_to(actor).get(pk=values["team"])
    given = {"team": team}
    if values.get("assignee"):
        given["assignee"] = User.objects.visible_to(actor).get(pk=values["assignee"])
    tickets.take_transition(ticket, "assign", actor=actor, values=given)


def _prioritise(ticket, actor, values):
    changes = {"priority": values["priority"], "priority_reason": values.get("priority_reason", "")}
    tickets.edit(ticket, actor=actor, changes=changes)


def _resolve(ticket, actor, values):
    given = {name: values[name] for name in ("resolution_code", "resolution_notes")}
    if ticket.service_id is None and values.get("service"):
        given["service"] = Service.objects.visible_to(actor).get(pk=values["service"])
    tickets.take_onwards(ticket, "resolve", actor=actor, values=given)


def _merge(ticket, actor, values):
    incidents.merge(ticket, Ticket.objects.visible_to(actor).get(pk=values["original"]), actor=actor)


def _macro(ticket, actor, values):
    tickets.run_macro(Macro.objects.visible_to(actor).get(pk=values["macro"]), ticket, actor=actor)


def _tag(ticket, actor, values):
    tickets.tag(ticket, actor=actor, add=values["add"])


def _snooze(ticket, actor, values):
    tickets.snooze(ticket, actor=actor, until=parse_datetime(values["until"]))


def _undo(ticket, actor, values):
    job = BulkJob.objects.get(pk=values["job"], owner=actor)
    tickets.undo(tickets.act_between(actor, ticket, job.created_at, job.finished_at), actor=actor)


ACTIONS = (
    BulkAction("take", gettext_lazy("Take"), "hand-grab", _nothing_form, _take),
    BulkAction("assign", gettext_lazy("Assign"), "user-share", AssignForm, _assign),
    BulkAction("priority", gettext_lazy("Priority"), "flag", _priority_form, _prioritise),
    BulkAction("resolve", gettext_lazy("Resolve"), "check", ResolveForm, _resolve),
    BulkAction("merge", gettext_lazy("Close as duplicates"), "git-merge", MergeForm, _merge),
    BulkAction("macro", gettext_lazy("Macro"), "bolt", _without_ids(MacroChoiceForm), _macro),
    BulkAction("tag", gettext_lazy("Tags"), "tag", _without_ids(TagsForm), _tag),
    BulkAction("snooze", gettext_lazy("Snooze"), "moon", _without_ids(SnoozeForm), _snooze),
    BulkAction("undo", gettext_lazy("Undo"), "arrow-back-up", _nothing_form, _undo),
)
# Undoing begins at what it undoes, never at ticked rows.
OFFERED = tuple(action for action in ACTIONS if action.name != "undo")
BY_NAME = {action.name: action for action in ACTIONS}


@transaction.atomic
def order(*, owner, action, values, ids):
    """Write down what is to be done; `run` does it."""
    return BulkJob.objects.create(
        owner=owner, action=action, values=plain(values), ticket_ids=list(ids)[:MOST], created_at=clock.recorded_now()
    )


def order_undo(job):
    """Write down the undoing of a finished job: of each row that was done."""
    done = [row["ticket"] for row in job.outcome if row["is_done"]]
    return order(owner=job.owner, action="undo", values={"job": job.pk}, ids=done)


def may_undo(job, user) -> bool:
    """Whether a job is finished, fresh and one's own; what becomes of each row is seen when it is tried."""
    is_fresh = job.is_finished and clock.recorded_now() - job.finished_at <= UNDO_WITHIN
    return is_fresh and job.owner_id == user.pk and job.action != "undo" and job.done > len(job.refused)


def last_done(user):
    """The last bulk act of `user` that may still be undone, or None."""
    last = BulkJob.objects.filter(owner=user, state=BulkJob.State.DONE).order_by("-finished_at").first()
    return last if last is not None and may_undo(last, user) else None


def run(job_id):
    """Work a job off, row by row, from where it stands. Safe to call twice, anywhere, at the same time.

    The job's lock, the row's change and the note of its outcome are one transaction: a row is done exactly once, and
    whoever finds the job locked leaves it to the one who holds it.
    """
    while _next_row(job_id):
        pass


def run_waiting():
    """Jobs that nobody finished: the broker was away, or a worker was killed."""
    for job_id in BulkJob.objects.filter(state=BulkJob.State.WAITING).order_by("pk").values_list("pk", flat=True):
        run(job_id)


@transaction.atomic
def _next_row(job_id) -> bool:
    """Do one row; False when there is nothing (left) for us to do."""
    waiting = BulkJob.objects.select_for_update(of=("self",), skip_locked=True).filter(state=BulkJob.State.WAITING)
    job = waiting.select_related("owner").filter(pk=job_id).first()
    if job is None:
        return False
    if job.done < job.total:
        with translation.override(job.owner.language):
            job.outcome.append(_outcome(job, job.ticket_ids[job.done]))
    if job.done >= job.total:
        job.state, job.finished_at = BulkJob.State.DONE, clock.recorded_now()
    job.save(update_fields=["outcome", "state", "finished_at"])
    return not job.is_finished


def _outcome(job, ticket_id) -> dict:
    ticket = Ticket.objects.visible_to(job.owner).filter(pk=ticket_id).first()
    if ticket is None:
        return {"ticket": ticket_id, "number": "", "is_done": False, "message": _("It is not there any more.")}
    told = {"ticket": ticket_id, "number": ticket.number, "title": ticket.title}
    try:
        with transaction.atomic():
            BY_NAME[job.action].run(ticket, job.owner, job.values)
    except Refused as refusal:
        problems = [str(text) for texts in refusal.fields.values() for text in texts]
        return told | {"is_done": False, "message": " ".join(problems) or str(refusal)}
    except ObjectDoesNotExist:
        return told | {"is_done": False, "message": _("It is not there any more.")}
    return told | {"is_done": True, "message": ""}
