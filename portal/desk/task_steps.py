"""What can be done with a task, in which state, and what it asks: one table for buttons, dialogs and full pages."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets import rules
from tickets.forms import teams_for, workers_of
from tickets.services import tasks
from tickets.vocabulary import TaskState


class NothingForm(forms.Form):
    def __init__(self, ticket, user, data=None):
        super().__init__(data)


class ReasonForm(NothingForm):
    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class AssignForm(forms.Form):
    team = forms.ModelChoiceField(None, label=_("Team"), required=False)
    assignee = forms.ModelChoiceField(None, label=_("Person"), required=False)

    def __init__(self, ticket, user, data=None):
        super().__init__(data)
        teams = teams_for([ticket.organisation_id], user)
        self.fields["team"].queryset = teams
        self.fields["assignee"].queryset = workers_of(teams, user)


@dataclass(frozen=True)
class Step:
    """`run(task, actor=, **given)` with what `form(ticket, user, data)` asks for."""

    name: str
    label: str
    icon: str
    states: tuple
    run: Callable
    form: type = NothingForm

    @property
    def is_direct(self) -> bool:
        return not self.form.base_fields


_OPEN = (TaskState.OPEN, TaskState.STARTED)
STEPS = (
    Step("retry", pgettext_lazy("task", "Try again"), "rotate", (TaskState.FAILED,), tasks.retry),
    Step("start", pgettext_lazy("task", "Start"), "player-play", (TaskState.OPEN,), tasks.start),
    Step("by-hand", pgettext_lazy("task", "Do it by hand"), "hand-grab", (TaskState.FAILED,), tasks.start),
    Step("complete", pgettext_lazy("mark a task", "Done"), "check", _OPEN, tasks.complete),
    Step("fail", pgettext_lazy("task", "It does not work"), "alert-triangle", _OPEN, tasks.fail, ReasonForm),
    Step(
        "skip", pgettext_lazy("task", "Skip"), "corner-up-right", (TaskState.WAITING, *TaskState.workable()),
        tasks.skip, ReasonForm,
    ),
    Step(
        "assign", pgettext_lazy("task", "Assign"), "user-share", (TaskState.WAITING, *TaskState.workable()),
        tasks.assign, AssignForm,
    ),
)  # fmt: skip
BY_NAME = {step.name: step for step in STEPS}


def with_steps(ticket, user) -> list:
    """The tasks of a ticket which `user` may read, each with the `.steps` they may take now."""
    found = list(ticket.tasks.visible_to(user).select_related("team", "assignee", "ended_by").prefetch_related("after"))
    for task in found:
        task.ticket = ticket
        task.steps = [step for step in STEPS if task.state in step.states and rules.works_task(user, task)]
        task.waits_for = [earlier for earlier in task.after.all() if not earlier.is_over]
    return found
