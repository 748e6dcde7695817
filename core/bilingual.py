"""Names in both languages: master data is written once in Chinese and once in English."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class BilingualName(models.Model):
    """`name_zh` and `name_en`; either may be empty, the other then serves both."""

    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name_zh="", name_en=""), name="%(app_label)s_%(class)s_has_a_name"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_reading_language(self.name_zh, self.name_en)


def in_reading_language(zh, en) -> str:
    """Of a text in both languages the reader's; the other one where that is empty."""
    return (zh or en) if (get_language() or "").startswith("zh") else (en or zh)
