"""A mailbox as an administrator writes it down, and what the list of letters is narrowed by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import ServiceForm
from accounts.models import Team
from cmdb.models import Service
from integrations.models import Mailbox
from integrations.vocabulary import State


class MailboxForm(ServiceForm):
    secret = forms.CharField(
        label=_("Password"),
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Never shown again. Empty keeps the one that is stored."),
    )

    # Two groups of the page: what becomes of letters, and where they lie.
    ABOUT = ("name", "address", "language", "service", "team", "strangers", "organisation", "is_active")
    SERVER = ("host", "port", "security", "login", "secret", "folder", "done_folder")

    class Meta:
        model = Mailbox
        fields = [
            "name", "address", "language", "service", "team", "strangers", "organisation", "is_active",
            "host", "port", "security", "login", "secret", "folder", "done_folder",
        ]  # fmt: skip
        help_texts = {
            "address": _("What people write to. Answers come to the same address with a code behind a plus."),
            "organisation": _("Give strangers an organisation of their own: people see who else belongs to theirs."),
            "host": _("Empty when a mail server hands letters over by the command receive_mail."),
            "done_folder": _("Empty leaves letters where they are, marked as read."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["service"].queryset = Service.objects.filter(is_active=True)
        self.fields["team"].queryset = Team.objects.active()

    def about(self):
        return [self[name] for name in self.ABOUT]

    def server(self):
        return [self[name] for name in self.SERVER]


class LetterFilter(forms.Form):
    """Wrong values are ignored, not shown as nothing."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All letters")), *State.choices])
    mailbox = forms.ModelChoiceField(
        Mailbox.objects.all(), label=_("Mailbox"), required=False, empty_label=_("Every mailbox")
    )
    search = forms.CharField(label=_("Sender or subject"), required=False, max_length=100)

    def narrowing(self) -> dict:
        """The valid values as `selectors.inbound` takes them."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
