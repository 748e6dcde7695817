"""Configuration items. A service is an item, so the service map and the impact graph are one graph."""

from functools import reduce
from operator import or_

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest, Upper
from django.utils.translation import gettext_lazy as _

from core.bilingual import BilingualName
from core.querysets import VisibleQuerySet

# What people call an item; all of it stands in one index of trigrams.
ITEM_NAMES = ("slug", "name_zh", "name_en")


class ItemQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """Staff see what they serve; others see services offered to them and the items they own or use."""
        if user.is_staff_member:
            return Q(organisation__isnull=True) | Q(organisation__in=user.served_organisation_ids)
        offered = Q(is_offered=True) if self.model is Service else Q(service__is_offered=True)
        return Q(owner=user.pk) | offered & (Q(organisation__isnull=True) | Q(organisation=user.organisation_id))

    def called(self, word):
        """Those with `word` in one of their names."""
        return self.filter(self._one_of("{}__icontains", word))

    def called_nearly(self, text, *, alike):
        """Those with a name at least so much like `text` (0.3 to 1), the most alike first."""
        capitals = {f"capital_{name}": Upper(name) for name in ITEM_NAMES}
        near = self.alias(**capitals).filter(self._one_of("capital_{}__trigram_similar", text))
        likeness = Greatest(*(TrigramSimilarity(name, text) for name in ITEM_NAMES))
        return near.annotate(alike=likeness).filter(alike__gte=alike).order_by("-alike", "slug")

    @staticmethod
    def _one_of(lookup, value) -> Q:
        return reduce(or_, (Q(**{lookup.format(name): value}) for name in ITEM_NAMES))


class ConfigurationItem(BilingualName):
    """Anything whose state matters to a service. `owner` answers for it, `support_team` repairs it."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("Business service")
        APPLICATION = "application", _("Application")
        SERVER = "server", _("Server")
        NETWORK = "network", _("Network device")
        DATABASE = "database", _("Database")
        DESKTOP = "desktop", _("Desktop or laptop")
        PERIPHERAL = "peripheral", _("Printer or peripheral")

    class Criticality(models.IntegerChoices):
        CRITICAL = 1, _("Critical")
        HIGH = 2, _("High")
        NORMAL = 3, _("Normal")
        LOW = 4, _("Low")

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    criticality = models.PositiveSmallIntegerField(
        _("criticality"), choices=Criticality.choices, default=Criticality.NORMAL
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    owner = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_items"
    )
    support_team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="supported_items"
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects = ItemQuerySet.as_manager()

    ledger_kind = "item"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["slug"]
        verbose_name = _("configuration item")
        indexes = [
            # `icontains` compares in capitals
            GinIndex(*(OpClass(Upper(name), name="gin_trgm_ops") for name in ITEM_NAMES), name="item_names"),
        ]


class Service(ConfigurationItem):
    """What people are offered. `icon` names a symbol of the sprite; `is_offered` puts it into the portal."""

    description_zh = models.TextField(_("Chinese description"), blank=True)
    description_en = models.TextField(_("English description"), blank=True)
    icon = models.CharField(max_length=40, default="apps")
    is_offered = models.BooleanField(_("offered in the portal"), default=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("service")
