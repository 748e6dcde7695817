"""The configuration database in the API: items, relations and classes; services and how they stand."""

from cmdb.api.attesting import RecordViewSet
from cmdb.api.documents import ItemFileViewSet
from cmdb.api.items import ItemClassViewSet, ItemViewSet, RelationViewSet
from cmdb.api.responsibilities import ResponsibilityViewSet
from cmdb.api.standing import AnnouncementViewSet, OutageViewSet, ServiceViewSet
from cmdb.api.upkeep import DuplicateViewSet

__all__ = [
    "AnnouncementViewSet",
    "DuplicateViewSet",
    "ItemClassViewSet",
    "ItemFileViewSet",
    "ItemViewSet",
    "OutageViewSet",
    "RecordViewSet",
    "RelationViewSet",
    "ResponsibilityViewSet",
    "ServiceViewSet",
]
