"""An analysis that leads nowhere is taken away, with its reason, and can come back: nothing of it is deleted."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from problems import rules
from problems.models import Analysis
from tickets.services import door


@transaction.atomic
def remove_analysis(analysis, *, actor, reason) -> Analysis:
    """Take one away: it is no longer listed, and its cause no longer counts. Publishes `problem.analysis_removed`.

    Its tasks stay. Raises NotAllowed, Refused (the problem is closed, it is away already), InvalidInput (no reason).
    """
    analysis = _held(analysis, actor)
    if analysis.removed_at is not None:
        raise Refused(_("It was removed already."))
    reason = clean_text(reason)
    if not reason or len(reason) > 500:
        raise InvalidInput({"reason": [_("Say why, in at most 500 characters.")]})
    analysis.removed_at, analysis.removed_by, analysis.removed_because = door.instant(analysis.problem), actor, reason
    return _kept(analysis, "problem.analysis_removed", actor, reason=reason)


@transaction.atomic
def restore_analysis(analysis, *, actor) -> Analysis:
    """Bring one back as it was. Publishes `problem.analysis_restored`. Raises NotAllowed, Refused."""
    analysis = _held(analysis, actor)
    if analysis.removed_at is None:
        raise Refused(_("It is there already."))
    analysis.removed_at, analysis.removed_by, analysis.removed_because = None, None, ""
    return _kept(analysis, "problem.analysis_restored", actor)


def _held(analysis, actor):
    problem = door.lock(analysis.problem)
    if not rules.investigates_it(actor, problem):
        raise NotAllowed()
    if problem.state_info.is_final:
        raise Refused(_("A closed problem is not analysed any further."))
    analysis = Analysis.objects.get(pk=analysis.pk)
    analysis.problem = problem
    return analysis


def _kept(analysis, name, actor, **said):
    analysis.save(update_fields=["removed_at", "removed_by", "removed_because"])
    door.note(
        analysis.problem, name, actor=actor, analysis=analysis.pk, method=str(analysis.method),
        version=analysis.version, head=analysis.document["head"], **said,
    )  # fmt: skip
    return analysis
