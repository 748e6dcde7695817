"""Going along a reading path: one's own paths, a step with its questions, the certificate."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from core.access import signed_in
from core.errors import NotAllowed, Refused
from core.markup import to_html
from knowledge import rules, services
from knowledge.forms.learning import AnswerForm
from knowledge.models import ReadingPath
from knowledge.selectors import learning
from knowledge.views.reading import rendered


@require_safe
@signed_in
def own(request):
    """What one was given to read, what one finished, and what one may take."""
    context = {"enrolments": learning.own(request.user), "offered": learning.to_take(request.user)}
    return render(request, "knowledge/paths/own.html", context)


@require_safe
@signed_in
def path(request, pk):
    """One path as its reader sees it."""
    found = get_object_or_404(ReadingPath.objects.visible_to(request.user).select_related("owner"), pk=pk)
    enrolment = learning.enrolment_of(request.user, found)
    context = {
        "path": found,
        "progress": learning.progress(enrolment) if enrolment else None,
        "certificate": getattr(enrolment, "certificate", None),
        "may_take": rules.takes_path(request.user, found),
        "may_keep": rules.keeps_path(request.user, found),
    }
    return render(request, "knowledge/paths/path.html", context)


@signed_in
@require_POST
def begin(request, pk):
    """Take a path unasked, or once more after its certificate."""
    found = get_object_or_404(ReadingPath.objects.visible_to(request.user), pk=pk)
    try:
        services.give_path(found, request.user, actor=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("knowledge:path", pk)


@signed_in
def step(request, pk, step):
    """One step: read it, say so, or answer its questions."""
    progress = _progress(request, pk)
    standing = next((one for one in progress.steps if one.step.pk == step), None)
    if standing is None:
        raise Http404
    if standing.is_skipped:
        messages.info(request, _("This step is skipped: its article was retired, or is not meant for you."))
        return redirect("knowledge:path", pk)
    if request.method == "POST" and standing.quiz is None:
        return _said_read(request, progress, standing)
    return _quiz_page(request, progress, standing, standing.quiz)


@signed_in
def final(request, pk):
    """The questions at the end."""
    progress = _progress(request, pk)
    if progress.final is None:
        raise Http404
    return _quiz_page(request, progress, None, progress.final)


@never_cache
@require_safe
def certificate(request, code):
    """A certificate to print, for its owner and the desk. Anybody else who was shown its address, visitors too, learns
    whose it is, of what and whether it still holds, and nothing else."""
    if found := learning.certificates(request.user).filter(code=code).first():
        return render(request, "knowledge/paths/certificate.html", {"certificate": found})
    found = learning.certificate_behind(code)
    page = render(request, "knowledge/paths/verify.html", {"certificate": found}, status=200 if found else 404)
    page["X-Robots-Tag"] = "noindex"
    return page


def _progress(request, pk):
    found = get_object_or_404(ReadingPath.objects.visible_to(request.user), pk=pk)
    enrolment = learning.enrolment_of(request.user, found)
    if enrolment is None:
        raise Http404
    return learning.progress(enrolment)


def _said_read(request, progress, standing):
    try:
        services.read_step(progress.enrolment, standing.step, actor=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("knowledge:path", progress.enrolment.path_id)
    return _onward(request, progress.enrolment.path_id)


def _quiz_page(request, progress, standing, quiz):
    """A step or the end, with its questions. What was chosen stays chosen when something is wrong."""
    enrolment, form, status = progress.enrolment, None, 200
    if quiz and request.method == "POST":
        form = AnswerForm(quiz.questions, request.POST)
        status = 422
        if form.is_valid():
            try:
                attempt = services.answer(
                    enrolment, standing and standing.step, actor=request.user, answers=form.answers()
                )
            except NotAllowed:
                raise
            except Refused as refusal:
                add_refusal(form, refusal)
                status = refusal.status
            else:
                return _answered(request, enrolment, standing, attempt)
    elif quiz and quiz.is_open and enrolment.finished_at is None and (standing or progress.may_take_final):
        form = AnswerForm(quiz.questions)
    context = {
        "path": enrolment.path,
        "enrolment": enrolment,
        "standing": standing,
        "progress": progress,
        "quiz": quiz,
        "form": form,
        "review": _reviewed(quiz) if quiz else [],
        **(_text(standing) if standing else {}),
    }
    return render(request, "knowledge/paths/step.html", context, status=status)


def _text(standing):
    if standing.version:
        return rendered(standing.version, standing.version.body)
    return {"html": to_html(standing.step.text), "headings": [], "files": []}


def _reviewed(quiz):
    """What was chosen and what is right, once it was passed: only then is it told."""
    rows = []
    for question in quiz.solutions:
        chosen = set(quiz.last.answers.get(str(question.pk), ()))
        options = [
            {"text": text, "is_right": place in question.right, "is_chosen": place in chosen}
            for place, text in enumerate(question.choices)
        ]
        rows.append({"question": question, "options": options, "is_right": chosen == question.right})
    return rows


def _answered(request, enrolment, standing, attempt):
    words = {"right": attempt.right, "asked": attempt.asked}
    if not attempt.is_passed:
        messages.warning(request, _("%(right)s of %(asked)s answers were right: not passed yet.") % words)
        where = (
            ["knowledge:path-step", enrolment.path_id, standing.step.pk]
            if standing
            else ["knowledge:path-quiz", enrolment.path_id]
        )
        return redirect(*where)
    messages.success(request, _("Passed: %(right)s of %(asked)s answers were right.") % words)
    return _onward(request, enrolment.path_id)


def _onward(request, pk):
    return redirect("knowledge:path", pk)
