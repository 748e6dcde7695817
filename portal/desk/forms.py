"""What the desk's pages send: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Team, User
from cmdb.forms.picking import ItemsField
from cmdb.models import Service
from portal.forms import SendingField
from tickets.forms import TransitionForm
from tickets.models import (
    Category,
    Channel,
    Level,
    Priority,
    ResolutionCode,
    SavedView,
    Ticket,
    TicketLink,
    TicketTemplate,
)
from tickets.models.sharing import Shared

LEVELS = Level.choices
ROWS = {"rows": 4}


class ComposerForm(forms.Form):
    """A reply or a note. `code` is used by "send and resolve" only."""

    body = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    code = forms.ChoiceField(label=_("Resolved by"), choices=ResolutionCode.choices, required=False, initial="fixed")


class DeskTransitionForm(TransitionForm):
    """A transition's form with people grouped by team, and only sensible teams to escalate to."""

    def __init__(self, transition, ticket, user, data=None, **kwargs):
        super().__init__(transition, ticket, user, data, **kwargs)
        if "team" in self.fields and transition.name == "escalate":
            higher = self.fields["team"].queryset
            if ticket.team is not None:
                higher = higher.filter(line__gt=ticket.team.line)
            self.fields["team"].queryset = higher
            self.fields["team"].initial = higher.first()
        if "assignee" in self.fields:
            self.fields["assignee"].widget.choices = people_by_team(self.fields["team"].queryset)


def people_by_team(teams):
    """Select options: nobody, then the members of each of these teams under its name."""
    groups = {}
    rows = Membership.objects.filter(team__in=teams, user__is_active=True).select_related("team", "user")
    for row in rows.order_by("team__line", "team__slug", "user__name"):
        groups.setdefault(row.team.name, []).append((row.user_id, row.user.display_name))
    return [("", _("Nobody yet: the team's queue")), *groups.items()]


class PropertiesForm(forms.Form):
    """Properties edited in place. `changes()` gives only those that differ from the ticket."""

    title = forms.CharField(label=_("Title"), max_length=200)
    impact = forms.TypedChoiceField(label=_("Impact"), choices=LEVELS, coerce=int)
    urgency = forms.TypedChoiceField(label=_("Urgency"), choices=LEVELS, coerce=int)
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int)
    priority_reason = forms.CharField(label=_("Reason for the priority"), max_length=200, required=False)
    service = forms.ModelChoiceField(None, label=_("Service"), required=False, empty_label="—")
    category = forms.ModelChoiceField(None, label=_("Category"), required=False, empty_label="—")
    contact = forms.CharField(label=_("Contact"), max_length=120, required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)

    def __init__(self, ticket, user, data=None, **kwargs):
        super().__init__(data, initial={name: getattr(ticket, name) for name in self.base_fields}, **kwargs)
        self.ticket = ticket
        self.fields["service"].queryset = Service.objects.visible_to(user).filter(is_active=True)
        self.fields["category"].queryset = Category.objects.filter(is_active=True)

    def changes(self) -> dict:
        given = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        changed = {name: value for name, value in given.items() if value != getattr(self.ticket, name)}
        if "priority" in changed and "priority_reason" in given:
            changed["priority_reason"] = given["priority_reason"]
        elif changed.keys() & {"impact", "urgency"}:
            changed.pop("priority_reason", None)
        return changed


class PriorityForm(forms.Form):
    """`1`–`4`: another priority than the matrix gives needs its reason."""

    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int)
    priority_reason = forms.CharField(
        label=_("Reason for another priority than the matrix gives"), max_length=200, required=False
    )


class OtherTicketField(forms.CharField):
    """A visible ticket by its number."""

    def __init__(self, user, **kwargs):
        super().__init__(max_length=20, **kwargs)
        self.user = user
        self.widget.attrs |= {"autocapitalize": "characters", "autocomplete": "off", "placeholder": "INC000042"}

    def clean(self, value):
        number = super().clean(value).strip().upper()
        if not number:
            return None
        ticket = Ticket.objects.visible_to(self.user).filter(number=number.replace("\0", "")).first()
        if ticket is None:
            raise forms.ValidationError(_("There is no ticket %(number)s that you may see.") % {"number": number[:20]})
        return ticket


