"""What stands against a change's place in the calendar, and what was decided about it."""

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from changes.models.change import Change
from core.querysets import VisibleQuerySet


class CollisionQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Whoever sees both changes."""
        seen = Change.objects.visible_to(user).values("pk")
        return Q(first__in=seen, second__in=seen)

    def standing(self):
        """Those that are not over, accepted or not."""
        return self.exclude(state=Collision.State.GONE)

    def of(self, keys):
        """Those that any of these changes takes part in."""
        return self.filter(Q(first__in=keys) | Q(second__in=keys))


class Collision(models.Model):
    """Two changes that must not be in work at once, as the graph and their dates say.

    `evidence` has the item that fails by both and the ways there: {"item": id, "ways": {change: [item ids]}}; more
    than two ways when it takes more than two changes. An acceptance stands for this evidence and no other.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("collision", "Open")
        ACCEPTED = "accepted", pgettext_lazy("collision", "Accepted")
        GONE = "gone", pgettext_lazy("collision", "Gone")

    first = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    evidence = models.JSONField(encoder=DjangoJSONEncoder)
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True, default="")

    objects = CollisionQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        verbose_name = _("collision")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="collision_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="collision_in_order"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_by__isnull=False) & ~Q(reason=""),
                name="collision_accepted_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.first_id} × {self.second_id}"

    @property
    def is_standing(self) -> bool:
        return self.state != self.State.GONE

    def other_than(self, change) -> Change:
        return self.second if self.first_id == change.pk else self.first


class CollisionCheck(models.Model):
    """A change that has to be compared with the others again; without one, all of them: the graph is another.

    Written in the transaction of what happened and taken by the next sweep, however many there are.
    """

    change = models.ForeignKey(Change, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)

    def __str__(self):
        return f"check {self.change_id or 'everything'}"


class WindowException(models.Model):
    """Leave to work outside the maintenance windows, asked for one change, these dates and these items.

    It holds as long as the change stays within what was asked for.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("exception", "Asked for")
        GRANTED = "granted", pgettext_lazy("exception", "Granted")
        REFUSED = "refused", pgettext_lazy("exception", "Refused")

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="window_exceptions")
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"))
    item_ids = ArrayField(models.BigIntegerField())
    reason = models.CharField(_("reason"), max_length=500)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True, default="")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("exception from maintenance windows")
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="exception_ends_after_it_began"),
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")), name="exception_is_decided_by_somebody_else"
            ),
            models.UniqueConstraint(
                fields=["change"], condition=Q(state="asked"), name="exception_asked_once_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.change_id} {self.state}"

    def covers(self, item_ids, start, end) -> bool:
        """Whether it is leave for work on these items at this time."""
        inside = self.from_at <= start and end <= self.until_at
        return self.state == self.State.GRANTED and inside and set(item_ids) <= set(self.item_ids)
