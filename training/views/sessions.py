"""Sessions: the list, one with who comes, calling and changing one, attendance, assessments."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core import clock
from core.access import desk_view
from core.errors import NotAllowed, Refused
from training import rules, services
from training.forms.courses import AssessForm, AttendanceForm, EnrolForm, ReasonForm, SessionForm
from training.models import Course, Enrolment, Session
from training.selectors import sessions as selectors
from training.selectors.plans import planned_for_session, stage_of
from training.views.asking import asked, number_in, posted


@desk_view
@require_safe
def listing(request):
    """What is to come, soonest first; with ?past what was."""
    is_past = "past" in request.GET
    after = number_in(request, "after")
    found, following = selectors.sessions(request.user, clock.now(), is_past=is_past, after=after)
    context = {"sessions": found, "is_past": is_past, "next": following, "is_first": not after}
    return render(request, "training/sessions.html", context)


@desk_view
@require_safe
def page(request, pk):
    session = _found(request, pk)
    rows = selectors.enrolments_of(session)
    for one in rows:
        one.stage = stage_of(one)
        one.may_assess = one.stage == "attended" and rules.assesses(request.user, one.person, session)
        one.may_withdraw = rules.enrols(request.user, one.person, session)
    may_run = rules.runs_session(request.user, session)
    context = {
        "session": session,
        "rows": rows,
        "is_to_come": session.state == "planned" and session.starts_at > clock.now(),
        "steps": session.workflow.available(request.user, session),
        "may_run": may_run,
        "planned": list(planned_for_session(session).select_related("person")) if may_run else [],
        "is_enrolled": any(one.person_id == request.user.pk for one in rows),
        "enrol_form": EnrolForm(),
    }
    return render(request, "training/session.html", context)


@desk_view
def call(request, pk):
    """A session of a course."""
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    if not rules.keeps_courses(request.user):
        raise NotAllowed
    form = SessionForm(posted(request))
    return asked(
        request, form, lambda given: services.keep_session(None, actor=request.user, course=course, **given),
        title=_("New session: %(name)s") % {"name": course.name}, leads_to=_its_page,
        back=reverse("training:course", args=[pk]),
    )  # fmt: skip


@desk_view
def edit(request, pk):
    session = _found(request, pk)
    form = SessionForm(posted(request), instance=session)
    return _step(request, session, form, _("Change the session"), services.keep_session)


@desk_view
def hold(request, pk):
    session = _found(request, pk)
    form = AttendanceForm(session, posted(request))
    return _step(request, session, form, _("Record attendance"), services.hold_session)


@desk_view
def cancel(request, pk):
    return _step(
        request, _found(request, pk), ReasonForm(posted(request)), _("Cancel the session"), services.cancel_session
    )


def _step(request, session, form, title, command):
    if not rules.runs_session(request.user, session):
        raise NotAllowed
    back = reverse("training:session", args=[session.pk])
    return asked(
        request, form, lambda given: command(session, actor=request.user, **given), title=title, leads_to=_its_page,
        back=back,
    )  # fmt: skip


@require_POST
@desk_view
def enrol(request, pk):
    """Oneself, or with `person` somebody else; with `planned` everybody for whom it is planned."""
    session = _found(request, pk)
    people = [request.user]
    if "planned" in request.POST:
        people = [item.person for item in planned_for_session(session).select_related("person")]
    elif "person" in request.POST:
        form = EnrolForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(form.errors["person"]))
            return redirect("training:session", pk)
        people = [get_object_or_404(User.objects.visible_to(request.user), pk=form.cleaned_data["person"].pk)]
    for person in people:
        try:
            services.enrol(session, person, actor=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("training:session", pk)


@require_POST
@desk_view
def withdraw(request, pk):
    enrolment = _enrolment(request, pk)
    services.withdraw(enrolment, actor=request.user)
    return redirect("training:session", enrolment.session_id)


@desk_view
def assess(request, pk):
    """What somebody can do now; passed, it raises their skill."""
    enrolment = _enrolment(request, pk)
    session, person = enrolment.session, enrolment.person
    if not rules.assesses(request.user, person, session):
        raise NotAllowed
    form = AssessForm(posted(request), initial={"assessed_on": clock.now()})
    course = session.course
    words = {"name": person.display_name, "skill": course.skill.name, "level": course.get_level_display()}
    return asked(
        request, form,
        lambda given: services.assess(person, course, actor=request.user, enrolment=enrolment, **given),
        title=_("Assess %(name)s: %(skill)s, %(level)s") % words,
        leads_to=lambda _made: ("training:session", session.pk),
        back=reverse("training:session", args=[session.pk]),
    )  # fmt: skip


def _its_page(session):
    return "training:session", session.pk


def _found(request, pk):
    return get_object_or_404(Session.objects.visible_to(request.user).select_related("course__skill", "trainer"), pk=pk)


def _enrolment(request, pk):
    visible = Enrolment.objects.filter(session__in=Session.objects.visible_to(request.user))
    return get_object_or_404(visible.select_related("session__course__skill", "person"), pk=pk)
