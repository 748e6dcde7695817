"""Absence: somebody else decides for a person while they are away."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.querysets import VisibleQuerySet


class DelegationQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """One's own, those in which one stands in, those of the people one manages."""
        return Q(person=user.pk) | Q(substitute=user.pk) | Q(person__manager=user.pk)

    def at(self, instant=None):
        """Those in force at an instant (now)."""
        instant = instant or clock.now()
        return self.filter(from_at__lte=instant, until_at__gt=instant)


class Delegation(models.Model):
    """In [from_at, until_at) `substitute` may decide for `person`, who may still decide as well.

    It reaches one person far: a substitute who is away passes on nothing but their own.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations")
    substitute = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stands_in")
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["from_at", "id"]
        verbose_name = _("absence")
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="delegation_lasts"),
            models.CheckConstraint(condition=~Q(person=F("substitute")), name="nobody_stands_in_for_themselves"),
        ]
        indexes = [models.Index(fields=["substitute", "until_at"], name="delegations_to_person")]

    def __str__(self):
        return f"{self.substitute} for {self.person}"
