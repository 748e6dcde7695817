"""An address that people write to."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.secrets import LOST, SecretField


class Mailbox(models.Model):
    """Letters come by IMAP from `host`, or through `manage.py receive_mail` where `host` is empty.

    `secret` is written, encrypted and never shown; it is sent to `host` only, and giving another host asks for it anew.
    A letter that opens a ticket gives it `service` and `team`.
    """

    class Security(models.TextChoices):
        TLS = "tls", _("TLS")
        STARTTLS = "starttls", _("STARTTLS")
        NONE = "none", _("None (this machine only)")

    class Strangers(models.TextChoices):
        QUARANTINE = "quarantine", _("Keep the letter in quarantine")
        CONTACT = "contact", _("Add them as a contact of the organisation")

    name = models.CharField(_("mailbox"), max_length=80)
    address = models.EmailField(_("address"))
    is_active = models.BooleanField(_("active"), default=True)
    service = models.ForeignKey("cmdb.Service", on_delete=models.PROTECT, related_name="+", verbose_name=_("service"))
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("team")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    strangers = models.CharField(
        _("unknown senders"), max_length=10, choices=Strangers.choices, default=Strangers.QUARANTINE
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organisation of new contacts"),
    )
    host = models.CharField(_("IMAP server"), max_length=200, blank=True)
    port = models.PositiveIntegerField(_("port"), default=993)
    security = models.CharField(_("encryption"), max_length=8, choices=Security.choices, default=Security.TLS)
    login = models.CharField(_("login"), max_length=200, blank=True)
    secret = SecretField(_("password"), blank=True, default="")
    folder = models.CharField(_("folder"), max_length=200, default="INBOX")
    done_folder = models.CharField(_("move what was taken in to"), max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    succeeded_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_error = models.TextField(blank=True, default="", editable=False)

    ledger_kind = "mailbox"

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("mailbox")
        constraints = [
            models.UniqueConstraint(Lower("address"), name="mailbox_address_unique_ignoring_case"),
            models.CheckConstraint(
                condition=models.Q(strangers="quarantine") | models.Q(organisation__isnull=False),
                name="mailbox_contacts_have_an_organisation",
                violation_error_message=_("Choose the organisation that new contacts belong to."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def trouble(self) -> str:
        """Why no letters are fetched, in the reader's language where that is known without asking the server."""
        return gettext(LOST) if self.secret.is_lost else self.last_error
