"""Forms that follow the workflow table. Portal, desk and API parse a transition's input with the same one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from cmdb.models import Service
from core.errors import InvalidInput
from tickets.models import Ticket


class TransitionForm(forms.Form):
    """The inputs of one transition for one person; `values()` gives what `take_transition` takes as `values`.

    Related choices hold only what the person may see. Fields that the transition does not have are refused by
    `values_or_refuse`, never ignored.
    """

    error_css_class = "is-invalid"

    def __init__(self, transition, ticket, user, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.transition = transition
        for field in transition.fields:
            self.fields[field.name] = _form_field(field, ticket, user)
            if field.name in ("service", "team") and data is None:
                self.fields[field.name].initial = getattr(ticket, f"{field.name}_id", None)

    def values(self) -> dict:
        """Cleaned values that were given; call only when `is_valid()`."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def values_or_refuse(self) -> dict:
        """`values()`, or InvalidInput with every problem by field (missing, malformed, foreign)."""
        foreign = set(self.data) - set(self.fields)
        problems = {name: [_("This action does not take this field.")] for name in sorted(foreign)}
        if not self.is_valid():
            problems |= {name: list(messages) for name, messages in self.errors.items()}
        if problems:
            raise InvalidInput(problems)
        return self.values()


def _form_field(field, ticket, user):
    common = {"label": field.label, "required": field.required, "help_text": field.help}
    match field.kind:
        case "choice":
            choices = field.choices if field.required else [("", "—"), *field.choices]
            return forms.ChoiceField(choices=choices, **common)
        case "team":
            return forms.ModelChoiceField(teams_for([ticket.organisation_id], user), **common)
        case "person":
            return forms.ModelChoiceField(workers_of(teams_for([ticket.organisation_id], user), user), **common)
        case "ticket":
            return forms.ModelChoiceField(
                Ticket.objects.visible_to(user), to_field_name="number", widget=forms.TextInput, **common
            )
        case "service":
            return forms.ModelChoiceField(Service.objects.visible_to(user).filter(is_active=True), **common)
        case "datetime":
            widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            return forms.DateTimeField(widget=widget, validators=[_is_within_reach], **common)
    return forms.CharField(max_length=field.max_length, widget=forms.Textarea(attrs={"rows": 3}), **common)


def teams_for(organisations, user):
    """Teams that tickets of these organisations may be handed to: another one could not see what it was given."""
    return Team.objects.visible_to(user).active().serving(organisations)


def workers_of(teams, user):
    """People that tickets of these teams may be given to."""
    return User.objects.visible_to(user).active().filter(teams__in=teams).distinct()


def _is_within_reach(at):
    """Work is planned for years, not for millennia; the calendar's far end also overflows in some time zones."""
    if not 2000 <= at.year <= 2100:
        raise forms.ValidationError(_("Choose a date between 2000 and 2100."))
