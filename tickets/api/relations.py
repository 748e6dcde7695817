"""Links and watchers of a ticket; categories."""

from django.db.models import Q
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.response import Response

from accounts.models import User
from accounts.serializers import PersonRef
from core.api.views import Resource
from core.errors import NotAllowed
from tickets import rules, selectors, services
from tickets.api.base import NUMBER, BelowTicket
from tickets.models import Category, Ticket, TicketLink
from tickets.serializers import CategorySerializer, LinkSerializer, NewLinkSerializer, NewWatcherSerializer

ID = OpenApiParameter("pk", int, OpenApiParameter.PATH, description="Its id.")


@extend_schema_view(
    list=extend_schema(
        summary="List links", description="Only links whose other end you may see.", parameters=[NUMBER]
    ),
    create=extend_schema(
        summary="Link two tickets",
        description="For people who work the ticket. Linking twice changes nothing.",
        parameters=[NUMBER],
        request=NewLinkSerializer,
        responses={201: LinkSerializer},
    ),
    destroy=extend_schema(summary="Remove a link", parameters=[NUMBER, ID]),
)
class LinkViewSet(BelowTicket):
    serializer_class = LinkSerializer
    queryset = TicketLink.objects.none()
    orderings = ("id",)

    def get_queryset(self):
        ticket, seen = self.found_ticket(), Ticket.objects.visible_to(self.request.user).values("pk")
        links = TicketLink.objects.filter(Q(source=ticket, target__in=seen) | Q(target=ticket, source__in=seen))
        return links.select_related("source", "target", "created_by")

    def list(self, request, number):
        links = self.get_queryset()
        return self.page(links, ticket=self.subject)

    def create(self, request, number):
        ticket = self._worked_by_reader()
        serializer = NewLinkSerializer(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        target, kind = serializer.validated_data["ticket"], serializer.validated_data["kind"]
        made = services.link(ticket, target, kind=kind, actor=request.user)
        context = self.get_serializer_context() | {"ticket": ticket}
        return Response(LinkSerializer(made, context=context).data, 201)

    def destroy(self, request, number, pk):
        self._worked_by_reader()
        services.unlink(self.get_object(), actor=request.user)
        return Response(status=204)

    def _worked_by_reader(self):
        ticket = self.found_ticket()
        if not rules.triages_it(self.request.user, ticket):
            raise NotAllowed()
        return ticket


@extend_schema_view(
    list=extend_schema(
        summary="List watchers",
        description="The desk sees all of them, others those it was shared with.",
        parameters=[NUMBER],
    ),
    create=extend_schema(
        summary="Watch a ticket, or let somebody watch it",
        description="Whoever watches a ticket may read it. Whoever raised it adds colleagues, the desk anybody.",
        parameters=[NUMBER],
        request=NewWatcherSerializer,
        responses={201: PersonRef},
    ),
    destroy=extend_schema(
        summary="Stop watching, or remove a watcher",
        parameters=[
            NUMBER,
            OpenApiParameter("pk", int, OpenApiParameter.PATH, description="Id of the watching person."),
        ],
    ),
)
class WatcherViewSet(BelowTicket):
    serializer_class = PersonRef
    queryset = User.objects.none()
    orderings = ("id",)

    def get_queryset(self):
        return selectors.watching(self.found_ticket(), self.request.user)

    def list(self, request, number):
        return self.page(self.get_queryset())

    def create(self, request, number):
        ticket = self.found_ticket()
        serializer = NewWatcherSerializer(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        user = serializer.validated_data.get("user", request.user)
        services.watch(ticket, user=user, actor=request.user)
        return Response(self.get_serializer(user).data, 201)

    def destroy(self, request, number, pk):
        watching = self.get_queryset().filter(pk=pk).first()
        if watching is None:
            raise Http404
        services.unwatch(self.subject, user=watching, actor=request.user)
        return Response(status=204)


@extend_schema_view(
    list=extend_schema(summary="List categories"), retrieve=extend_schema(summary="Read a category")
)  # fmt: skip
class CategoryViewSet(Resource):
    """What a ticket can be about. Common knowledge."""

    serializer_class = CategorySerializer
    queryset = Category.objects.none()
    lookup_value_converter = "int"

    def get_queryset(self):
        return Category.objects.select_related("default_team")

    def list(self, request):
        return self.page(self.get_queryset())

    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)
