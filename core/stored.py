"""Files that are kept with a record: what is known of each, and where it lies."""

import secrets

from django.db import models


def unguessable(folder) -> str:
    """Where a file lies below a folder: nothing of its name or type, nothing guessable."""
    token = secrets.token_hex(20)
    return f"{folder}/{token[:2]}/{token}"


class StoredFile(models.Model):
    """What is known of a stored file, beside whose it is and the `file` itself.

    `content_type` comes from its first bytes, never from the sender; `name` is for people only. `size` in bytes.
    """

    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    is_image = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self):
        return self.name
