"""Classes of items and what each knows of its items: data, changed without code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cmdb.vocabulary import AttributeKind, Family, Impact
from core.bilingual import BilingualName, in_reading_language

DEEPEST = 12


class ItemClass(BilingualName):
    """A class of items, by `slug`, which never changes. Attributes are inherited from `parent`.

    `stale_after` counts days: a record verified longer ago is stale. An abstract class has no items of its own.
    """

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("below")
    )
    family = models.CharField(_("family"), max_length=16, choices=Family.choices)
    icon = models.CharField(_("icon"), max_length=40, default="server")
    stale_after = models.PositiveSmallIntegerField(_("stale after days"), default=180)
    is_abstract = models.BooleanField(_("only groups other classes"), default=False)

    ledger_kind = "item-class"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["family", "slug"]
        verbose_name = _("item class")

    def line(self) -> list:
        """This class and those above it, the highest first. Bounded: a ring in the data does not hang a page."""
        found = [self]
        while found[-1].parent_id and len(found) < DEEPEST:
            found.append(found[-1].parent)
        return found[::-1]

    def all_attributes(self) -> list:
        """Its own attributes and inherited ones, also retired ones, by position."""
        asked = Attribute.objects.filter(item_class__in=self.line()).select_related("item_class")
        return list(asked)

    @classmethod
    def below(cls, slug) -> list[str]:
        """The short names of a class and of all below it; classes are few, so one query reads them all."""
        children = {}
        for own, parent in cls.objects.values_list("slug", "parent__slug"):
            children.setdefault(parent, []).append(own)
        found = [slug]
        for one in found:
            found += [child for child in children.get(one, ()) if child not in found]
        return found


class Attribute(BilingualName):
    """What items of a class (and of those below it) are asked for. `choices` are {value: [Chinese, English]}.

    One that is `retired_at` is asked for no more; the values that items hold are kept and shown as former.
    """

    item_class = models.ForeignKey(ItemClass, on_delete=models.CASCADE, related_name="attributes")
    key = models.SlugField(_("key"), max_length=40)
    kind = models.CharField(_("kind"), max_length=8, choices=AttributeKind.choices, default=AttributeKind.TEXT)
    unit = models.CharField(_("unit"), max_length=16, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    is_required = models.BooleanField(_("required"), default=False)
    is_recommended = models.BooleanField(_("recommended"), default=False)
    is_unique = models.BooleanField(_("unique in its class"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["position", "id"]
        verbose_name = _("attribute")
        constraints = [
            *BilingualName.Meta.constraints,
            models.UniqueConstraint(fields=["item_class", "key"], name="attribute_once"),
        ]

    def word_for(self, value) -> str:
        """A choice's name in the reader's language; what is no choice any more is shown as it stands."""
        words = self.choices.get(str(value))
        return in_reading_language(*words) if words else str(value)


class RelationType(BilingualName):
    """A verb between two items. `name` reads from source to target, `reverse` the other way round."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    reverse_zh = models.CharField(_("Chinese, the other way"), max_length=120)
    reverse_en = models.CharField(_("English, the other way"), max_length=120)
    impact = models.CharField(_("impact"), max_length=8, choices=Impact.choices, default=Impact.NONE)

    ledger_kind = "relation-type"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["slug"]
        verbose_name = _("relation type")

    @property
    def reverse(self) -> str:
        return in_reading_language(self.reverse_zh, self.reverse_en)
