"""The templates articles begin with, and what a reviewer has to answer about a version."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Q

from core import clock
from knowledge.models import ArticleTemplate, QualityAnswer, QualityQuestion

# For an article that began before there were templates.
MONTHS = 12


def templates(kind=None):
    """Templates on offer, of one kind or of all; the first of a kind is what the system begins with."""
    offered = ArticleTemplate.objects.filter(is_active=True)
    return offered.filter(kind=kind) if kind else offered


def body_of(kind, language, **told) -> str:
    """The text with which an article of a kind begins, with what is told (`symptom`, `cause`, `solution`) in it.

    Without a template on offer it is what was told, and nothing else.
    """
    template = templates(kind).first() or ArticleTemplate(kind=kind)
    return template.body(language, told)


def look_again_on(article) -> date:
    """The day proposed to whoever approves or confirms an article now."""
    months = article.template.review_months if article.template else MONTHS
    return clock.now().date() + relativedelta(months=months)


def questions_for(article) -> list[QualityQuestion]:
    """What is asked about an article of its kind, in order."""
    return list(QualityQuestion.objects.filter(Q(kind="") | Q(kind=article.kind), is_active=True))


def answers_on(versions) -> dict[int, list[QualityAnswer]]:
    """What reviewers answered, by the key of the version, in one query."""
    found = {}
    rows = QualityAnswer.objects.filter(version__in=versions).select_related("answered_by", "question")
    for answer in rows:
        found.setdefault(answer.version_id, []).append(answer)
    return found


def unmet(version) -> list[QualityQuestion]:
    """Mandatory questions without a yes or “not applicable”."""
    met = dict(version.quality.values_list("question", "answer"))
    refused = (None, QualityAnswer.Answer.NO)
    return [one for one in questions_for(version.article) if one.is_mandatory and met.get(one.pk) in refused]
