"""Where records come from beside people, and what each source says of each item."""

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cmdb.authority import HIGHEST, USUAL
from cmdb.models.classes import ItemClass
from cmdb.models.items import ConfigurationItem
from cmdb.vocabulary import SourceKind
from cmdb.workflow import DEPLOYING, IN_STOCK, LIVE, PLANNED
from core.bilingual import BilingualName
from core.querysets import VisibleQuerySet

BEGINNINGS = [(state.key, state.label) for state in (PLANNED, IN_STOCK, DEPLOYING, LIVE)]


class SourceQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Staff see the sources of whom they serve."""
        if not user.is_staff_member:
            return Q(pk__in=[])
        return Q(organisation__isnull=True) | Q(organisation__in=user.served_organisation_ids)


class Source(BilingualName):
    """A spreadsheet that comes again, or the inventory agents of a site.

    `columns` says what each column means ({column: target}, see `cmdb.targets`). `rules` are tried in order, each a
    list of targets that must all be equal, to find the item a row is about. `rank` from 1 to 100 is the authority of
    what the source says, `ranks` that of single attributes ({target: rank}); what people wrote counts 50.
    `begins_as` is the state of new items; without `creates` unknown items are refused. `organisation` owns the new
    items, and only its items are found. Agents sign in with `slug` and a token of which only the digest is kept.
    """

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=SourceKind.choices, default=SourceKind.FILE)
    item_class = models.ForeignKey(
        ItemClass, to_field="slug", on_delete=models.PROTECT, related_name="+", verbose_name=_("class")
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("organisation"),
    )  # fmt: skip
    begins_as = models.CharField(_("new items are"), max_length=12, choices=BEGINNINGS, default=LIVE.key)
    creates = models.BooleanField(_("makes items that are not known yet"), default=True)
    columns = models.JSONField(default=dict, blank=True)
    rules = models.JSONField(default=list, blank=True)
    rank = models.PositiveSmallIntegerField(
        _("authority"), default=USUAL, validators=[MinValueValidator(1), MaxValueValidator(HIGHEST)]
    )
    ranks = models.JSONField(default=dict, blank=True)
    token_digest = models.CharField(max_length=64, blank=True, editable=False)
    token_made_at = models.DateTimeField(null=True, editable=False)
    heard_at = models.DateTimeField(_("last heard of"), null=True, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = SourceQuerySet.as_manager()

    ledger_kind = "source"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["slug"]
        verbose_name = _("source")

    def rank_of(self, target) -> int:
        """The authority of what this source says of `target`, from 1 to 100."""
        return self.ranks.get(target, self.rank)


class Claim(models.Model):
    """What one source last said of one item: `said` is {target: [rank, value]}, ranks as they were then.

    Without a source it is what people had written where a source said something as well. All claims of an item
    together decide what it holds (`cmdb.authority`), whatever order they came in. `key` is the source's own name of
    the item. `disputed_at` is set where this claim opened the item's dispute. `details` is what an agent reports beside
    attributes: network cards and software in short.
    """

    item = models.ForeignKey(ConfigurationItem, on_delete=models.CASCADE, related_name="claims")
    source = models.ForeignKey(Source, null=True, on_delete=models.CASCADE, related_name="claims", db_index=False)
    key = models.CharField(max_length=200, blank=True)
    said = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    run = models.ForeignKey("cmdb.ImportRun", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    seen_at = models.DateTimeField()
    disputed_at = models.DateTimeField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        verbose_name = _("what a source says")
        constraints = [
            models.UniqueConstraint(fields=["item", "source"], nulls_distinct=False, name="claim_once"),
            models.UniqueConstraint(fields=["source", "key"], condition=~Q(key=""), name="claim_by_key"),
        ]

    def __str__(self):
        return f"{self.source_id} of {self.item_id}"
