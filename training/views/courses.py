"""Courses: the list, one with its sessions and readings, writing one."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import desk_view
from core.errors import NotAllowed
from training import rules, services
from training.forms.courses import CourseForm
from training.models import Course
from training.selectors.courses import readings_of
from training.selectors.sessions import sessions_of
from training.views.asking import asked, number_in, posted


@desk_view
@require_safe
def listing(request):
    courses = Course.objects.visible_to(request.user).select_related("skill").order_by("-is_active", *_BY_SKILL)
    context = {"courses": list(courses), "may_keep": rules.keeps_courses(request.user)}
    return render(request, "training/courses.html", context)


_BY_SKILL = ("skill__slug", "level", "pk")


@desk_view
@require_safe
def page(request, pk):
    course = get_object_or_404(Course.objects.visible_to(request.user).select_related("skill"), pk=pk)
    context = {
        "course": course,
        "sessions": sessions_of(course),
        "readings": readings_of(course, request.user),
        "assessments": list(course.assessments.select_related("person", "assessor")[:20]),
        "may_keep": rules.keeps_courses(request.user),
    }
    return render(request, "training/course.html", context)


@desk_view
def edit(request, pk=None):
    """Write a course; a button of the report of gaps says for which skill and level."""
    if not rules.keeps_courses(request.user):
        raise NotAllowed
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk) if pk else None
    initial = {name: number_in(request, name) for name in ("skill", "level") if number_in(request, name)}
    form = CourseForm(request.user, posted(request), instance=course, initial=initial)
    return asked(
        request, form, lambda given: services.keep_course(course, actor=request.user, **given),
        title=course.name if course else _("New course"), leads_to=lambda made: ("training:course", made.pk),
        back=reverse("training:course", args=[pk]) if pk else reverse("training:courses"),
    )  # fmt: skip
