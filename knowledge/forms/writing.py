"""What writers and reviewers send: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import PersonField
from accounts.models import Department, Organisation
from knowledge import rules
from knowledge.models import Article, Audience
from knowledge.selectors.standards import templates
from knowledge.services.writing import LONGEST_BODY
from knowledge.vocabulary import Language

CHECKBOXES = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})


class NewForm(forms.Form):
    """The beginning of an article; the text comes on the next page, as its template has it."""

    title = forms.CharField(label=_("Title"), max_length=160, help_text=_("As somebody who looks for it would say it."))
    template = forms.ModelChoiceField(
        label=_("Begin with"),
        queryset=templates(),
        empty_label=None,
        help_text=_("Its headings, readers and how long it holds."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)


class TextForm(forms.Form):
    """The text of a draft, with the revision it was read at."""

    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=300,
        required=False,
        help_text=_("One sentence: whom does it help with what?"),
    )
    body = forms.CharField(
        label=_("Text"), max_length=LONGEST_BODY, strip=False, widget=forms.Textarea(attrs={"rows": 22})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class AboutForm(forms.ModelForm):
    """What an article is about, who answers for it, who may read it. Choices are what the writer sees.

    Once it is approved, only who keeps it changes whom it is for and who answers for it: others are not asked.
    """

    EVERYONE = (
        ("", _("Nobody yet, or those chosen below")),
        (Audience.Kind.STAFF, Audience.Kind.STAFF.label),
        (Audience.Kind.EVERYBODY, Audience.Kind.EVERYBODY.label),
    )

    owner = PersonField(label=_("Who answers for it"), required=False)
    everyone = forms.ChoiceField(label=_("Who may read it"), choices=EVERYONE, required=False)
    organisations = forms.ModelMultipleChoiceField(
        label=_("Whole organisations"), queryset=Organisation.objects.none(), required=False, widget=CHECKBOXES
    )
    departments = forms.ModelMultipleChoiceField(
        label=_("Departments"), queryset=Department.objects.none(), required=False, widget=CHECKBOXES
    )

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    KEPT = ("owner", "everyone", "organisations", "departments")

    class Meta:
        model = Article
        fields = ["kind", "service", "category", "item", "owner"]
        labels = {"item": _("Item (short name)")}
        widgets = {"item": forms.TextInput}

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("service", "item"):
            visible = self.fields[name].queryset.visible_to(user).filter(is_active=True)
            self.fields[name].queryset = visible
        self.fields["item"].to_field_name = "slug"
        self.fields["category"].queryset = self.fields["category"].queryset.filter(is_active=True)
        served = Organisation.objects.filter(is_active=True)
        served = served if user.sees_everything else served.filter(pk__in=user.served_organisation_ids)
        self.fields["organisations"].queryset = served
        self.fields["departments"].queryset = Department.objects.filter(organisation__in=served)
        self.is_for_others = self.instance.is_approved and not rules.keeps_article(user, self.instance)
        for name in self.KEPT if self.is_for_others else ():
            del self.fields[name]
        self._show(self.instance)

    def _show(self, article):
        """The audience there is, and the item by the name people type."""
        rows = list(article.audience.all())
        self.initial |= {
            "revision": article.revision,
            "item": article.item.slug if article.item_id else "",
            "everyone": next((row.kind for row in rows if row.kind in ("everybody", "staff")), ""),
            "organisations": [row.organisation_id for row in rows if row.organisation_id],
            "departments": [row.department_id for row in rows if row.department_id],
        }

    def _post_clean(self):
        """Nothing: the service writes."""

    def about(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}

    def audience(self) -> list[Audience] | None:
        """Unsaved rows; groups the writer does not serve stay as they are. None where they were not asked."""
        given = self.cleaned_data
        if self.is_for_others:
            return None
        rows = [Audience(kind=given["everyone"])] if given["everyone"] else []
        rows += [Audience(kind=Audience.Kind.ORGANISATION, organisation=one) for one in given["organisations"]]
        rows += [Audience(kind=Audience.Kind.DEPARTMENT, department=one) for one in given["departments"]]
        return rows + self._beyond_reach()

    def _beyond_reach(self):
        offered = {name: set(self.fields[name].queryset.values_list("pk", flat=True))
                   for name in ("organisations", "departments")}  # fmt: skip
        kept = []
        for row in self.instance.audience.all():
            if row.organisation_id and row.organisation_id not in offered["organisations"]:
                kept.append(Audience(kind=row.kind, organisation_id=row.organisation_id))
            if row.department_id and row.department_id not in offered["departments"]:
                kept.append(Audience(kind=row.kind, department_id=row.department_id))
        return kept


class StepForm(forms.Form):
    """The input of one arrow of the table, with the revision it was decided on."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, step, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.step = step
        for field in step.fields:
            self.fields[field.name] = _FIELDS[field.kind](field)

    def values(self) -> dict:
        return {field.name: self.cleaned_data[field.name] for field in self.step.fields}


def _named(field) -> dict:
    return {"label": field.label, "help_text": field.help, "required": field.required}


_FIELDS = {
    "text": lambda field: forms.CharField(
        **_named(field), max_length=field.max_length, widget=forms.Textarea(attrs={"rows": 4})
    ),
    "date": lambda field: forms.DateField(
        **_named(field), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    ),
    "datetime": lambda field: forms.DateTimeField(
        **_named(field), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    ),
}
