"""Organisations (customers, suppliers, ourselves) and their departments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.bilingual import BilingualName


class Organisation(BilingualName):
    class Kind(models.TextChoices):
        INTERNAL = "internal", _("Internal")
        CUSTOMER = "customer", _("Customer")
        SUPPLIER = "supplier", _("Supplier")

    slug = models.SlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.INTERNAL)
    is_active = models.BooleanField(_("active"), default=True)

    ledger_kind = "organisation"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["slug"]
        verbose_name = _("organisation")


class Department(BilingualName):
    """A node of the organisation chart. `head` is where hierarchical escalation of its people ends."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="departments")
    slug = models.SlugField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    head = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="heads_departments"
    )

    ledger_kind = "department"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["slug"]
        verbose_name = _("department")
        constraints = [
            *BilingualName.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "slug"], name="department_slug_per_organisation"),
        ]
