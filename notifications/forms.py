"""A chat channel as its keeper writes it down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import ServiceForm
from accounts.models import Team
from notifications.models import ChatChannel


def _hidden(label, length, help_text):
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, help_text=help_text)


class OwnChannelForm(ServiceForm):
    """What is written and never shown stays empty on the page."""

    address = _hidden(
        _("Webhook address"),
        1000,
        _("As the platform shows it. Never shown again; empty keeps the one that is stored."),
    )
    secret = _hidden(
        _("Signing secret"),
        200,
        _("For robots that check a signature (DingTalk, Feishu) and for webhooks. Empty keeps the one that is stored."),
    )

    class Meta:
        model = ChatChannel
        fields = ["platform", "address", "secret", "language", "is_active"]


class ChannelForm(OwnChannelForm):
    class Meta(OwnChannelForm.Meta):
        fields = ["name", "team", *OwnChannelForm.Meta.fields]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["team"].queryset = Team.objects.active()
        self.fields["team"].required = True
