from knowledge.models.article import Article, ArticleQuerySet, Audience
from knowledge.models.file import ArticleFile
from knowledge.models.reading import DailyViews, Feedback, HelpSession
from knowledge.models.version import ArticleVersion
from knowledge.vocabulary import Kind, Language

__all__ = [
    "Article",
    "ArticleFile",
    "ArticleQuerySet",
    "ArticleVersion",
    "Audience",
    "DailyViews",
    "Feedback",
    "HelpSession",
    "Kind",
    "Language",
]
