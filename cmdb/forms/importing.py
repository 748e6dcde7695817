"""A file to import, what its columns mean, and the settings of a source."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import ServiceForm
from cmdb.authority import HAND, HIGHEST, USUAL
from cmdb.forms.items import served
from cmdb.models import ItemClass, Source
from cmdb.services.importing import known_targets
from cmdb.targets import is_relation
from cmdb.vocabulary import SourceKind
from core.readers import LONGEST_FILE

MOST_RULES = 5


def importable():
    return ItemClass.objects.filter(is_abstract=False).exclude(family="service")


class UploadForm(forms.Form):
    """A file of a known source, or of a new one that is named here."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, XLSX or a JSON list; the first line names the columns. Chinese in GB18030 is recognised."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.json"}),
    )
    source = forms.ModelChoiceField(label=_("Source"), queryset=Source.objects.none(), required=False)
    name = forms.CharField(label=_("Name of the new source"), max_length=120, required=False)
    item_class = forms.ModelChoiceField(
        label=_("Class of its items"), queryset=ItemClass.objects.none(), to_field_name="slug", required=False
    )
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None, required=False)

    def __init__(self, user, *data, **options):
        super().__init__(*data, **options)
        self.fields["source"].queryset = Source.objects.visible_to(user).filter(kind=SourceKind.FILE, is_active=True)
        self.fields["source"].empty_label = _("A new source")
        self.fields["source"].help_text = _("It remembers what the columns mean, and how far its word counts.")
        self.fields["item_class"].queryset = importable()
        self.fields["organisation"].queryset = served(user)

    def clean_file(self):
        given = self.cleaned_data["file"]
        if given.size > LONGEST_FILE:
            text = _("The file is larger than %(limit)s MB.")
            raise forms.ValidationError(text, params={"limit": LONGEST_FILE // 2**20})
        return given

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("source"):
            for name in ("name", "item_class"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A new source needs this."))
        return cleaned


class ColumnsForm(forms.Form):
    """One choice a column; fields are named by place, since a heading may hold anything."""

    def __init__(self, run, columns, data=None, *, initial=None):
        super().__init__(data)
        self.columns = columns
        known = known_targets(run.source).items()
        related = [one for one in known if is_relation(one[0])]
        choices = [("", _("– leave out –")), *(one for one in known if one not in related), (_("Relations"), related)]
        for place, column in enumerate(columns):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column, choices=choices, required=False, initial=(initial or {}).get(column, "")
            )

    def named(self) -> dict:
        return {column: self.cleaned_data[f"column_{place}"] for place, column in enumerate(self.columns)}

    def refuse(self, problems):
        """Show what a service says of columns beside them."""
        for column, words in problems.items():
            place = f"column_{self.columns.index(column)}" if column in self.columns else None
            for word in words:
                self.add_error(place, word)


class SourceForm(ServiceForm):
    """A source, its rules (each one or two targets that must be equal) and the authority of single attributes."""

    class Meta:
        model = Source
        fields = ["slug", "name_zh", "name_en", "kind", "item_class", "organisation", "begins_as", "creates", "rank",
                  "is_active"]  # fmt: skip

    rank = forms.IntegerField(label=_("authority"), min_value=1, max_value=HIGHEST, initial=USUAL)

    def __init__(self, user, *data, **options):
        super().__init__(*data, **options)
        self.fields["item_class"].queryset = importable()
        self.fields["organisation"].queryset = served(user)
        self.fields["rank"].help_text = _(
            "From 1 to %(most)s. What people write counts %(hand)s: a source above it corrects them, one below only "
            "fills what they left open."
        ) % {"most": HIGHEST, "hand": HAND}
        self.fields["begins_as"].help_text = _("Live at once only where the record is complete; else being deployed.")
        if self.instance.pk:
            for name in ("slug", "kind"):
                del self.fields[name]
            self._ask_details()

    def _ask_details(self):
        known = {t: name for t, name in known_targets(self.instance).items() if not is_relation(t)}
        compared = [(target, name) for target, name in known.items() if target not in ("key", "item_class")]
        for place in range(MOST_RULES):
            rule = self.instance.rules[place] if place < len(self.instance.rules) else []
            for part in (0, 1):
                self.fields[f"rule_{place}_{part}"] = forms.ChoiceField(
                    label=_("Rule %(number)s") % {"number": place + 1} if not part else _("and"),
                    choices=[("", "–"), *compared], required=False, initial=rule[part] if part < len(rule) else "",
                )  # fmt: skip
        for target, name in known.items():
            if target not in ("key", "slug", "item_class"):
                self.fields[f"rank_{target}"] = forms.IntegerField(
                    label=name, min_value=1, max_value=HIGHEST, required=False, initial=self.instance.ranks.get(target)
                )

    def about(self):
        return [self[name] for name in self.fields if not name.startswith(("rule_", "rank_"))]

    def rule_fields(self):
        return [self[name] for name in self.fields if name.startswith("rule_")]

    def rank_fields(self):
        return [self[name] for name in self.fields if name.startswith("rank_")]

    def facts(self) -> dict:
        """What a service stores: the plain fields, and for a source that exists its rules and ranks."""
        given = self.cleaned_data
        found = {name: value for name, value in given.items() if not name.startswith(("rule_", "rank_"))}
        if not self.instance.pk:
            return found
        pairs = [[given[f"rule_{place}_{part}"] for part in (0, 1)] for place in range(MOST_RULES)]
        rules = [list(dict.fromkeys(target for target in pair if target)) for pair in pairs]
        ranks = {name.removeprefix("rank_"): rank for name, rank in given.items() if name.startswith("rank_") and rank}
        return found | {"rules": [rule for rule in rules if rule], "ranks": ranks}
