"""The whole life of an incident, and of a major one beside it, readable by the service owner."""

from django.utils.translation import gettext_lazy as _

from core.workflow import Clock, Field, State, Transition, Workflow
from incidents import effects, major_effects, rules
from incidents.vocabulary import CADENCES, Extent, MajorState
from tickets.rules import triages_it, works_it
from tickets.vocabulary import PendingReason, ResolutionCode

NEW = State("new", _("New"), Clock.RUNNING, "blue", _("Received"))
ASSIGNED = State("assigned", _("Assigned"), Clock.RUNNING, "azure", _("Received"))
IN_PROGRESS = State("in_progress", _("In progress"), Clock.RUNNING, "indigo", _("Being worked on"))
PENDING = State("pending", _("Pending"), Clock.PAUSED, "orange", _("On hold"), beside="in_progress")
RESOLVED = State("resolved", _("Resolved"), Clock.STOPPED, "green", _("Solved: please confirm"), waits_for="requester")
CLOSED = State("closed", _("Closed"), Clock.STOPPED, "secondary", _("Closed"), is_final=True)
CANCELLED = State("cancelled", _("Cancelled"), Clock.STOPPED, "secondary", _("Cancelled"), is_final=True)

TEAM = Field("team", _("Team"), "team")
NOTE = Field("note", _("Internal note"), required=False)
HANDOVER = Field("note", _("Handover note"), help=_("What was tried, what was seen, who is affected."))
REPLY = Field("comment", _("Message to the requester"), required=False)
REASON = Field("reason", _("Reason"), max_length=500)

INCIDENT = Workflow(
    kind="incident",
    initial=NEW,
    states=(NEW, ASSIGNED, IN_PROGRESS, PENDING, RESOLVED, CLOSED, CANCELLED),
    way=(NEW, ASSIGNED, IN_PROGRESS, RESOLVED, CLOSED),
    usual={"new": "claim", "assigned": "start", "in_progress": "resolve", "pending": "resume", "resolved": "close"},
    transitions=(
        Transition(
            "claim", _("Take it"), (NEW, ASSIGNED), ASSIGNED, done="claimed", icon="hand-grab",
            fields=(Field("team", _("Team"), "team", required=False),),
            allowed=works_it, guard=rules.claim_refusal, effect=effects.claim,
        ),
        Transition(
            "assign", _("Assign"), (NEW, ASSIGNED, IN_PROGRESS), ASSIGNED, done="assigned", icon="user-share",
            fields=(TEAM, Field("assignee", _("Assignee"), "person", required=False), NOTE),
            allowed=triages_it, effect=effects.assign,
        ),
        Transition(
            "start", _("Start work"), (ASSIGNED,), IN_PROGRESS, done="started", icon="player-play",
            allowed=works_it, effect=effects.start,
        ),
        Transition(
            "escalate", _("Escalate"), (ASSIGNED, IN_PROGRESS), ASSIGNED, done="escalated", icon="stairs-up",
            fields=(TEAM, HANDOVER), allowed=works_it, effect=effects.escalate,
        ),
        Transition(
            "send_back", _("Send back"), (ASSIGNED, IN_PROGRESS), ASSIGNED, done="sent_back", icon="arrow-back-up",
            fields=(HANDOVER,), allowed=works_it, guard=rules.send_back_refusal, effect=effects.send_back,
        ),
        Transition(
            "requeue", _("Return to the queue"), (ASSIGNED,), NEW, done="requeued", icon="inbox",
            fields=(REASON,), allowed=triages_it, effect=effects.requeue,
        ),
        Transition(
            "hold", _("Put on hold"), (IN_PROGRESS,), PENDING, done="held", icon="player-pause",
            fields=(
                Field("pending_reason", _("Waiting for"), "choice", choices=tuple(PendingReason.choices)),
                Field("resume_at", _("Resumes on"), "datetime", required=False),
                REPLY, NOTE,
            ),
            allowed=works_it, effect=effects.hold, tone="orange",
        ),
        Transition(
            "resume", _("Resume"), (PENDING,), IN_PROGRESS, done="resumed", icon="player-play", allowed=works_it,
        ),
        Transition(
            "resolve", _("Resolve"), (NEW, IN_PROGRESS, PENDING), RESOLVED, done="resolved", icon="check",
            fields=(
                Field("resolution_code", _("How it was resolved"), "choice", choices=tuple(ResolutionCode.choices)),
                Field("resolution_notes", _("Resolution"), help=_("The requester reads this.")),
                Field("service", _("Service"), "service", required=False),
            ),
            allowed=works_it, effect=effects.resolve, tone="green",
        ),
        Transition(
            "close", _("Confirm it is solved"), (RESOLVED,), CLOSED, done="closed", icon="circle-check",
            allowed=rules.confirms_it, guard=rules.end_refusal, effect=effects.close, tone="green",
        ),
        Transition(
            "reopen", _("Reopen"), (RESOLVED,), IN_PROGRESS, done="reopened", icon="rotate",
            fields=(REASON,), allowed=rules.confirms_it, guard=rules.reopen_refusal, effect=effects.reopen,
            tone="orange",
        ),
        Transition(
            "cancel", _("Cancel"), (NEW, ASSIGNED, PENDING), CANCELLED, done="cancelled", icon="x",
            fields=(REASON, Field("duplicate_of", _("Duplicate of"), "ticket", required=False)),
            allowed=rules.cancels_it, guard=rules.end_refusal, effect=effects.cancel, tone="secondary",
        ),
    ),
)  # fmt: skip

