"""What a ticket is about, and how impact and urgency make its priority."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.bilingual import BilingualName
from tickets.vocabulary import Level, Priority


class Category(BilingualName):
    slug = models.SlugField(max_length=80, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    default_team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="default_categories"
    )
    is_active = models.BooleanField(default=True)

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["slug"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class PriorityRule(models.Model):
    """One cell of the priority matrix, editable by the process owner. All nine exist from the first migration."""

    impact = models.PositiveSmallIntegerField(_("impact"), choices=Level.choices)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Level.choices)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices)

    class Meta:
        ordering = ["impact", "urgency"]
        verbose_name = _("cell of the priority matrix")
        verbose_name_plural = _("priority matrix")
        constraints = [models.UniqueConstraint(fields=["impact", "urgency"], name="one_priority_per_cell")]

    def __str__(self):
        return f"{self.impact} × {self.urgency} = P{self.priority}"
