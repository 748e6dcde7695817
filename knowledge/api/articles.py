"""Articles to read, and to say whether they helped. They are written in the portal, where the reviewers are."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from core.api.views import Resource
from knowledge import services
from knowledge.filters import ArticleFilter
from knowledge.models import Article, ArticleVersion
from knowledge.serializers import ArticleSerializer, FeedbackSerializer, WholeArticleSerializer


class ArticleViewSet(Resource):
    """Published articles that one may read, with their texts in every language."""

    serializer_class = ArticleSerializer
    filterset_class = ArticleFilter
    queryset = Article.objects.none()
    orderings = ("id",)
    default_ordering = "-id"
    lookup_value_converter = "int"

    def get_queryset(self):
        versions = ArticleVersion.objects.visible_to(self.request.user).current()
        texts = Prefetch("versions", versions.select_related("translated_from").order_by("language"), to_attr="current")
        readable = Article.objects.visible_to(self.request.user).filter(pk__in=versions.values("article"))
        return readable.select_related("owner", "service", "category").prefetch_related(texts)

    @extend_schema(summary="List articles")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read an article", responses=WholeArticleSerializer)
    def retrieve(self, request, pk):
        return Response(WholeArticleSerializer(self.get_object(), context=self.get_serializer_context()).data)

    @extend_schema(
        summary="Say whether an article helped",
        description="One word per person and version; a second one replaces the first.",
        request=FeedbackSerializer,
        responses=ArticleSerializer,
    )
    @action(detail=True, methods=["post"])
    def feedback(self, request, pk):
        article = self.get_object()
        given = FeedbackSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        language = said.pop("language")
        version = next((one for one in article.current if one.language == language), None)
        if version is None:
            raise NotFound
        services.give_feedback(version, actor=request.user, **said)
        return Response(self.get_serializer(article).data)
