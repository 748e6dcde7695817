"""Articles to read and to rate; reading paths to go along, and the certificates that end them."""

from knowledge.api.articles import ArticleViewSet
from knowledge.api.learning import CertificateViewSet, ReadingPathViewSet

__all__ = ["ArticleViewSet", "CertificateViewSet", "ReadingPathViewSet"]
