"""The life cycle of an agreement's version as a table: the steps people take by hand.

Signing is beside the table (`sla/services/signing.py`): the second signature puts the version in force by itself,
or time does. So are being superseded and expiring, which nobody does by hand.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

DRAFT, NEGOTIATING, PENDING_SIGNATURE = "draft", "negotiating", "pending_signature"
ACTIVE, UNDER_REVIEW, TERMINATED, DISCARDED = "active", "under_review", "terminated", "discarded"


@dataclass(frozen=True)
class Step:
    """One arrow. `done` is the past participle of its event (`agreement.<done>`).

    `is_shared` steps are open to the other side too; `needs_reason` ones say why; `asks_review` ones set the date of
    the next review.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    done: str
    icon: str = "arrow-right"
    tone: str = ""
    is_shared: bool = False
    needs_reason: bool = False
    asks_review: bool = False


STEPS = (
    Step("send", _("Send to the other side"), (DRAFT,), NEGOTIATING, "sent", "send", "primary"),
    Step("submit", _("Submit for signature"), (NEGOTIATING,), PENDING_SIGNATURE, "submitted", "pencil", "primary"),
    Step(
        "reopen", _("Ask for changes"), (PENDING_SIGNATURE,), NEGOTIATING, "reopened", "message-circle",
        is_shared=True, needs_reason=True,
    ),
    Step("take_back", _("Back to draft"), (NEGOTIATING, PENDING_SIGNATURE), DRAFT, "taken_back", "arrow-back-up"),
    Step("review", _("Start the review"), (ACTIVE,), UNDER_REVIEW, "review_started", "eye"),
    Step("keep", _("Review done, keep it"), (UNDER_REVIEW,), ACTIVE, "kept", "check", "primary", asks_review=True),
    Step("discard", _("Discard the draft"), (DRAFT,), DISCARDED, "discarded", "trash", "danger"),
    Step(
        "terminate", _("Terminate"), (NEGOTIATING, PENDING_SIGNATURE, ACTIVE, UNDER_REVIEW), TERMINATED,
        "terminated", "ban", "danger", needs_reason=True,
    ),
)  # fmt: skip
BY_NAME = {step.name: step for step in STEPS}
# The states on the way to force, as the bar on the page shows them.
PATH = (DRAFT, NEGOTIATING, PENDING_SIGNATURE, ACTIVE)


def steps_from(state, *, is_provider) -> list[Step]:
    """The steps a side may take from a state."""
    return [step for step in STEPS if state in step.sources and (is_provider or step.is_shared)]
