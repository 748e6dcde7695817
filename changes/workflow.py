"""The whole life of a change, readable by the change manager. Its three types take different ways through one table."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from changes import effects, rules
from changes.vocabulary import ChangeType, Outcome, Records
from core.workflow import Clock, Field, State, Transition, Workflow

DRAFT = State(
    "draft", pgettext_lazy("change", "Draft"), Clock.PAUSED, "secondary", pgettext_lazy("change", "Being written"),
    waits_for="requester",
)  # fmt: skip
ASSESSING = State("assessing", _("Being assessed"), Clock.RUNNING, "blue", _("Being assessed"))
AWAITING = State(
    "awaiting_approval", _("Awaiting approval"), Clock.PAUSED, "purple", _("Waiting for approval"),
    waits_for="approvers",
)  # fmt: skip
SCHEDULED = State("scheduled", pgettext_lazy("change", "Scheduled"), Clock.PAUSED, "azure", _("Planned"))
IMPLEMENTING = State("implementing", _("Being implemented"), Clock.RUNNING, "indigo", _("Being carried out"))
ROLLED_BACK = State(
    "rolled_back", _("Being backed out"), Clock.RUNNING, "orange", _("Being taken back"), beside="implementing"
)
REVIEW = State("review", _("In review"), Clock.RUNNING, "green", _("Done: being reviewed"))
CLOSED = State("closed", _("Closed"), Clock.STOPPED, "secondary", _("Closed"), is_final=True)
CANCELLED = State("cancelled", _("Cancelled"), Clock.STOPPED, "secondary", _("Cancelled"), is_final=True)

REASON = Field("reason", _("Reason"), max_length=500)
NOTE = Field("note", _("Internal note"), required=False)

CHANGE = Workflow(
    kind="change",
    initial=DRAFT,
    states=(DRAFT, ASSESSING, AWAITING, SCHEDULED, IMPLEMENTING, ROLLED_BACK, REVIEW, CLOSED, CANCELLED),
    way=(DRAFT, ASSESSING, AWAITING, SCHEDULED, IMPLEMENTING, REVIEW, CLOSED),
    usual={
        "draft": "submit", "assessing": "ask_approval", "awaiting_approval": "schedule", "scheduled": "start",
        "implementing": "finish", "rolled_back": "finish", "review": "close",
    },
    transitions=(
        Transition(
            "submit", _("Send for assessment"), (DRAFT,), ASSESSING, done="submitted", icon="send",
            fields=(NOTE,), allowed=rules.prepares_it, guard=rules.submit_refusal,
        ),
        Transition(
            "ask_approval", _("Ask for approval"), (DRAFT, ASSESSING), AWAITING, done="sent_for_approval",
            icon="user-question", allowed=rules.prepares_it, guard=rules.approval_refusal,
        ),
        # What is in the way beyond this table is found by changes.services.scheduling, which hears of the step.
        Transition(
            "schedule", pgettext_lazy("change", "Schedule"), (DRAFT, AWAITING), SCHEDULED, done="scheduled",
            icon="calendar-event", allowed=rules.prepares_it, guard=rules.schedule_refusal, effect=effects.tell,
        ),
        Transition(
            "start", _("Start implementation"), (AWAITING, SCHEDULED), IMPLEMENTING, done="started",
            icon="player-play", allowed=rules.carries_it_out, guard=rules.start_refusal, effect=effects.start,
        ),
        Transition(
            "finish", _("Work is done"), (IMPLEMENTING, ROLLED_BACK), REVIEW, done="finished", icon="check",
            fields=(NOTE,), allowed=rules.carries_it_out, guard=rules.finish_refusal, effect=effects.finish,
            tone="green",
        ),
        Transition(
            "back_out", _("Back out"), (IMPLEMENTING,), ROLLED_BACK, done="backed_out", icon="arrow-back-up",
            fields=(REASON,), allowed=rules.carries_it_out, effect=effects.back_out, tone="danger",
        ),
        Transition(
            "close", _("Close the review"), (REVIEW,), CLOSED, done="closed", icon="circle-check",
            fields=(
                Field("outcome", _("Outcome"), "choice", choices=tuple(Outcome.choices)),
                Field("records", _("Configuration records"), "choice", choices=tuple(Records.choices)),
                Field("review_notes", _("What the review found")),
            ),
            allowed=rules.reviews_it, guard=rules.close_refusal, effect=effects.close, tone="green",
        ),
        Transition(
            "reject", _("Reject"), (AWAITING,), DRAFT, done="rejected", fields=(REASON,), is_system=True,
            effect=effects.tell,
        ),
        # Another scope was neither assessed nor approved: back to where its way begins.
        Transition(
            "reassess", _("Assess again"), (AWAITING, SCHEDULED), ASSESSING, done="reassessed", is_system=True,
            effect=effects.tell,
        ),
        Transition(
            "rewrite", _("Write again"), (AWAITING, SCHEDULED), DRAFT, done="rewritten", is_system=True,
            effect=effects.tell,
        ),
        Transition(
            "cancel", _("Cancel"), (DRAFT, ASSESSING, AWAITING, SCHEDULED), CANCELLED, done="cancelled", icon="x",
            fields=(REASON,), allowed=rules.prepares_it, effect=effects.cancel, tone="secondary",
        ),
    ),
)  # fmt: skip

# States of the usual way that a change of this type does not pass.
LEFT_OUT = {
    ChangeType.STANDARD: ("assessing", "awaiting_approval"),
    ChangeType.EMERGENCY: ("assessing", "scheduled"),
}
