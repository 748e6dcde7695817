"""Assessing the risk of a change, and reminding of an assessment that an emergency still owes."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import Role
from changes import rules
from changes.models import Change, RiskAssessment, RiskQuestion
from changes.selectors.risk import impact_of, likelihood_of
from changes.vocabulary import ChangeType
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from sla import selectors as sla
from tickets.services import door

BATCH = 100


@transaction.atomic
def assess(change, *, actor, answers, note="", version=None) -> RiskAssessment:
    """Answer the questions about risk; the graph says the rest. `answers` are {slug: number of the option}.

    In order: lock; refuse people who do not prepare it, and a change that is not (or no longer) to be assessed; refuse
    questions left open (InvalidInput by field); score likelihood × impact; publish `change.assessed`.
    """
    change = door.lock(change, version=version)
    if not rules.prepares_it(actor, change):
        raise NotAllowed()
    if refusal := rules.assess_refusal(change):
        raise Refused(refusal)
    answers = _checked(answers)
    item_ids, at = change.item_ids(), door.instant(change)
    graph, likelihood = impact_of(item_ids), likelihood_of(answers)
    made = RiskAssessment.objects.create(
        change=change, answers=answers, item_ids=item_ids, likelihood=likelihood, impact=graph.level,
        score=likelihood * graph.level, failing=graph.failing, at_risk=graph.at_risk, note=clean_text(note)[:4000],
        made_by=actor, made_at=at,
    )  # fmt: skip
    door.write(
        change, "change.assessed", actor=actor, before=door.snapshot(change), at=at, is_public=False,
        score=made.score, likelihood=likelihood, impact=graph.level,
    )  # fmt: skip
    return made


def _checked(answers) -> dict[str, int]:
    problems, checked = {}, {}
    for question in RiskQuestion.objects.filter(is_active=True):
        given = answers.get(question.slug)
        if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given < len(question.options):
            problems[question.slug] = [_("Choose one of the listed values.")]
        else:
            checked[question.slug] = given
    if problems:
        raise InvalidInput(problems)
    return checked


def owe_assessment(event):
    """change.started: an emergency that nobody assessed owes that within CHANGE_ASSESSED_WITHIN_DAYS business days."""
    change = event.subject
    if change.type == ChangeType.EMERGENCY and change.assessment is None:
        days = settings.CHANGE_ASSESSED_WITHIN_DAYS
        change.assessment_due = sla.business_days_after(event.at, days, organisation=change.organisation)
        change.save(update_fields=["assessment_due"])


def remind_of_assessments() -> int:
    """Tell once who owes an assessment whose day has passed; returns how many changes that was."""
    due = Change.objects.filter(assessment_due__lte=clock.recorded_now(), assessment_told_at=None)
    told = 0
    for change in due.filter(closed_at=None).order_by("assessment_due")[:BATCH]:
        told += _remind(change)
    return told


@transaction.atomic
def _remind(change) -> bool:
    change = door.lock(change)
    if change.assessment_told_at is not None:
        return False
    before = door.snapshot(change)
    change.assessment_told_at = door.instant(change)
    owes = change.assessment is None
    if owes:
        people = [change.implementer_id, change.assignee_id, *change_managers(change).values_list("pk", flat=True)]
        told = list(dict.fromkeys(pk for pk in people if pk))
        door.write(change, "change.assessment_overdue", actor=None, before=before, is_public=False, told=told)
    else:
        change.save(update_fields=["assessment_told_at"])
    return owes


def change_managers(change):
    """Active change managers who serve the organisation of a change."""
    people = User.objects.active().filter(roles__contains=[Role.CHANGE_MANAGER])
    return people.filter(teams__serves=change.organisation_id, teams__is_active=True).distinct().order_by("pk")
