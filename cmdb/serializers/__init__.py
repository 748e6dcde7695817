"""The configuration database as the API shows it."""

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
from cmdb.serializers.upkeep import ApartSerializer, DuplicateSerializer, MergeSerializer

__all__ = [
    "AnnouncementInputSerializer",
    "AnnouncementSerializer",
    "ApartSerializer",
    "DisputeSerializer",
    "DuplicateSerializer",
    "ItemClassSerializer",
    "ItemInputSerializer",
    "ItemSerializer",
    "MergeSerializer",
    "NewItemSerializer",
    "OutageInputSerializer",
    "OutageSerializer",
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
