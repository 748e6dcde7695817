"""The catalogue and service requests: what every ticket can, asking, and asking again."""

import django_filters as filters
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import answer_once
from catalog import services
from catalog.models import RequestItem, ServiceRequest
from catalog.selectors import promises_of
from catalog.serializers import (
    AskAgainSerializer,
    AskSerializer,
    RequestItemSerializer,
    ServiceRequestSerializer,
    items_for,
)
from core.api.filtering import IdFilter
from core.api.views import Resource
from core.errors import InvalidInput
from sla.api import ShowsClocks
from tickets.api import TicketViewSet, TransitionViewSet
from tickets.api.base import IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, NUMBER
from tickets.api.ticket import RELATED
from tickets.models import Channel
from tickets.serializers import TicketEditSerializer

_EXAMPLE = OpenApiExample(
    "A laptop",
    {"item": 3, "answers": {"reason": "新同事 12 月 1 日入职", "model": "light"}},
    request_only=True,
)


class RequestItemFilter(filters.FilterSet):
    category = IdFilter(field_name="category_id", label="Id of the category.")
    service = IdFilter(field_name="service_id", label="Id of the service.")

    class Meta:
        model = RequestItem
        fields: list[str] = []


class RequestItemViewSet(Resource):
    """What can be asked for, with the form to fill in."""

    serializer_class = RequestItemSerializer
    filterset_class = RequestItemFilter
    orderings = ("id", "position")
    default_ordering = "position"
    queryset = RequestItem.objects.none()
    lookup_value_converter = "int"

    def get_queryset(self):
        return items_for(self.request.user).select_related("category", "service", "owner", "team", "current_form")

    def get_serializer(self, *args, **kwargs):
        rows = args[0] if args and isinstance(args[0], list) else args
        promises = promises_of(rows, self.request.user.organisation) if rows else {}
        kwargs["context"] = kwargs.get("context", self.get_serializer_context()) | {"promises": promises}
        return super().get_serializer(*args, **kwargs)

    @extend_schema(summary="List items of the catalogue", description="Items you may ask for.")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read an item of the catalogue")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)


@extend_schema_view(
    list=extend_schema(summary="List service requests", description="Requests you may see, newest first."),
    retrieve=extend_schema(summary="Read a service request", parameters=[NUMBER, IF_NONE_MATCH]),
    create=extend_schema(
        summary="Ask for an item of the catalogue",
        description="Answers are judged by the form. Approval is asked for where the item needs it.",
        parameters=[IDEMPOTENCY_KEY],
        request=AskSerializer,
        responses={201: ServiceRequestSerializer},
        examples=[_EXAMPLE],
    ),
    partial_update=extend_schema(
        summary="Change properties of a service request",
        description="For people who work it. The state is changed by transitions, the answers by asking again.",
        parameters=[NUMBER, IF_MATCH],
        request=TicketEditSerializer,
    ),
    nudge=extend_schema(
        summary="Urge whoever holds a service request",
        description="The requester or a manager, at most once in 30 minutes.",
        parameters=[NUMBER],
        request=None,
    ),
    answers=extend_schema(
        summary="Send a request again that was sent back",
        description="The next version of its answers; approval is asked for anew.",
        parameters=[NUMBER, IF_MATCH],
        request=AskAgainSerializer,
        responses={200: ServiceRequestSerializer},
    ),
)
class ServiceRequestViewSet(ShowsClocks, TicketViewSet):
    model = ServiceRequest
    kind = "request"
    serializer_class = ServiceRequestSerializer
    queryset = ServiceRequest.objects.none()

    def get_queryset(self):
        visible = ServiceRequest.objects.visible_to(self.request.user).select_related(*RELATED, "item")
        return visible.prefetch_related("affected_items", "answers__form", "answers__sent_by")

    def create(self, request):
        serializer = AskSerializer(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        said = dict(serializer.validated_data)
        item = said.pop("item")
        said["form"] = self._form(item, said.pop("form_version", None))
        return answer_once(
            request, lambda: self._born(services.submit(item, actor=request.user, channel=Channel.API, **said))
        )

    @action(detail=True, methods=["post"])
    def answers(self, request, number):
        asked = self.found()
        serializer = AskAgainSerializer(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        version = self.refuse_stale(asked)
        said = serializer.validated_data
        self.changing(lambda: services.resubmit(asked, actor=request.user, version=version, **said))
        return self.shown(self.found())

    def _form(self, item, number):
        form = item.forms.filter(number=number).first() if number else item.current_form
        if form is None:
            raise InvalidInput({"form_version": [_("There is no such version.")]})
        return form

    def _born(self, asked):
        self.kwargs["number"] = asked.number
        where = reverse("api:request-detail", args=[asked.number])
        return self.shown(self.found(), status=201, headers={"Location": where})


@extend_schema_view(create=extend_schema(responses=ServiceRequestSerializer))
class ServiceRequestTransitionViewSet(TransitionViewSet):
    def shape(self, ticket):
        return ServiceRequestSerializer(ticket, context=self.get_serializer_context()).data
