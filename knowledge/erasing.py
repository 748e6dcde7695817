"""Forgetting somebody in knowledge: articles stay, and say nothing of them any more."""

from core.forgetting import erase_records
from knowledge.models import Article, ArticleVersion, Attempt, Certificate, StepDone
from knowledge.services.writing import index


def learning_of(person) -> list:
    """What they did on reading paths: steps, answers to questions, certificates."""
    return [model.objects.filter(enrolment__user=person) for model in (StepDone, Attempt, Certificate)]


def erase(person, identity):
    """Every version, in every language, of the articles they wrote, checked or own."""
    changed = erase_records(Article, person, identity)
    for version in ArticleVersion._base_manager.filter(pk__in=changed.get(ArticleVersion, ())).iterator(chunk_size=200):
        index(version)
