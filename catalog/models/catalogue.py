"""The catalogue: categories, the items people can ask for, and the versions of their forms."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.rules import keeps_catalogue
from catalog.vocabulary import Currency
from core.bilingual import BilingualName, in_reading_language
from core.querysets import VisibleQuerySet
from tickets.vocabulary import Priority


class ServiceCategory(BilingualName):
    """A shelf of the catalogue; shelves stand within shelves. Its name is no secret, what lies on it may be."""

    slug = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    icon = models.CharField(_("icon"), max_length=40, default="folder")
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    ledger_kind = "service_category"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["position", "slug"]
        verbose_name = _("category of the catalogue")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="category_not_in_itself"),
        ]


class RequestItemQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """Published items for the person; keepers of the catalogue see all of it."""
        if keeps_catalogue(user):
            return Q()
        return Q(is_active=True, current_form__isnull=False) & self.audience(user)

    def audience(self, user) -> Q:
        """Items made for organisations and departments, or for everybody, of a service that is for the person."""
        own = Q(organisations=user.organisation_id) | Q(departments=user.department_id, departments__isnull=False)
        everybody = Q(organisations__isnull=True, departments__isnull=True)
        if user.is_staff_member:
            own |= Q(organisations__in=user.served_organisation_ids)
        offered = Q(service__organisation__isnull=True) | Q(service__organisation=user.organisation_id)
        return (everybody | own) & (offered | Q(owner=user.pk))

    def once_open_to(self, user):
        """Those a person may have had before them: also what is offered no longer, so that no words are lost."""
        return self.filter(pk__in=self.model._base_manager.filter(self.audience(user)).values("pk"))

    def published(self):
        return self.filter(is_active=True, current_form__isnull=False)


class RequestItem(BilingualName):
    """Something people can ask for: what they tell us (form), who agrees (route), who does what (tasks).

    `route` and `tasks` are data, checked by `catalog.plans`. `draft_form` is the form being edited; publishing it
    makes a new FormVersion, which is `current_form` from then on. `priority` decides which promise of the agreement
    for requests holds.
    """

    slug = models.SlugField(max_length=80, unique=True)
    category = models.ForeignKey(
        ServiceCategory, verbose_name=_("category"), on_delete=models.PROTECT, related_name="items"
    )
    service = models.ForeignKey(
        "cmdb.Service", verbose_name=_("service"), on_delete=models.PROTECT, related_name="request_items"
    )
    description_zh = models.TextField(_("Chinese description"), blank=True)
    description_en = models.TextField(_("English description"), blank=True)
    in_scope_zh = models.TextField(_("included, in Chinese"), blank=True)
    in_scope_en = models.TextField(_("included, in English"), blank=True)
    out_of_scope_zh = models.TextField(_("not included, in Chinese"), blank=True)
    out_of_scope_en = models.TextField(_("not included, in English"), blank=True)
    icon = models.CharField(_("icon"), max_length=40, default="box")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="owned_request_items"
    )
    team = models.ForeignKey(
        "accounts.Team", verbose_name=_("team that fulfils it"), on_delete=models.PROTECT, related_name="request_items"
    )
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.P3)
    price = models.DecimalField(
        _("price"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.CNY)
    is_cost_centre_required = models.BooleanField(_("needs a cost centre"), default=False)
    organisations = models.ManyToManyField(
        "accounts.Organisation", verbose_name=_("for these organisations"), blank=True, related_name="+"
    )
    departments = models.ManyToManyField(
        "accounts.Department", verbose_name=_("for these departments"), blank=True, related_name="+"
    )
    route = models.JSONField(_("approval route"), default=list, blank=True)
    tasks = models.JSONField(_("tasks"), default=list, blank=True)
    draft_form = models.JSONField(null=True, blank=True)
    current_form = models.ForeignKey(
        "catalog.FormVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = RequestItemQuerySet.as_manager()

    ledger_kind = "request_item"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["position", "slug"]
        verbose_name = _("request item")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="price_is_not_negative"),
        ]

    @property
    def description(self) -> str:
        return in_reading_language(self.description_zh, self.description_en)

    @property
    def in_scope(self) -> str:
        return in_reading_language(self.in_scope_zh, self.in_scope_en)

    @property
    def out_of_scope(self) -> str:
        return in_reading_language(self.out_of_scope_zh, self.out_of_scope_en)

    @property
    def is_offered(self) -> bool:
        return self.is_active and self.current_form_id is not None


class FormVersionQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        return Q(item__in=RequestItem.objects.visible_to(user))


class FormVersion(models.Model):
    """A published form. Answers refer to it, so it never changes: the database refuses."""

    item = models.ForeignKey(RequestItem, on_delete=models.PROTECT, related_name="forms")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        ordering = ["item", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="form_version_number")]

    def __str__(self):
        return f"{self.item.slug} v{self.number}"
