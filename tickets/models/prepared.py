"""Prepared work: canned replies, macros, and templates for tickets that come again and again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.bilingual import BilingualName
from tickets.models.sharing import Shared
from tickets.vocabulary import Level


class Prepared(Shared, BilingualName):
    """Something shared with a name in both languages. `is_active` = offered."""

    is_active = models.BooleanField(_("offered"), default=True)

    class Meta(Shared.Meta):
        abstract = True
        constraints = [*Shared.Meta.constraints, *BilingualName.Meta.constraints]


class CannedReply(Prepared):
    """Words for the composer, with placeholders. `shortcut` is what is typed after `::`."""

    shortcut = models.SlugField(_("shortcut"), max_length=30, blank=True, allow_unicode=True)
    body_zh = models.TextField(_("Text in Chinese"), max_length=20_000, blank=True)
    body_en = models.TextField(_("Text in English"), max_length=20_000, blank=True)

    class Meta(Prepared.Meta):
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")

    def body_for(self, language) -> str:
        """The text in `language`; the other one where that is missing."""
        first, second = (self.body_zh, self.body_en) if language.startswith("zh") else (self.body_en, self.body_zh)
        return first or second


class Macro(Prepared):
    """Several acts with one key. `acts` is a list of `{"do": …}` rows, see `tickets.services.macros`."""

    acts = models.JSONField(default=list)

    class Meta(Prepared.Meta):
        verbose_name = _("macro")


class TicketTemplate(Prepared):
    """A new ticket half filled in, with its checklist: one step a line, `!` before a mandatory one."""

    title = models.CharField(_("title"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=20_000, blank=True)
    service = models.ForeignKey(
        "cmdb.Service", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("service")
    )
    category = models.ForeignKey(
        "tickets.Category", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("category"),
    )  # fmt: skip
    impact = models.PositiveSmallIntegerField(_("impact"), choices=Level.choices, default=Level.LOW)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Level.choices, default=Level.MEDIUM)
    checklist = models.TextField(_("checklist"), max_length=4_000, blank=True)
    solution = models.TextField(_("usual solution"), max_length=10_000, blank=True)

    class Meta(Prepared.Meta):
        verbose_name = _("ticket template")
