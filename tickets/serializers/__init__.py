from tickets.serializers.conversation import (
    AttachmentSerializer,
    CommentSerializer,
    EventSerializer,
    NewCommentSerializer,
    UploadSerializer,
)
from tickets.serializers.moves import TransitionRequestSerializer, TransitionSerializer
from tickets.serializers.relations import (
    CategorySerializer,
    LinkSerializer,
    NewLinkSerializer,
    NewWatcherSerializer,
)
from tickets.serializers.ticket import TicketEditSerializer, TicketSerializer

__all__ = [
    "AttachmentSerializer",
    "CategorySerializer",
    "CommentSerializer",
    "EventSerializer",
    "LinkSerializer",
    "NewCommentSerializer",
    "NewLinkSerializer",
    "NewWatcherSerializer",
    "TicketEditSerializer",
    "TicketSerializer",
    "TransitionRequestSerializer",
    "TransitionSerializer",
    "UploadSerializer",
]
