"""The words of what happens to an item: deeds, and the facts that a change is about."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DEEDS = {
    "created": _("made the record"),
    "edited": _("changed the record"),
    "ordered": _("ordered it"),
    "stocked": _("took it into stock"),
    "deployed": _("began to deploy it"),
    "gone_live": _("took it live"),
    "under_maintenance": _("began maintenance"),
    "resumed": _("ended maintenance"),
    "removed": _("took the record back"),
    "retired": _("retired it"),
    "disposed": _("disposed of it"),
    "missed": _("reported it missing"),
    "found": _("found it again"),
    "verified": _("confirmed that the record is right"),
    "disputed": _("said that the record is wrong"),
    "documented": _("added a document"),
    "undocumented": _("removed a document"),
    "related": _("added a relation"),
    "unrelated": _("removed a relation"),
    "frozen": _("took a baseline"),
    "told_apart": _("said that it is another thing"),
    "merged": _("merged it into another record"),
    "absorbed": _("merged another record into it"),
    "responsibility_added": _("gave a responsibility"),
    "responsibility_removed": _("took a responsibility back"),
    "outage_kept": _("wrote down a disturbance"),
    "outage_discarded": _("took a disturbance back"),
}
FACT_NAMES = {
    "responsibility": _("Responsibility"),
    "slug": _("Short name"),
    "name_zh": _("Chinese name"),
    "name_en": _("English name"),
    "organisation": _("Organisation"),
    "owner": _("Owner"),
    "used_by": pgettext_lazy("item", "Used by"),
    "support_team": _("Support team"),
    "criticality": _("Criticality"),
    "environment": _("Environment"),
    "location": _("Location"),
    "standalone": _("Why it stands alone"),
    "state": _("Life cycle"),
    "item_class": _("Class"),
    "document": pgettext_lazy("of an item", "Document"),
    "relation": _("Relation"),
    "item": _("Configuration item"),
}


def deed(name) -> str:
    """What was done, from the name of an event; what is not known here stays as it is called."""
    done = name.partition(".")[2]
    return str(DEEDS.get(done, name))
