"""The life of a plan and of a session as tables. No clock runs on either."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import workflow
from core.workflow import Field, Transition, Workflow
from training import rules

State = partial(workflow.State, clock=workflow.Clock.STOPPED)

DRAFT = State("draft", pgettext_lazy("training plan", "Draft"), tone="grey")
APPROVED = State("approved", pgettext_lazy("training plan", "Approved"), tone="green")
CLOSED = State("closed", pgettext_lazy("training plan", "Closed"), tone="grey", is_final=True)

PLAN = Workflow(
    kind="training-plan",
    initial=DRAFT,
    states=(DRAFT, APPROVED, CLOSED),
    transitions=(
        Transition("approve", _("Approve the plan"), (DRAFT,), APPROVED, done="approved", icon="check",
                   allowed=rules.approves_plan),
        Transition("revise", _("Back to draft"), (APPROVED,), DRAFT, done="revised", icon="pencil",
                   allowed=rules.keeps_plan),
        Transition("close", _("Close the plan"), (APPROVED,), CLOSED, done="closed", icon="archive",
                   allowed=rules.keeps_plan),
    ),
    way=(DRAFT, APPROVED, CLOSED),
)  # fmt: skip

PLANNED = State("planned", pgettext_lazy("training", "Planned"), tone="blue")
HELD = State("held", pgettext_lazy("training", "Held"), tone="green", is_final=True)
CANCELLED = State("cancelled", pgettext_lazy("training", "Cancelled"), tone="grey", is_final=True)

SESSION = Workflow(
    kind="training-session",
    initial=PLANNED,
    states=(PLANNED, HELD, CANCELLED),
    transitions=(
        Transition("hold", _("Record attendance"), (PLANNED,), HELD, done="held", icon="checks",
                   allowed=rules.runs_session, guard=rules.not_begun_refusal),
        Transition("cancel", _("Cancel the session"), (PLANNED,), CANCELLED, done="cancelled", icon="x", tone="red",
                   fields=(Field("reason", _("Reason"), max_length=500),), allowed=rules.runs_session),
    ),
    way=(PLANNED, HELD),
)  # fmt: skip
