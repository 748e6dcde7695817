"""Answers already given to a creation, so that a client may safely send it again."""

from django.db import models


class IdempotentAnswer(models.Model):
    """The answer to (person, key): replayed for the same request, refused (409) for a different one.

    `fingerprint` is the SHA-256 of method, path and body. Kept for 24 hours.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_person_and_key")]

    def __str__(self):
        return f"{self.user_id}: {self.key}"