class PersonField(forms.CharField):
    """One person, by login, staff number, e-mail, full name, or anything that fits one person only."""

    def __init__(self, user, **kwargs):
        super().__init__(max_length=120, **kwargs)
        self.user = user
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return None
        people = User.objects.visible_to(self.user).active()
        exact = people.filter(username=text.lower()) | people.filter(staff_number__iexact=text)
        exact |= people.filter(email__iexact=text) | people.filter(name=text)
        fitting = list(exact[:2]) or list(people.matching(text)[:2])
        if not fitting:
            raise forms.ValidationError(_("Nobody of that name was found."))
        if len(fitting) > 1:
            raise forms.ValidationError(_("Several people fit. Choose one from the list."))
        return fitting[0]


class LinkForm(forms.Form):
    kind = forms.ChoiceField(label=_("This ticket"), choices=TicketLink.Kind.choices)

    def __init__(self, user, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["other"] = OtherTicketField(user, label=_("Other ticket"))


class NumberForm(forms.Form):
    """One other ticket; an empty number is allowed only where it means something (no parent)."""

    def __init__(self, user, data=None, *, label, required=True, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["other"] = OtherTicketField(user, label=label, required=required)


class SplitForm(forms.Form):
    title = forms.CharField(label=_("Title of the other fault"), max_length=200)
    description = forms.CharField(
        label=_("Description"), required=False, max_length=20_000, widget=forms.Textarea(attrs=ROWS)
    )
    sending = SendingField(required=False)

    def __init__(self, user, data=None, **kwargs):
        super().__init__(data, **kwargs)


class WatcherForm(forms.Form):
    def __init__(self, user, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["person"] = PersonField(user, label=_("Who shall follow this ticket?"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs=ROWS))

    def __init__(self, user, data=None, **kwargs):
        super().__init__(data, **kwargs)


class NewTicketForm(forms.Form):
    """A ticket taken down for somebody, usually on the phone."""

    title = forms.CharField(label=_("What is the matter?"), max_length=200)
    description = forms.CharField(
        label=_("Description"), required=False, max_length=20_000, widget=forms.Textarea(attrs=ROWS)
    )
    service = forms.ModelChoiceField(None, label=_("Service"))
    category = forms.ModelChoiceField(None, label=_("Category"), required=False, empty_label="—")
    impact = forms.TypedChoiceField(label=_("Impact"), choices=LEVELS, coerce=int, initial=3)
    urgency = forms.TypedChoiceField(label=_("Urgency"), choices=LEVELS, coerce=int, initial=2)
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial=Channel.PHONE)
    contact = forms.CharField(label=_("Contact"), max_length=120, required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    take_it = forms.BooleanField(label=_("I take it myself"), required=False, initial=True)
    template = forms.ModelChoiceField(None, label=_("Template"), required=False, empty_label="—")
    items = ItemsField(label=_("Affected items"))
    solution = forms.CharField(
        label=_("What solved it"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only for “Create and resolve”; the requester reads this."),
    )  # fmt: skip
    sending = SendingField(required=False)

    field_order = ["caller", "title"]

    def __init__(self, user, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["caller"] = PersonField(user, label=_("Who is calling?"))
        self.fields["service"].queryset = Service.objects.visible_to(user).filter(is_active=True)
        self.fields["category"].queryset = Category.objects.filter(is_active=True)
        self.fields["template"].queryset = TicketTemplate.objects.visible_to(user).filter(is_active=True)
        self.fields["items"].read_by(user)
        self.order_fields(self.field_order)


class AffectedForm(forms.Form):
    """Items beside those that a ticket affects already."""

    items = ItemsField(label=_("Find an affected item"), required=True)

    def __init__(self, user, data=None):
        super().__init__(data, auto_id="affected-%s")
        self.fields["items"].read_by(user)


class SharedForm(forms.ModelForm):
    """Something shared at the desk: for oneself, for one of one's teams, for everybody."""

    def __init__(self, user, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["team"].queryset = Team.objects.active().filter(pk__in=user.team_ids)
        self.fields["team"].label = _("Team")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("audience") != Shared.Audience.TEAM:
            cleaned["team"] = None
        elif cleaned.get("team") is None:
            cleaned["team"] = self.fields["team"].queryset.first()
            if cleaned["team"] is None:
                self.add_error("team", _("You belong to no team."))
        return cleaned


class SavedViewForm(SharedForm):
    """Name and audience; the query comes from the address it is made from."""

    class Meta:
        model = SavedView
        fields = ["name", "audience", "team"]
