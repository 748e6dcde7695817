"""Forms of the standards articles are measured by: their templates, the checklist, and its answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import ServiceForm
from knowledge.models import ArticleTemplate, QualityAnswer, QualityQuestion


class TemplateForm(ServiceForm):
    class Meta:
        model = ArticleTemplate
        fields = ["name_zh", "name_en", "kind", "body_zh", "body_en", "audience", "review_months", "is_active"]
        widgets = {name: forms.Textarea(attrs={"rows": 10}) for name in ("body_zh", "body_en")}
        help_texts = {
            "body_zh": _("Markdown. {symptom}, {cause} and {solution} take over what a ticket or a problem knows."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("body_zh", "body_en"):
            self.fields[name].strip = False


class QualityQuestionForm(ServiceForm):
    class Meta:
        model = QualityQuestion
        fields = ["name_zh", "name_en", "kind", "is_mandatory", "position", "is_active"]
        labels = {"name_zh": _("Question in Chinese"), "name_en": _("Question in English")}


class ChecklistForm(forms.Form):
    """Each question with its answer and a remark; what was answered before is chosen already."""

    def __init__(self, questions, answers, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        said = {answer.question_id: answer for answer in answers}
        for one in questions:
            before = said.get(one.pk)
            self.fields[f"q{one.pk}"] = forms.ChoiceField(
                label=one.name, choices=QualityAnswer.Answer.choices, required=one.is_mandatory,
                initial=before and before.answer, widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            )  # fmt: skip
            self.fields[f"r{one.pk}"] = forms.CharField(
                label=_("Remark"), max_length=300, required=False, initial=before and before.remark
            )

    def clean(self):
        given = super().clean()
        for one in self.questions:
            if given.get(f"q{one.pk}") == QualityAnswer.Answer.NO and not given.get(f"r{one.pk}", "").strip():
                self.add_error(f"r{one.pk}", _("Say what is missing."))
        return given

    def rows(self):
        """Each question with its two fields, for the page."""
        return [(one, self[f"q{one.pk}"], self[f"r{one.pk}"]) for one in self.questions]

    def answers(self) -> dict:
        given = self.cleaned_data
        return {one.pk: (given[f"q{one.pk}"], given[f"r{one.pk}"]) for one in self.questions if given.get(f"q{one.pk}")}
