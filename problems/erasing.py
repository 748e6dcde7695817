"""Forgetting somebody in problems: analyses say by login who wrote a cause and who does something about it."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from problems.models import Analysis, AnalysisVersion, Problem


def erase(person, identity):
    """Every version of an analysis that names them, and what they found out on problems of theirs."""
    for model in (Analysis, AnalysisVersion):
        rows = model._base_manager.annotate(words=Cast("document", TextField()))
        identity.scrub(rows.filter(words__contains=f'"{person.username}"'), "document")
    theirs = Q(opened_by=person) | Q(assignee=person) | Q(watchers__user=person)
    keys = list(Problem.objects.filter(theirs).values_list("pk", flat=True).distinct())
    identity.scrub(Problem.objects.filter(pk__in=keys), "root_cause", "workaround", "closing_notes")
