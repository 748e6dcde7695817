"""Items, relations and what is said about them, as typed."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.service_form import PersonField
from accounts.models import Organisation, Team
from cmdb.models import ConfigurationItem, ItemClass, RelationType
from cmdb.vocabulary import Environment, Lack, Trust
from cmdb.workflow import ITEM

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _any(choices):
    return [("", _("All")), *choices]


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Name, number or address"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("Life cycle"), required=False, choices=_any(ITEM.choices()))
    trust = forms.ChoiceField(label=_("Trust"), required=False, choices=_any(Trust.choices))
    lacks = forms.ChoiceField(label=_("Lacks"), required=False, choices=_any(Lack.choices))
    exactly = forms.BooleanField(label=_("Not the classes below"), required=False)
    environment = forms.ChoiceField(label=_("Environment"), required=False, choices=_any(Environment.choices))
    team = forms.ModelChoiceField(label=_("Support team"), queryset=Team.objects.none(), required=False)
    location = forms.ModelChoiceField(label=_("Location"), queryset=ConfigurationItem.objects.none(), required=False)

    def __init__(self, user, data):
        super().__init__(data)
        classes = ItemClass.objects.select_related("parent")
        self.fields["class"] = forms.ChoiceField(
            label=_("Class"), required=False, choices=_any([(one.slug, one.name) for one in classes])
        )
        self.fields["team"].queryset = Team.objects.visible_to(user).active()
        self.fields["location"].queryset = places(user)
        for name in ("team", "location"):
            self.fields[name].empty_label = _("All")
        self.order_fields(["q", "class", "exactly", "state", "trust", "lacks", "environment", "team", "location"])

    def asked(self) -> dict:
        """What was asked for; what cannot be read counts as not asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ItemForm(forms.Form):
    """Facts and the attributes of its class, in one form."""

    name_zh = forms.CharField(label=_("Chinese name"), required=False, max_length=120)
    name_en = forms.CharField(label=_("English name"), required=False, max_length=120)
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none(), required=False)
    owner = PersonField(label=_("Owner"), required=False)
    used_by = PersonField(label=pgettext_lazy("item", "Used by"), required=False)
    support_team = forms.ModelChoiceField(label=_("Support team"), queryset=Team.objects.none(), required=False)
    criticality = forms.TypedChoiceField(
        label=_("Criticality"), choices=ConfigurationItem.Criticality.choices, coerce=int, initial=3
    )
    environment = forms.ChoiceField(label=_("Environment"), choices=[("", "–"), *Environment.choices], required=False)
    location = forms.ModelChoiceField(label=_("Location"), queryset=ConfigurationItem.objects.none(), required=False)
    standalone = forms.CharField(
        label=_("Why it stands alone"), required=False, max_length=200,
        help_text=_("Only for what has no relation to anything."),
    )  # fmt: skip
    why = forms.CharField(label=_("Why this change"), required=False, max_length=500)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, user, item_class, data=None, *, is_new=False, **options):
        super().__init__(data, **options)
        self.fields["organisation"].queryset = served(user)
        self.fields["support_team"].queryset = Team.objects.visible_to(user).active()
        self.fields["location"].queryset = places(user)
        self.asked = [one for one in item_class.all_attributes() if one.retired_at is None]
        for one in self.asked:
            self.fields[f"value_{one.key}"] = _field_for(one)
        if is_new:
            self.fields["slug"] = forms.SlugField(
                label=_("Short name"), max_length=80, help_text=_("Its host name or number; it stays for good.")
            )
            self.order_fields(["slug"])
            del self.fields["why"]

    def facts(self) -> dict:
        return {name: v for name, v in self.cleaned_data.items() if name in ItemForm.base_fields and name not in _NOT}

    def values(self) -> dict:
        return {one.key: self.cleaned_data[f"value_{one.key}"] for one in self.asked}


_NOT = ("why", "version", "slug")


def _field_for(attribute):
    label = f"{attribute.name} ({attribute.unit})" if attribute.unit else attribute.name
    words = [word for is_so, word in ((attribute.is_recommended, _("Recommended")),) if is_so]
    options = {"label": label, "required": False, "help_text": words[0] if words else ""}
    if attribute.is_required:
        options["help_text"] = _("Required before it goes live")
    if attribute.kind == "choice":
        named = [(value, attribute.word_for(value)) for value in attribute.choices]
        return forms.ChoiceField(choices=[("", "–"), *named], **options)
    if attribute.kind == "boolean":
        return forms.ChoiceField(choices=[("", "–"), ("True", _("Yes")), ("False", _("No"))], **options)
    widget = DATE if attribute.kind == "date" else forms.TextInput()
    return forms.CharField(max_length=500, widget=widget, **options)


class NewForm(forms.Form):
    item_class = forms.ModelChoiceField(
        label=_("Class"), queryset=ItemClass.objects.filter(is_abstract=False), to_field_name="slug"
    )


class ItemField(forms.CharField):
    """An item that `user` sees, by its short name."""

    def __init__(self, **options):
        super().__init__(
            max_length=120, widget=forms.TextInput(attrs={"list": "item-options", "autocomplete": "off"}),
            help_text=_("Its short name; type a name, serial number or address to find it."), **options,
        )  # fmt: skip
        self.user = None

    def clean(self, value):
        found = ConfigurationItem.objects.visible_to(self.user).filter(slug=super().clean(value).strip())
        item = found.select_related("item_class").first()
        if item is None:
            raise forms.ValidationError(_("There is no item with this short name."))
        return item


class RelateForm(forms.Form):
    """`verb` is the short name of a relation type, with a leading "~" for the other way round."""

    verb = forms.ChoiceField(label=_("Relation"))
    other = ItemField(label=_("To which item"))
    group = forms.CharField(
        label=_("Redundancy group"), required=False, max_length=120,
        help_text=_("Name it when not all providers of this group are needed."),
    )  # fmt: skip
    needed = forms.IntegerField(label=_("How many of the group are needed"), required=False, min_value=1, max_value=999)

    def __init__(self, user, data=None):
        super().__init__(data)
        self.fields["other"].user = user
        choices = []
        for one in RelationType.objects.all():
            choices.append((one.slug, one.name))
            if one.reverse != one.name:
                choices.append((f"~{one.slug}", one.reverse))
        self.fields["verb"].choices = choices


class StepForm(forms.Form):
    """The fields of one arrow of the life cycle, as the table names them."""

    def __init__(self, step, data=None, **options):
        super().__init__(data, **options)
        for one in step.fields:
            widget = forms.HiddenInput() if one.name == "accepted" else forms.TextInput()
            self.fields[one.name] = forms.CharField(
                label=one.label, required=one.required, max_length=one.max_length, widget=widget
            )


class SayForm(forms.Form):
    words = forms.CharField(label=_("In one sentence"), max_length=500)


class BaselineForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    is_whole = forms.BooleanField(label=_("With everything it needs"), required=False)


class DocumentForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    url = forms.URLField(label=_("Web address"), max_length=500, assume_scheme="https")


def places(user):
    return ConfigurationItem.objects.visible_to(user).filter(item_class__family="location").in_use()


def served(user):
    every = Organisation.objects.filter(is_active=True)
    return every if user.sees_everything else every.filter(Q(pk__in=user.served_organisation_ids))
