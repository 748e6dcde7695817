"""Comments and files of a ticket."""

from django.http import Http404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from accounts.idempotency import answer_once
from core.api.parsing import BoundedJSONParser
from core.downloads import served
from tickets import services
from tickets.api.base import IDEMPOTENCY_KEY, IF_MATCH, NUMBER, BelowTicket
from tickets.models import Attachment, Channel, Comment
from tickets.serializers import AttachmentSerializer, CommentSerializer, NewCommentSerializer, UploadSerializer

ID = OpenApiParameter("pk", int, OpenApiParameter.PATH, description="Its id.")


@extend_schema_view(
    list=extend_schema(summary="List comments", description="Oldest first.", parameters=[NUMBER]),
    retrieve=extend_schema(summary="Read a comment", parameters=[NUMBER, ID]),
    create=extend_schema(
        summary="Reply, or write a note",
        description=(
            "A public reply of the requester ends waiting for them. Send files to `attachments/`. A reply of the desk "
            "that refers to articles some readers cannot open is a 422 `unreadable_articles` naming them in "
            "`articles`; send it again with their ids in `known_articles` if you mean it."
        ),
        parameters=[NUMBER, IF_MATCH, IDEMPOTENCY_KEY],
        request=NewCommentSerializer,
        responses={201: CommentSerializer},
    ),
)
class CommentViewSet(BelowTicket):
    serializer_class = CommentSerializer
    queryset = Comment.objects.none()
    orderings = ("id",)

    def get_queryset(self):
        visible = Comment.objects.visible_to(self.request.user).filter(ticket=self.found_ticket())
        return visible.select_related("author").prefetch_related("attachments__uploaded_by")

    def list(self, request, number):
        return self.page(self.get_queryset())

    def retrieve(self, request, number, pk):
        return Response(self.get_serializer(self.get_object()).data)

    def create(self, request, number):
        ticket = self.found_ticket()
        serializer = NewCommentSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return answer_once(request, lambda: self._say(ticket, **serializer.validated_data))

    def _say(self, ticket, *, body, is_internal, version=None, known_articles=()):
        with services.knowing(known_articles):
            said = services.comment(
                ticket,
                actor=self.request.user,
                body=body,
                is_internal=is_internal,
                version=self.refuse_stale(ticket, version),
                channel=Channel.API,
            )
        where = reverse("api:ticket-comment", args=[ticket.number, said.pk])
        return Response(self.get_serializer(said).data, 201, headers={"Location": where})


@extend_schema_view(
    list=extend_schema(summary="List files", description="Oldest first.", parameters=[NUMBER]),
    retrieve=extend_schema(summary="Read about a file", parameters=[NUMBER, ID]),
    create=extend_schema(
        summary="Attach files",
        description="`multipart/form-data`: parts named `files`. Programs are refused, images are re-encoded.",
        parameters=[NUMBER, IDEMPOTENCY_KEY],
        request={"multipart/form-data": UploadSerializer},
        responses={201: AttachmentSerializer(many=True)},
    ),
)
class AttachmentViewSet(BelowTicket):
    serializer_class = AttachmentSerializer
    queryset = Attachment.objects.none()
    orderings = ("id",)

    def get_parsers(self):
        return [MultiPartParser()] if self.request and self.request.method == "POST" else [BoundedJSONParser()]

    def get_queryset(self):
        visible = Attachment.objects.visible_to(self.request.user).filter(ticket=self.found_ticket())
        return visible.select_related("uploaded_by")

    def list(self, request, number):
        return self.page(self.get_queryset())

    def retrieve(self, request, number, pk):
        return Response(self.get_serializer(self.get_object()).data)

    def create(self, request, number):
        ticket = self.found_ticket()
        serializer = UploadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return answer_once(request, lambda: self._keep(ticket, **serializer.validated_data))

    @extend_schema(
        summary="Download a file",
        parameters=[NUMBER, ID],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def content(self, request, number, pk):
        attachment = self.get_queryset().filter(pk=pk).first()
        if attachment is None:
            raise Http404
        return served(attachment)

    def _keep(self, ticket, *, files, body, is_internal, known_articles=()):
        with services.knowing(known_articles):
            said = services.comment(
                ticket,
                actor=self.request.user,
                body=body,
                is_internal=is_internal,
                uploads=files,
                channel=Channel.API,
                version=self.refuse_stale(ticket),
            )
        kept = said.attachments.select_related("uploaded_by")
        return Response(self.get_serializer(kept, many=True).data, 201)
