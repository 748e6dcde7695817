"""The whole life of a problem, readable by the problem manager."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.workflow import Clock, Field, State, Transition, Workflow
from problems import effects, rules
from problems.vocabulary import ClosingCode

NEW = State("new", pgettext_lazy("problem", "New"), Clock.RUNNING, "blue")
ASSESSING = State("assessing", _("Being assessed"), Clock.RUNNING, "azure")
INVESTIGATING = State("investigating", _("Being investigated"), Clock.RUNNING, "indigo")
KNOWN_ERROR = State("known_error", _("Known error"), Clock.RUNNING, "orange")
FIXING = State("fix_in_progress", _("Fix under way"), Clock.RUNNING, "purple")
OBSERVING = State("observing", _("Being observed"), Clock.PAUSED, "green")
CLOSED = State("closed", _("Closed"), Clock.STOPPED, "secondary", is_final=True)

REASON = Field("reason", _("Reason"), max_length=500)
NOTE = Field("note", _("Internal note"), required=False)
BEFORE_A_FIX = (NEW, ASSESSING, INVESTIGATING, KNOWN_ERROR)

PROBLEM = Workflow(
    kind="problem",
    initial=NEW,
    states=(NEW, ASSESSING, INVESTIGATING, KNOWN_ERROR, FIXING, OBSERVING, CLOSED),
    way=(NEW, ASSESSING, INVESTIGATING, KNOWN_ERROR, FIXING, OBSERVING, CLOSED),
    usual={
        "new": "assess", "assessing": "investigate", "investigating": "declare_known_error", "known_error": "begin_fix",
    },
    transitions=(
        Transition(
            "assess", _("Assess it"), (NEW,), ASSESSING, done="taken_up", icon="clipboard-check", fields=(NOTE,),
            allowed=rules.investigates_it,
        ),
        Transition(
            "investigate", _("Look for the cause"), (ASSESSING, KNOWN_ERROR), INVESTIGATING, done="examined",
            icon="search", fields=(NOTE,), allowed=rules.investigates_it,
        ),
        Transition(
            "declare_known_error", _("Make it a known error"), (INVESTIGATING,), KNOWN_ERROR, done="known",
            icon="bulb", allowed=rules.investigates_it, guard=rules.known_error_refusal, effect=effects.tell,
        ),
        Transition(
            "begin_fix", _("Begin the fix"), (KNOWN_ERROR,), FIXING, done="fix_begun", icon="tool",
            allowed=rules.investigates_it, guard=rules.fix_refusal,
        ),
        # The next four follow from what happens elsewhere: to its changes, to incidents, to the calendar.
        Transition(
            "observe", _("Observe the fix"), (FIXING,), OBSERVING, done="fix_in_place", is_system=True,
            effect=effects.watch,
        ),
        Transition(
            "fail_fix", _("The fix failed"), (FIXING,), KNOWN_ERROR, done="fix_failed", is_system=True,
            effect=effects.tell,
        ),
        Transition(
            "recur", _("It came back"), (OBSERVING,), INVESTIGATING, done="recurred", is_system=True,
            effect=effects.begin_again,
        ),
        Transition(
            "deny_recurrence", _("Not a recurrence"), (INVESTIGATING, KNOWN_ERROR), OBSERVING, done="recurrence_denied",
            icon="arrow-back-up", fields=(REASON,), allowed=rules.investigates_it, guard=rules.denial_refusal,
            effect=effects.watch_on, tone="secondary",
        ),
        Transition(
            "close", _("Close as fixed"), (OBSERVING,), CLOSED, done="closed", is_system=True,
            effect=effects.end(ClosingCode.FIXED),
        ),
        # Both ask for more than a field: another person's consent, a second problem.
        Transition(
            "accept_risk", _("Close with the risk accepted"), (KNOWN_ERROR,), CLOSED, done="closed",
            fields=(REASON, Field("review_on", _("Look at it again on"), "datetime")), is_system=True,
            effect=effects.accept,
        ),
        Transition(
            "close_duplicate", _("Close as a duplicate"), BEFORE_A_FIX, CLOSED, done="closed", fields=(REASON,),
            is_system=True, effect=effects.end(ClosingCode.DUPLICATE),
        ),
        Transition(
            "review_risk", _("Review the accepted risk"), (CLOSED,), KNOWN_ERROR, done="risk_review_due",
            fields=(Field("accepted_by", _("Accepted by"), "person", required=False),), is_system=True,
            effect=effects.look_again,
        ),
        Transition(
            "not_reproducible", _("Not reproducible"), (ASSESSING, INVESTIGATING), CLOSED, done="closed",
            icon="eye-off", fields=(REASON,), allowed=rules.investigates_it,
            effect=effects.end(ClosingCode.NOT_REPRODUCIBLE), tone="secondary",
        ),
        Transition(
            "cancel", _("Cancel"), BEFORE_A_FIX, CLOSED, done="closed", icon="x", fields=(REASON,),
            allowed=rules.investigates_it, effect=effects.end(ClosingCode.CANCELLED), tone="secondary",
        ),
    ),
)  # fmt: skip
