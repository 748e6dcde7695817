"""What keepers of reading paths send, and the answers of who reads them: shape only."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import PersonField, ServiceForm
from accounts.models import Skill, Team
from knowledge.models import Article, PathStep, Question, ReadingPath


def _lines(count):
    return forms.Textarea(attrs={"rows": count})


class PathForm(ServiceForm):
    owner = PersonField(label=_("Who answers for it"), required=False)

    class Meta:
        model = ReadingPath
        fields = [
            "name_zh", "name_en", "purpose_zh", "purpose_en", "owner", "team", "role", "days", "pass_mark", "tries",
            "valid_months", "skill", "is_active",
        ]  # fmt: skip
        widgets = {"purpose_zh": _lines(2), "purpose_en": _lines(2)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.active()
        self.fields["skill"].queryset = Skill.objects.filter(is_active=True)


class StepForm(ServiceForm):
    article = forms.CharField(
        label=_("Article (number)"),
        max_length=20,
        required=False,
        help_text=_("Like KB00012; empty for a text or link."),
    )

    url = forms.URLField(label=_("link"), max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = PathStep
        fields = ["article", "title_zh", "title_en", "text_zh", "text_en", "url", "minutes"]
        widgets = {"text_zh": _lines(5), "text_en": _lines(5)}

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.article_id:
            self.initial["article"] = self.instance.article.number

    def clean_article(self):
        typed = self.cleaned_data["article"].strip().upper().removeprefix("KB")
        if not typed:
            return None
        known = Article.objects.visible_to(self.user)
        article = (
            known.filter(pk=int(typed)).first() if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
        )
        if article is None:
            raise forms.ValidationError(gettext("There is no such article."))
        return article


class QuestionForm(ServiceForm):
    """A question with its answers, one a line in each language, a star before the right ones."""

    options_zh = forms.CharField(
        label=_("Answers in Chinese"), required=False, max_length=3000, widget=_lines(4),
        help_text=_("One a line, a star (*) before each right one."),
    )  # fmt: skip
    options_en = forms.CharField(
        label=_("Answers in English"), required=False, max_length=3000, widget=_lines(4),
        help_text=_("The same answers in the same order; the stars may be left out."),
    )  # fmt: skip

    class Meta:
        model = Question
        fields = ["step", "text_zh", "text_en", "options_zh", "options_en", "explanation_zh", "explanation_en"]
        widgets = {"explanation_zh": _lines(2), "explanation_en": _lines(2)}

    def __init__(self, path, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = path.steps.filter(is_active=True).select_related("article")
        self.fields["step"].empty_label = _("The end of the path")
        for language in ("zh", "en"):
            self.initial[f"options_{language}"] = _typed(self.instance.options or [], language)

    def clean(self):
        given = super().clean()
        zh, en = (_parsed(given.get(f"options_{language}", "")) for language in ("zh", "en"))
        if zh and en and len(zh) != len(en):
            raise forms.ValidationError(
                {"options_en": gettext("Both languages need the same answers in the same order.")}
            )
        if (
            any(right for _text, right in zh)
            and any(right for _text, right in en)
            and [r for _t, r in zh] != [r for _t, r in en]
        ):
            raise forms.ValidationError(
                {"options_en": gettext("The stars stand before other answers than in Chinese.")}
            )
        blank = [("", False)] * max(len(zh), len(en))
        given["options"] = [
            {"zh": a, "en": b, "is_right": is_right or is_right_too}
            for (a, is_right), (b, is_right_too) in zip(zh or blank, en or blank, strict=True)
        ]
        return given

    def values(self) -> dict:
        return {key: value for key, value in self.cleaned_data.items() if not key.startswith("options_")}


def _parsed(text) -> list[tuple[str, bool]]:
    lines = [line.strip() for line in text.splitlines()]
    return [(line.lstrip("*＊").strip(), line[0] in "*＊") for line in lines if line.lstrip("*＊").strip()]


def _typed(options, language) -> str:
    texts = [(option[language], option["is_right"]) for option in options]
    return (
        "\n".join(f"{'*' if is_right else ''}{text}" for text, is_right in texts) if any(t for t, _r in texts) else ""
    )


class GiveForm(forms.Form):
    person = PersonField(label=_("Give it to"))


class AnswerForm(forms.Form):
    """The questions of one quiz. What is sent to the browser are the answers to choose from, never which are right."""

    def __init__(self, questions, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question in questions:
            choices = [(str(place), text) for place, text in enumerate(question.choices)]
            made = _many if question.is_multiple else _one
            self.fields[f"q{question.pk}"] = made(str(question), choices)

    def answers(self) -> dict[int, list[int]]:
        given = {name: value if isinstance(value, list) else [value] for name, value in self.cleaned_data.items()}
        return {int(name[1:]): [int(place) for place in places if place != ""] for name, places in given.items()}


def _one(label, choices):
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect(attrs={"class": "form-check-input"})
    )


def _many(label, choices):
    return forms.MultipleChoiceField(
        label=label, choices=choices, help_text=_("Several answers are right: choose all of them."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )  # fmt: skip
