"""The whole life of a service request, readable by the service owner."""

from django.utils.translation import gettext_lazy as _

from catalog import effects, rules
from core.workflow import Clock, Field, State, Transition, Workflow
from tickets.rules import triages_it, works_it
from tickets.vocabulary import PendingReason

# What nobody has sent yet is no ticket: it is kept as a `catalog.Draft`. This one came back to its requester.
DRAFT = State(
    "draft", _("Sent back"), Clock.PAUSED, "orange", _("Sent back to you"), beside="awaiting_approval",
    waits_for="requester",
)  # fmt: skip
SUBMITTED = State("submitted", _("Submitted"), Clock.RUNNING, "blue", _("Received"))
AWAITING = State(
    "awaiting_approval", _("Awaiting approval"), Clock.PAUSED, "purple", _("Waiting for approval"),
    waits_for="approvers",
)  # fmt: skip
APPROVED = State("approved", _("Ready for fulfilment"), Clock.RUNNING, "azure", _("Approved"))
FULFILLING = State("in_fulfilment", _("In fulfilment"), Clock.RUNNING, "indigo", _("Being fulfilled"))
PENDING = State("pending", _("Pending"), Clock.PAUSED, "orange", _("On hold"), beside="in_fulfilment")
FULFILLED = State(
    "fulfilled", _("Fulfilled"), Clock.STOPPED, "green", _("Delivered: please confirm"), waits_for="requester"
)
CLOSED = State("closed", _("Closed"), Clock.STOPPED, "secondary", _("Closed"), is_final=True)
WITHDRAWN = State("withdrawn", _("Withdrawn"), Clock.STOPPED, "secondary", _("Withdrawn"), is_final=True)
CANCELLED = State("cancelled", _("Cancelled"), Clock.STOPPED, "secondary", _("Cancelled"), is_final=True)

UNDER_WAY = (SUBMITTED, AWAITING, APPROVED, FULFILLING, PENDING, DRAFT)
REASON = Field("reason", _("Reason"), max_length=500)
NOTE = Field("note", _("Internal note"), required=False)

REQUEST = Workflow(
    kind="request",
    initial=SUBMITTED,
    states=(SUBMITTED, AWAITING, DRAFT, APPROVED, FULFILLING, PENDING, FULFILLED, CLOSED, WITHDRAWN, CANCELLED),
    way=(SUBMITTED, AWAITING, APPROVED, FULFILLING, FULFILLED, CLOSED),
    usual={"approved": "claim", "in_fulfilment": "fulfil", "pending": "resume", "fulfilled": "close"},
    transitions=(
        Transition(
            "ask_approval", _("Ask for approval"), (SUBMITTED,), AWAITING, done="sent_for_approval", is_system=True,
        ),
        Transition(
            "approve", _("Approve"), (SUBMITTED, AWAITING), APPROVED, done="approved", is_system=True,
        ),
        Transition(
            "reject", _("Reject"), (AWAITING,), DRAFT, done="rejected", fields=(REASON,), is_system=True,
        ),
        Transition("resubmit", _("Send again"), (DRAFT,), SUBMITTED, done="resubmitted", is_system=True),
        Transition(
            "claim", _("Take it"), (APPROVED,), FULFILLING, done="claimed", icon="hand-grab",
            allowed=works_it, guard=rules.claim_refusal, effect=effects.claim,
        ),
        Transition(
            "assign", _("Assign"), (APPROVED, FULFILLING), APPROVED, done="assigned", icon="user-share",
            fields=(Field("team", _("Team"), "team"), Field("assignee", _("Assignee"), "person", required=False), NOTE),
            allowed=triages_it, effect=effects.assign,
        ),
        Transition(
            "start", _("Start work"), (APPROVED,), FULFILLING, done="started", icon="player-play",
            allowed=works_it, effect=effects.start,
        ),
        Transition(
            "hold", _("Put on hold"), (FULFILLING,), PENDING, done="held", icon="player-pause",
            fields=(
                Field("pending_reason", _("Waiting for"), "choice", choices=tuple(PendingReason.choices)),
                Field("resume_at", _("Resumes on"), "datetime", required=False),
                Field("comment", _("Message to the requester"), required=False), NOTE,
            ),
            allowed=works_it, effect=effects.hold, tone="orange",
        ),
        Transition(
            "resume", _("Resume"), (PENDING,), FULFILLING, done="resumed", icon="player-play", allowed=works_it,
        ),
        Transition(
            "fulfil", _("Mark as fulfilled"), (APPROVED, FULFILLING), FULFILLED, done="fulfilled", icon="check",
            fields=(
                Field(
                    "resolution_notes", _("What was delivered"), required=False, help=_("The requester reads this."),
                ),
            ),
            allowed=works_it, guard=rules.fulfil_refusal, effect=effects.fulfil, tone="green",
        ),
        Transition(
            "close", _("Confirm the delivery"), (FULFILLED,), CLOSED, done="closed", icon="circle-check",
            allowed=rules.confirms_it, effect=effects.end, tone="green",
        ),
        Transition(
            "reopen", _("Reopen"), (FULFILLED,), FULFILLING, done="reopened", icon="rotate", fields=(REASON,),
            allowed=rules.confirms_it, guard=rules.reopen_refusal, effect=effects.reopen, tone="orange",
        ),
        Transition(
            "withdraw", _("Withdraw"), UNDER_WAY, WITHDRAWN, done="withdrawn", icon="arrow-back-up",
            fields=(Field("reason", _("Reason"), required=False, max_length=500),),
            allowed=rules.withdraws_it, guard=rules.withdraw_refusal, effect=effects.end, tone="secondary",
        ),
        Transition(
            "cancel", _("Cancel"), UNDER_WAY, CANCELLED, done="cancelled", icon="x", fields=(REASON,),
            allowed=works_it, effect=effects.end, tone="secondary",
        ),
    ),
)  # fmt: skip
