"""The task to confirm an article: opened on its review-by day, urged, escalated, and closed by what becomes of it."""

from django.db import transaction

from core import clock
from knowledge import rules
from knowledge.models import ArticleVersion, Confirmation
from knowledge.selectors import confirming
from knowledge.selectors.keeping import is_due
from knowledge.services import door
from knowledge.workflow import PUBLISHED

Stage, Outcome = Confirmation.Stage, Confirmation.Outcome

# What closes the task, by the step of the version's life.
_CLOSES = {
    "confirm": Outcome.CONFIRMED,
    "propose_retirement": Outcome.RETIRING,
    "superseded": Outcome.REPLACED,
    "retired": Outcome.RETIRED,
}


def ask_to_confirm() -> int:
    """Open the task of every version whose review-by day has come, and urge what lies; returns how many were moved.

    Each move is made once, however often this runs and whoever runs beside it. Publishes `article.review_due`,
    `article.review_reminded` after `rules.REMIND_AFTER`, and `article.review_escalated` after `rules.ESCALATE_AFTER`.
    """
    due = ArticleVersion.objects.filter(is_due()).exclude(confirmations__closed_at=None, confirmations__isnull=False)
    moved = sum(_open(pk) for pk in list(due.values_list("pk", flat=True)))
    now = clock.recorded_now()
    for stage, after in ((Stage.REMINDED, rules.REMIND_AFTER), (Stage.ESCALATED, rules.ESCALATE_AFTER)):
        lying = Confirmation.objects.open().filter(stage__lt=stage, opened_at__lte=now - after)
        moved += sum(_urge(pk, stage) for pk in list(lying.values_list("pk", flat=True)))
    return moved


def close(version, step, *, at) -> None:
    """Close the open task of a version, if `step` (of the table, or what ended it) settles it."""
    if outcome := _CLOSES.get(step):
        version.confirmations.open().update(closed_at=at, outcome=outcome)


@transaction.atomic
def _open(pk) -> bool:
    version = door.lock(ArticleVersion(pk=pk))
    if not rules.is_due(version) or version.state != PUBLISHED.key or version.confirmations.open().exists():
        return False  # Confirmed, retired or opened meanwhile.
    at = clock.recorded_now()
    Confirmation.objects.create(version=version, due_on=version.review_by, opened_at=at)
    door.publish(version, "review_due", actor=None, at=at, review_by=version.review_by.isoformat())
    return True


@transaction.atomic
def _urge(pk, stage) -> bool:
    """To the next stage, under the lock of the version, which whoever settles it holds too."""
    found = Confirmation.objects.select_related("version").get(pk=pk)
    version = door.lock(found.version)
    found = Confirmation.objects.open().filter(pk=pk, stage__lt=stage).first()
    if found is None:
        return False
    found.stage, name = stage, "review_reminded"
    if stage == Stage.ESCALATED:
        found.escalated_to, name = confirming.superior_for(version), "review_escalated"
    found.save(update_fields=["stage", "escalated_to"])
    door.publish(
        version, name, actor=None, at=clock.recorded_now(), review_by=found.due_on.isoformat(),
        told=[found.escalated_to_id] if found.escalated_to_id else [],
    )  # fmt: skip
    return True
