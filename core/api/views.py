"""The base of every resource: strangers are counted, query parameters declared, answers carry versions."""

import hashlib
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api.filtering import DeclaredFilters
from core.api.paging import KeysetPagination
from core.api.problems import BadQuery


class Careful:
    """What DRF does not do by itself, in the order it happens.

    Strangers are throttled even when their token is wrong; a query parameter that the action does not declare is a
    400; a time without offset is read in the person's own zone.
    """

    def initial(self, request, *args, **kwargs):
        self.format_kwarg = self.get_format_suffix(**kwargs)
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request)
        request.version, request.versioning_scheme = self.determine_version(request, *args, **kwargs)
        try:
            self.perform_authentication(request)
        except APIException:
            self.check_throttles(request)
            raise
        self.check_throttles(request)
        self.check_permissions(request)
        timezone.activate(_zone_of(request.user))
        self._refuse_unknown_parameters(request)

    def finalize_response(self, request, response, *args, **kwargs):
        timezone.deactivate()
        return super().finalize_response(request, response, *args, **kwargs)

    def declared_parameters(self) -> set[str]:
        """Query parameters this action understands."""
        if not getattr(self, "is_list", False) or self.request.method not in ("GET", "HEAD"):
            return set()
        names = set(KeysetPagination.parameters) if self.paginator else set()
        filters = getattr(self, "filterset_class", None)
        if filters is None:
            return names
        hidden = set() if self.request.user.is_staff_member else getattr(filters, "for_the_desk", set())
        return names | filters.base_filters.keys() - hidden

    def _refuse_unknown_parameters(self, request):
        unknown = sorted(set(request.query_params) - self.declared_parameters())
        if unknown:
            raise BadQuery({name[:80]: [_("This query parameter is unknown.")] for name in unknown[:20]})


def _zone_of(user):
    try:
        return ZoneInfo(user.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()


class Resource(Careful, GenericViewSet):
    """A viewset; `is_list` is true for actions that answer a page of rows."""

    list_actions = ("list",)
    filter_backends = [DeclaredFilters]

    @property
    def is_list(self):
        return getattr(self, "action", None) in self.list_actions

    def page(self, queryset, **context):
        """A page of `queryset` (already visible to the reader), filtered and serialised."""
        rows = self.paginate_queryset(self.filter_queryset(queryset))
        serializer = self.get_serializer(rows, many=True, context=self.get_serializer_context() | context)
        return self.get_paginated_response(serializer.data)


class SinglePage(Careful, GenericAPIView):
    """One address that is no collection."""

    filter_backends = []
    pagination_class = None


def versioned(request, data, version, *, status=200, headers=None):
    """An answer with `ETag: "<version>-<digest>"`; 304 without a body when the reader has exactly this already.

    The version alone is what `If-Match` compares; the digest covers what moves without a new version (a due time)
    and what differs between readers (language, rights).
    """
    digest = hashlib.sha256(JSONRenderer().render(data)).hexdigest()[:12]
    etag = f'"{version}-{digest}"'
    headers = {"ETag": etag, "Vary": "Accept-Language, Authorization, Cookie", **(headers or {})}
    asked = request.headers.get("If-None-Match", "")
    if request.method in ("GET", "HEAD") and _holds(asked, etag):
        return Response(status=304, headers=headers)
    return Response(data, status, headers=headers)


def _holds(header, etag):
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return "*" in tags or etag in tags


def version_from_header(request):
    """The version named by `If-Match`: an int, None without the header or for `*`, 0 when it fits no version."""
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        return None
    number = header.strip('"').partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 9 else 0
