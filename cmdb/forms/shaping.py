"""Classes, attributes and verbs as their keepers write them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import ServiceForm
from cmdb.models import Attribute, ItemClass, RelationType


class ClassForm(ServiceForm):
    class Meta:
        model = ItemClass
        fields = ["slug", "name_zh", "name_en", "parent", "family", "icon", "stale_after", "is_abstract"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["slug"]

    def clean(self):
        return _named(self)


class AttributeForm(ServiceForm):
    options = forms.CharField(
        label=_("Choices"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: value | Chinese | English."),
    )  # fmt: skip

    class Meta:
        model = Attribute
        fields = [
            "key", "name_zh", "name_en", "kind", "unit", "options", "is_required", "is_recommended", "is_unique",
            "position",
        ]  # fmt: skip

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["key"]
            lines = (" | ".join([value, *words]) for value, words in self.instance.choices.items())
            self.initial["options"] = "\n".join(lines)

    def clean(self):
        cleaned = _named(self)
        choices = {}
        for line in cleaned.pop("options", "").splitlines():
            value, *words = [part.strip() for part in line.split("|")]
            if value:
                zh, en = [*words, value, value][:2] if len(words) != 1 else (words[0], words[0])
                choices[value] = [zh, en]
        if cleaned.get("kind") == "choice" and not choices:
            self.add_error("options", _("Name at least one choice."))
        return cleaned | {"choices": choices}


class VerbForm(ServiceForm):
    class Meta:
        model = RelationType
        fields = ["slug", "name_zh", "name_en", "reverse_zh", "reverse_en", "impact"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["slug"]

    def clean(self):
        cleaned = _named(self)
        slug = cleaned.get("slug")
        if slug and RelationType.objects.filter(slug=slug).exists():
            self.add_error("slug", _("This short name is taken."))
        return cleaned


def _named(form):
    cleaned = form.cleaned_data
    if not (cleaned.get("name_zh") or cleaned.get("name_en")):
        form.add_error("name_zh", _("Give it a name in at least one language."))
    slug = cleaned.get("slug")
    if slug and isinstance(form, ClassForm) and ItemClass.objects.filter(slug=slug).exists():
        form.add_error("slug", _("This short name is taken."))
    return cleaned
