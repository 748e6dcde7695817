"""Classes, items, services and relations, how they stand, and what is announced about them."""

from cmdb.models.attesting import Attestation, Campaign
from cmdb.models.auditing import Audit, Sample
from cmdb.models.classes import Attribute, ItemClass, RelationType
from cmdb.models.documents import ItemDocument, ItemFile
from cmdb.models.duplicates import Duplicate
from cmdb.models.imports import ImportLine, ImportRun
from cmdb.models.items import ConfigurationItem, ItemQuerySet, Service
from cmdb.models.relations import Baseline, RedundancyGroup, Relation
from cmdb.models.responsibility import Activity, Letter, Responsibility
from cmdb.models.sources import Claim, Source
from cmdb.models.standing import Announcement, Outage

__all__ = [
    "Activity",
    "Announcement",
    "Attestation",
    "Attribute",
    "Audit",
    "Baseline",
    "Campaign",
    "Claim",
    "ConfigurationItem",
    "Duplicate",
    "ImportLine",
    "ImportRun",
    "ItemClass",
    "ItemDocument",
    "ItemFile",
    "ItemQuerySet",
    "Letter",
    "Outage",
    "RedundancyGroup",
    "Relation",
    "RelationType",
    "Responsibility",
    "Sample",
    "Service",
    "Source",
]
