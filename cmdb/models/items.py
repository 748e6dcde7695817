"""Configuration items. A service is an item, so the service map and the impact graph are one graph."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Case, DurationField, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Greatest, Upper
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cmdb.models.classes import ItemClass
from cmdb.vocabulary import Environment, Trust
from cmdb.workflow import ITEM, OVER
from core import clock
from core.bilingual import BilingualName
from core.querysets import VisibleQuerySet

# What people call an item; all of it stands in one index of trigrams.
ITEM_NAMES = ("slug", "name_zh", "name_en")
DAY = timedelta(days=1)


class ItemQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """Staff see what they serve; others see services offered to them and the items they own or use."""
        if user.is_staff_member:
            return Q(organisation__isnull=True) | Q(organisation__in=user.served_organisation_ids)
        offered = Q(is_offered=True) if self.model is Service else Q(service__is_offered=True)
        return (
            Q(owner=user.pk)
            | Q(used_by=user.pk)
            | offered & (Q(organisation__isnull=True) | Q(organisation=user.organisation_id))
        )

    def in_use(self):
        """Those that are neither retired nor disposed of."""
        return self.exclude(state__in=OVER)

    def of(self, person):
        """What a person owns or uses."""
        return self.filter(Q(owner=person) | Q(used_by=person))

    def with_trust(self, at=None):
        """Annotated with `trusted`, what `ConfigurationItem.trust` computes, for filters and lists."""
        age = ExpressionWrapper(F("item_class__stale_after") * Value(DAY), output_field=DurationField())
        return self.annotate(
            trusted=Case(
                When(disputed_at__isnull=False, then=Value(Trust.DISPUTED)),
                When(verified_at__isnull=True, then=Value(Trust.UNVERIFIED)),
                When(verified_at__lt=Value(at or clock.now(), models.DateTimeField()) - age, then=Value(Trust.STALE)),
                default=Value(Trust.VERIFIED),
                output_field=models.CharField(),
            )
        )

    def found(self, word):
        """Those that hold `word` in a name, serial number, tag or address: whatever identifies them."""
        return self.filter(self._one_of("{}__icontains", word) | Q(findable__icontains=word))

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

    class Criticality(models.IntegerChoices):
        CRITICAL = 1, _("Critical")
        HIGH = 2, _("High")
        NORMAL = 3, _("Normal")
        LOW = 4, _("Low")

    slug = models.SlugField(max_length=80, unique=True)
    item_class = models.ForeignKey(
        ItemClass, to_field="slug", on_delete=models.PROTECT, related_name="items", verbose_name=_("class")
    )
    state = models.CharField(_("life cycle"), max_length=12, choices=ITEM.choices(), default="live")
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
    used_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="used_items",
        verbose_name=_("used by"),
    )  # fmt: skip
    environment = models.CharField(_("environment"), max_length=12, choices=Environment.choices, blank=True)
    location = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="located_here",
        verbose_name=pgettext_lazy("item", "location"),
    )  # fmt: skip
    standalone = models.CharField(_("why it stands alone"), max_length=200, blank=True)
    # Attribute values by key, checked by `cmdb.services.values`; `findable` repeats what identifies the item.
    values = models.JSONField(default=dict, blank=True)
    findable = models.TextField(blank=True, default="", editable=False)
    is_active = models.BooleanField(_("in use"), default=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    verified_how = models.CharField(max_length=200, blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)
    dispute = models.CharField(max_length=500, blank=True)
    # The number of the ticket on which it was disputed, if any.
    disputed_in = models.CharField(max_length=20, blank=True)
    # Where the record went that was one of two of the same thing; always an item that was not merged itself.
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="merged")
    version = models.PositiveIntegerField(default=1)

    objects = ItemQuerySet.as_manager()

    ledger_kind = "item"
    workflow = ITEM

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["slug"]
        verbose_name = _("configuration item")
        indexes = [
            # `icontains` compares in capitals
            GinIndex(*(OpClass(Upper(name), name="gin_trgm_ops") for name in ITEM_NAMES), name="item_names"),
            GinIndex(OpClass(Upper("findable"), name="gin_trgm_ops"), name="item_findable"),
            # what is over is left out of every impact set
            models.Index(fields=["id"], name="item_over", condition=Q(state__in=OVER)),
            # by one value, for what is unique and for what identifies; imports look for thousands at a time
            GinIndex(fields=["values"], opclasses=["jsonb_path_ops"], fastupdate=False, name="item_values"),
        ]

    @property
    def state_info(self):
        return ITEM.state(self.state)

    @property
    def trust(self) -> Trust:
        """How far this record may be believed now."""
        if self.disputed_at:
            return Trust.DISPUTED
        if self.verified_at is None:
            return Trust.UNVERIFIED
        if self.verified_at < clock.now() - self.item_class.stale_after * DAY:
            return Trust.STALE
        return Trust.VERIFIED

    def what_is_missing(self) -> list[str]:
        """What the record owes before it may be live, a word each: the mandatory facts, attributes and a relation."""
        owed = [
            (self.owner_id, gettext("owner")),
            (self.support_team_id, gettext("support team")),
            (self.environment, gettext("environment")),
        ]
        missing = [word for value, word in owed if not value]
        missing += [str(one) for one in self.asked_for() if one.is_required and one.key not in self.values]
        if not (self.standalone or self.relations_out.exists() or self.relations_in.exists()):
            missing.append(gettext("a relation, or why it stands alone"))
        return missing

    def asked_for(self) -> list:
        """The attributes of its class and those above, that are not retired, in order."""
        return [one for one in self.item_class.all_attributes() if one.retired_at is None]


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
