"""The description of the API, its page, and the answer to addresses that do not exist."""

from functools import lru_cache

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.decorators import method_decorator
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from core.api.views import SinglePage


class VisibleChoiceSchema(OpenApiSerializerFieldExtension):
    """An id, or a number where the choice is made by number; a list of them for many."""

    target_class = "core.api.serializing.VisibleChoice"

    def map_serializer_field(self, auto_schema, direction):
        one = {"type": "integer", "minimum": 1} if self.target.lookup == "pk" else {"type": "string", "maxLength": 20}
        return {"type": "array", "items": one, "maxItems": 100} if self.target.is_many else one


PROBLEM = {
    "type": "object",
    "description": "Why it was refused (RFC 9457), in the reader's language.",
    "required": ["type", "title", "status", "detail", "code", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "For programs: stable, untranslated."},
        "instance": {"type": "string", "description": "Names the request; quote it when asking for help."},
        "errors": {
            "type": "object",
            "description": "Messages by field, parameter or header.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "current_version": {"type": "integer", "description": "When the record moved on."},
        "changes": {
            "type": "array",
            "description": "What changed since the version read, as far as the reader may see it.",
            "items": {"$ref": "#/components/schemas/Event"},
        },
    },
    "example": {
        "type": "urn:itsm:problem:invalid",
        "title": "Invalid input",
        "status": 422,
        "detail": "Please correct the marked fields.",
        "code": "invalid",
        "instance": "urn:itsm:request:5f0c2a9b8d7e6f41",
        "errors": {"title": ["This field is required."]},
    },
}


def describe_problems(result, generator, request, public):
    """Every operation may answer with a problem (settings: POSTPROCESSING_HOOKS)."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    answer = {
        "description": "A problem",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for methods in result["paths"].values():
        for operation in methods.values():
            operation["responses"]["default"] = answer
    return result


class SchemaView(APIView):
    """OpenAPI 3, the same for everybody: it describes the program, not what is in it. Made once per language."""

    permission_classes = [AllowAny]
    authentication_classes = []

    @extend_schema(exclude=True)
    def get(self, request):
        content = _schema(translation.get_language())
        return HttpResponse(content, content_type="application/vnd.oai.openapi+json; charset=utf-8")


@lru_cache(maxsize=4)
def _schema(language):
    schema = SchemaGenerator().get_schema(public=True)
    return OpenApiJsonRenderer().render(schema)


# Swagger UI writes style attributes; scripts stay our own files.
@method_decorator(csp_update({"style-src": [SELF, UNSAFE_INLINE], "img-src": [SELF, "data:"]}), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI from our own files, for trying the API in the browser with one's session."""

    permission_classes = [AllowAny]
    authentication_classes = []


@extend_schema(exclude=True)
class NothingHere(SinglePage):
    """Any other address below the API: a problem, not a page. Visitors are asked who they are first."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        raise Http404
