"""Forgetting somebody in problems: analyses of others say by login who wrote a cause and who does something."""

from django.db.models import TextField
from django.db.models.functions import Cast

from problems.models import Analysis, AnalysisVersion


def erase(person, identity):
    """Every version of an analysis that names them; problems they had to do with are theirs (`tickets/erasing.py`)."""
    for model in (Analysis, AnalysisVersion):
        rows = model._base_manager.annotate(words=Cast("document", TextField()))
        identity.scrub(rows.filter(words__contains=f'"{person.username}"'), "document")
