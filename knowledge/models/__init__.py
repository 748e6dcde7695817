from knowledge.models.article import Article, ArticleQuerySet, Audience
from knowledge.models.confirming import Confirmation
from knowledge.models.file import ArticleFile
from knowledge.models.follow_up import FollowUp
from knowledge.models.learning import Attempt, Certificate, Enrolment, StepDone
from knowledge.models.path import PathStep, Question, ReadingPath
from knowledge.models.reading import DailyViews, Feedback, HelpSession
from knowledge.models.standards import ArticleTemplate, QualityAnswer, QualityQuestion
from knowledge.models.version import ArticleVersion
from knowledge.vocabulary import Kind, Language

__all__ = [
    "Article",
    "ArticleFile",
    "ArticleQuerySet",
    "ArticleTemplate",
    "ArticleVersion",
    "Attempt",
    "Audience",
    "Certificate",
    "Confirmation",
    "DailyViews",
    "Enrolment",
    "Feedback",
    "FollowUp",
    "HelpSession",
    "Kind",
    "Language",
    "PathStep",
    "QualityAnswer",
    "QualityQuestion",
    "Question",
    "ReadingPath",
    "StepDone",
]
