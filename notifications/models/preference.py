"""A person's choice for one kind of news and one way it comes."""

from django.conf import settings
from django.db import models

from notifications.vocabulary import Way, kinds


class Preference(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=16, choices=kinds)
    way = models.CharField(max_length=4, choices=Way.choices)
    is_on = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "way"], name="one_choice_per_kind_and_way")]

    def __str__(self):
        return f"{self.user_id}: {self.kind} by {self.way} {'on' if self.is_on else 'off'}"
