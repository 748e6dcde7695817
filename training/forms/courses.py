"""Forms of courses, plans, sessions and assessments: shape only."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import PersonField, ServiceForm
from accounts.forms.skills import evidence_link
from accounts.models import Skill, User
from core import clock
from knowledge.models import Article
from training.forms.skills import date_input
from training.models import Assessment, Course, Plan, Session
from training.vocabulary import Seat


def _moment():
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ArticlesField(forms.CharField):
    """Articles by their numbers, as they stand on their pages; those that the writer may read."""

    def __init__(self, **options):
        super().__init__(max_length=500, required=False, **options)
        self.readable = Article.objects.none()

    def prepare_value(self, value):
        return value if isinstance(value, str) else ", ".join(one.number for one in value or ())

    def clean(self, value):
        numbers = super().clean(value).replace("，", ",").replace("、", ",").split(",")
        found = []
        for number in filter(None, map(str.strip, numbers)):
            digits = number.upper().removeprefix("KB")
            is_number = digits.isascii() and digits.isdecimal() and len(digits) < 10
            article = self.readable.filter(pk=int(digits)).first() if is_number else None
            if article is None:
                raise forms.ValidationError(_("There is no article %(number)s."), params={"number": number[:20]})
            found.append(article)
        return found


class CourseForm(ServiceForm):
    articles = ArticlesField(
        label=_("To read"), help_text=_("Numbers of articles to read before it or instead, such as KB00012, KB00034.")
    )

    class Meta:
        model = Course
        fields = [
            "name_zh", "name_en", "skill", "level", "hours", "cost", "provider", "valid_months", "description",
            "articles", "is_active",
        ]  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"valid_months": _("Empty: it does not run out.")}

    def __init__(self, user, *args, **options):
        super().__init__(*args, **options)
        self.fields["skill"].queryset = Skill.objects.filter(is_active=True)
        self.fields["articles"].readable = Article.objects.visible_to(user)


class PlanForm(ServiceForm):
    class Meta:
        model = Plan
        fields = ["team", "year", "budget", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, teams, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["team"], self.fields["year"]
        else:
            self.fields["team"].queryset = teams
            self.fields["year"].initial = timezone.localdate(clock.now()).year


class ItemForm(forms.Form):
    """Who of a team takes which course in which year, and why."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    course = forms.ModelChoiceField(label=_("Course"), queryset=Course.objects.none())
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, team, data=None, *, need=None, initial=None):
        super().__init__(data, initial={"year": timezone.localdate(clock.now()).year} | (initial or {}))
        people = team.members.filter(is_active=True).order_by("name", "pk")
        courses = Course.objects.filter(is_active=True)
        if need is not None:
            people = people.exclude(pk__in=[one.user_id for one in need.able])
            courses = courses.filter(skill=need.skill, level__gte=need.level)
        self.fields["person"].queryset, self.fields["course"].queryset = people, courses


class SessionForm(ServiceForm):
    trainer = PersonField(label=_("Trainer"), required=False)

    class Meta:
        model = Session
        fields = ["starts_at", "ends_at", "place", "seats", "trainer", "outside_trainer"]
        widgets = {"starts_at": _moment(), "ends_at": _moment()}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class AttendanceForm(forms.Form):
    attended = forms.ModelMultipleChoiceField(
        label=_("Who was there?"), queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, session, data=None):
        seated = User.objects.filter(session_enrolments__in=session.enrolments.filter(seat=Seat.SEATED)).order_by(
            "name", "pk"
        )
        super().__init__(data, initial={"attended": seated})
        self.fields["attended"].queryset = seated


class EnrolForm(forms.Form):
    person = PersonField(label=_("Person"))


class AssessForm(ServiceForm):
    passed = forms.TypedChoiceField(
        label=_("Result of the assessment"), choices=[("1", _("Passed: the skill is raised")), ("0", _("Not passed"))],
        coerce=lambda value: value == "1", empty_value=None, widget=forms.RadioSelect,
    )  # fmt: skip
    link = evidence_link()

    class Meta:
        model = Assessment
        fields = ["passed", "result", "evidence", "link", "assessed_on"]
        widgets = {"assessed_on": date_input()}
        help_texts = {"result": _("Points, marks or words."), "evidence": _("Number of the certificate, protocol, …")}
