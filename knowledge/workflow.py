"""The life of an article's version as a table; each language has versions of its own. No clock runs on any of them."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import workflow
from core.workflow import Field, Transition, Workflow
from knowledge import effects, rules

State = partial(workflow.State, clock=workflow.Clock.STOPPED)

DRAFT = State("draft", pgettext_lazy("article", "Draft"), tone="grey")
IN_REVIEW = State("in_review", pgettext_lazy("article", "In review"), tone="orange")
SCHEDULED = State("scheduled", pgettext_lazy("article", "Scheduled"), tone="blue")
PUBLISHED = State("published", pgettext_lazy("article", "Published"), tone="green")
PENDING_RETIREMENT = State("pending_retirement", pgettext_lazy("article", "To be retired"), tone="yellow")
RETIRED = State("retired", pgettext_lazy("article", "Retired"), tone="grey", is_final=True)
OUTDATED = State("outdated", pgettext_lazy("article", "Outdated"), tone="grey", is_final=True)

# What readers see; what is being worked on. One of each at most per article and language.
CURRENT = (PUBLISHED.key, PENDING_RETIREMENT.key)
# What a reviewer has approved, with the audience it had: shown already, or at its time.
APPROVED = (*CURRENT, SCHEDULED.key)
UNDER_WORK = (DRAFT.key, IN_REVIEW.key, SCHEDULED.key)

REASON = Field("reason", _("Reason"), max_length=500)
REVIEW_BY = Field(
    "review_by", _("Look at it again by"), "date", help=_("On this day its owner is asked to confirm it.")
)

ARTICLE = Workflow(
    kind="article",
    initial=DRAFT,
    states=(DRAFT, IN_REVIEW, SCHEDULED, PUBLISHED, PENDING_RETIREMENT, RETIRED, OUTDATED),
    transitions=(
        Transition(
            "submit", _("Submit for review"), (DRAFT,), IN_REVIEW, done="submitted", icon="send",
            allowed=rules.writes, guard=rules.publication_refusal,
        ),
        Transition(
            "approve", _("Approve and publish"), (IN_REVIEW,), PUBLISHED, done="published", icon="check",
            fields=(REVIEW_BY,), allowed=rules.reviews, guard=rules.publication_refusal, effect=effects.approve,
        ),
        Transition(
            "schedule", _("Approve for a date"), (IN_REVIEW,), SCHEDULED, done="scheduled", icon="calendar-event",
            fields=(Field("publish_at", _("Publish on"), "datetime"), REVIEW_BY),
            allowed=rules.reviews, guard=rules.publication_refusal, effect=effects.schedule,
        ),
        Transition(
            "send_back", _("Send back to the author"), (IN_REVIEW,), DRAFT, done="sent_back", icon="arrow-back-up",
            fields=(REASON,), allowed=rules.reviews, tone="orange",
        ),
        Transition(
            "take_back", _("Back to draft"), (IN_REVIEW, SCHEDULED), DRAFT, done="taken_back", icon="pencil",
            allowed=rules.writes, effect=effects.take_back,
        ),
        Transition(
            "publish", _("Publish now"), (SCHEDULED,), PUBLISHED, done="published", icon="world",
            allowed=rules.reviews, guard=rules.publication_refusal, effect=effects.publish,
        ),
        Transition(
            "confirm", _("Still right"), (PUBLISHED,), PUBLISHED, done="confirmed", icon="checks",
            fields=(REVIEW_BY,), allowed=rules.keeps, effect=effects.confirm,
        ),
        Transition(
            "propose_retirement", _("Propose to retire"), (PUBLISHED,), PENDING_RETIREMENT,
            done="proposed_for_retirement", icon="archive", fields=(REASON,), allowed=rules.writes,
        ),
        Transition(
            "keep", _("Keep it"), (PENDING_RETIREMENT,), PUBLISHED, done="kept", icon="check",
            fields=(REVIEW_BY,), allowed=rules.keeps, effect=effects.confirm,
        ),
        Transition(
            "retire", _("Retire"), (PENDING_RETIREMENT,), RETIRED, done="retired", icon="archive",
            allowed=rules.keeps, tone="red",
        ),
        Transition(
            "discard", _("Discard"), (DRAFT,), RETIRED, done="discarded", icon="trash",
            allowed=rules.writes, tone="red",
        ),
        # Taken by the publication of the next version, never by hand.
        Transition(
            "supersede", _("Replace by the next version"), (PUBLISHED, PENDING_RETIREMENT), OUTDATED,
            done="superseded", is_system=True,
        ),
    ),
)  # fmt: skip
