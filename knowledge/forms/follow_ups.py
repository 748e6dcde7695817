"""What became of what readers missed: shape only, the service refuses what does not fit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.models import FollowUp
from knowledge.selectors import follow_ups

ANSWERS = [choice for choice in FollowUp.Outcome.choices if choice[0] in ("mended", "nothing", "duplicate")]


class _VersionField(forms.ModelChoiceField):
    def label_from_instance(self, version):
        return _("Version %(n)s: %(title)s") % {"n": version.number, "title": version.title}


class _FollowUpField(forms.ModelChoiceField):
    def label_from_instance(self, follow_up):
        said = follow_up.comment or _("Readers without a word")
        return f"{said[:80]} ({follow_up.get_outcome_display()})"


class AnswerForm(forms.Form):
    """One outcome, and what it names. What is offered depends on what there is: no later version, nothing mended."""

    outcome = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect)
    mended_by = _VersionField(
        label=_("Mended in version"), queryset=None, required=False, empty_label="–",
        help_text=_("Versions published after the one that was read."),
    )  # fmt: skip
    duplicate_of = _FollowUpField(
        label=_("Said before by"), queryset=None, required=False, empty_label="–",
        help_text=_("Whoever said this is told with the answer to that one."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("In your words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever asked to be told reads this. Owed where there is nothing to mend."),
    )  # fmt: skip

    def __init__(self, follow_up, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = {
            "mended_by": follow_ups.versions_that_may_mend(follow_up),
            "duplicate_of": follow_ups.repeatable(follow_up),
        }
        of = {"mended_by": FollowUp.Outcome.MENDED, "duplicate_of": FollowUp.Outcome.DUPLICATE}
        closed = set()
        for name, rows in offered.items():
            self.fields[name].queryset = rows
            if not rows.exists():
                closed.add(of[name])
                del self.fields[name]
        self.fields["outcome"].choices = [choice for choice in ANSWERS if choice[0] not in closed]
        if "mended_by" in self.fields:
            latest = offered["mended_by"].first()
            self.initial = {"outcome": FollowUp.Outcome.MENDED, "mended_by": latest}
