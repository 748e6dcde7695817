"""The configuration database as the API shows it."""

from cmdb.serializers.documents import FileSerializer, FilesSerializer
from cmdb.serializers.items import (
    DisputeSerializer,
    ItemClassSerializer,
    ItemInputSerializer,
    ItemSerializer,
    NewItemSerializer,
    RelationInputSerializer,
    RelationSerializer,
    StepSerializer,
    VerifySerializer,
)
from cmdb.serializers.standing import (
    AnnouncementInputSerializer,
    AnnouncementSerializer,
    OutageInputSerializer,
    OutageSerializer,
    ServiceRef,
    ServiceSerializer,
    items_for,
    organisations_for,
    services_for,
)
from cmdb.serializers.upkeep import (
    AnsweredSerializer,
    ApartSerializer,
    DuplicateSerializer,
    HandOverSerializer,
    MergeSerializer,
    ObjectionSerializer,
    RecordSerializer,
)

__all__ = [
    "AnnouncementInputSerializer",
    "AnnouncementSerializer",
    "AnsweredSerializer",
    "ApartSerializer",
    "DisputeSerializer",
    "DuplicateSerializer",
    "FileSerializer",
    "FilesSerializer",
    "HandOverSerializer",
    "ItemClassSerializer",
    "ItemInputSerializer",
    "ItemSerializer",
    "MergeSerializer",
    "NewItemSerializer",
    "ObjectionSerializer",
    "OutageInputSerializer",
    "OutageSerializer",
    "RecordSerializer",
    "RelationInputSerializer",
    "RelationSerializer",
    "ServiceRef",
    "ServiceSerializer",
    "StepSerializer",
    "VerifySerializer",
    "items_for",
    "organisations_for",
    "services_for",
]