# Beside the state: a fact of the incident, with its own steps. Nothing here moves a clock.
ORDINARY = State("", _("Not a major incident"), Clock.STOPPED)
CANDIDATE = State(MajorState.CANDIDATE, MajorState.CANDIDATE.label, Clock.STOPPED, "orange")
REJECTED = State(MajorState.REJECTED, MajorState.REJECTED.label, Clock.STOPPED)
DECLARED = State(MajorState.DECLARED, MajorState.DECLARED.label, Clock.RUNNING, "red")
STOOD_DOWN = State(MajorState.STOOD_DOWN, MajorState.STOOD_DOWN.label, Clock.STOPPED, "blue")
REVIEWED = State(MajorState.REVIEWED, MajorState.REVIEWED.label, Clock.STOPPED, "green", is_final=True)

MAJOR = Workflow(
    kind="major",
    initial=ORDINARY,
    states=(ORDINARY, CANDIDATE, REJECTED, DECLARED, STOOD_DOWN, REVIEWED),
    transitions=(
        Transition(
            "propose", _("Propose as a major incident"), (ORDINARY,), CANDIDATE, done="proposed", icon="alert-triangle",
            fields=(REASON,), allowed=rules.reports_on_major, guard=rules.over_refusal, effect=major_effects.propose,
            tone="orange",
        ),
        Transition(
            "declare", _("Declare a major incident"), (ORDINARY, CANDIDATE, REJECTED, STOOD_DOWN), DECLARED,
            done="declared", icon="speakerphone",
            fields=(
                Field("commander", _("Incident commander"), "person"),
                Field("extent", _("Extent"), "choice", choices=tuple(Extent.choices)),
                Field("cadence", _("Minutes between updates"), "choice",
                      choices=tuple((str(key), label) for key, label in CADENCES)),
                Field("bridge", _("Link or number of the bridge"), required=False, max_length=300),
            ),
            allowed=rules.leads_major, guard=rules.over_refusal, effect=major_effects.declare, tone="danger",
        ),
        Transition(
            "reject", _("Not a major incident"), (CANDIDATE,), REJECTED, done="rejected", icon="x",
            fields=(REASON,), allowed=rules.leads_major, tone="secondary",
        ),
        Transition(
            "stand_down", _("Stand down"), (DECLARED,), STOOD_DOWN, done="stood_down", icon="check",
            allowed=rules.leads_major, guard=rules.stand_down_refusal, effect=major_effects.stand_down, tone="green",
        ),
        Transition(
            "review", _("File the review"), (STOOD_DOWN,), REVIEWED, done="reviewed", icon="file-text",
            fields=(
                Field("what_happened", _("What happened")),
                Field("impact", _("Impact"), help=_("Who could not do what, for how long?")),
                Field("went_well", _("What went well")),
                Field("to_change", _("What we change")),
            ),
            allowed=rules.leads_major, guard=rules.review_refusal, effect=major_effects.review,
        ),
    ),
)  # fmt: skip
