"""The keepers' side of reading paths: what they are for, steps, questions, who is on them and how far."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from core.access import desk_view
from core.errors import NotAllowed, Refused
from knowledge import rules, services
from knowledge.forms.learning import GiveForm, PathForm, QuestionForm, StepForm
from knowledge.models import ArticleVersion, Enrolment, ReadingPath
from knowledge.selectors import keeping, learning

PAGE = 50


@desk_view
@require_safe
def listing(request):
    """Every path, with how many are on it."""
    paths = (
        ReadingPath.objects.visible_to(request.user)
        .select_related("owner", "team", "skill")
        .order_by("-is_active", "pk")
    )
    paths = paths.annotate(
        open_count=Count(
            "enrolments", filter=Q(enrolments__finished_at=None, enrolments__user__is_active=True), distinct=True
        ),
        done_count=Count("enrolments", filter=Q(enrolments__finished_at__isnull=False), distinct=True),
    )
    page = Paginator(paths, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_write": rules.writes_articles(request.user)}
    return render(request, "knowledge/paths/list.html", context)


@desk_view
@require_safe
def progress(request):
    """Who is how far, for whoever leads them or keeps the path."""
    page = Paginator(learning.watched(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "knowledge/paths/progress.html", {"page": page})


@desk_view
def new(request):
    if not rules.writes_articles(request.user):
        raise NotAllowed()
    return _form(request, PathForm(request.POST or None), _("New reading path"), None, services.keep_path, None)


@desk_view
def edit(request, pk):
    path = _kept(request, pk)
    form = PathForm(request.POST or None, instance=path)
    return _form(request, form, _("What the path is for"), path, services.keep_path, path)


@desk_view
@require_safe
def page(request, pk):
    """One path from within."""
    return _page(request, _found(request, pk), GiveForm())


@desk_view
@require_POST
def give(request, pk):
    """Give the path to somebody; what was typed stays when nobody is called so."""
    path = _found(request, pk)
    form = GiveForm(request.POST)
    if form.is_valid():
        try:
            given = services.give_path(path, form.cleaned_data["person"], actor=request.user)
            messages.success(request, _("%(person)s has it to read until %(day)s.") % {
                "person": given.user.display_name, "day": given.due_on.isoformat()})  # fmt: skip
            return redirect("knowledge:keep-path", pk)
        except NotAllowed:
            form.add_error("person", _("You lead neither this person nor this path."))
        except Refused as refusal:
            add_refusal(form, refusal)
    return _page(request, path, form, status=422)


@desk_view
def step(request, pk, step=None):
    path = _kept(request, pk)
    row = get_object_or_404(path.steps.filter(is_active=True), pk=step) if step else None
    form = StepForm(request.user, request.POST or None, instance=row)
    return _form(request, form, _("Step"), path, services.keep_step, path, row)


@desk_view
@require_POST
def arrange(request, pk, step, act):
    """Up, down or out."""
    row = get_object_or_404(_kept(request, pk).steps.filter(is_active=True), pk=step)
    try:
        if act in ("up", "down"):
            services.move_step(row, actor=request.user, up=act == "up")
        elif act == "out":
            services.take_out_step(row, actor=request.user)
        else:
            raise Http404
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("knowledge:keep-path", pk)


@desk_view
def question(request, pk, question=None):
    path = _kept(request, pk)
    row = get_object_or_404(path.questions, pk=question) if question else None
    form = QuestionForm(path, request.POST or None, instance=row)
    return _form(request, form, _("Question"), path, services.keep_question, path, row)


@desk_view
@require_POST
def remove_question(request, pk, question):
    row = get_object_or_404(_kept(request, pk).questions, pk=question)
    services.remove_question(row, actor=request.user)
    return redirect("knowledge:keep-path", pk)


@desk_view
@require_POST
def allow_try(request, pk):
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.user).select_related("path", "user"), pk=pk)
    try:
        services.allow_try(enrolment, actor=request.user)
        messages.success(request, _("One more try is allowed."))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("knowledge:keep-path", enrolment.path_id)


def _found(request, pk):
    related = ("owner", "team", "skill")
    return get_object_or_404(ReadingPath.objects.visible_to(request.user).select_related(*related), pk=pk)


def _kept(request, pk):
    path = _found(request, pk)
    if not rules.keeps_path(request.user, path):
        raise NotAllowed()
    return path


def _page(request, path, form, *, status=200):
    steps = list(path.steps.filter(is_active=True).select_related("article").prefetch_related("questions"))
    articles = [step.article_id for step in steps if step.article_id]
    titles = keeping.titles_of(request.user, articles)
    current = set(ArticleVersion.objects.current().filter(article__in=articles).values_list("article", flat=True))
    context = {
        "path": path,
        "form": form,
        "steps": [(step, titles.get(step.article_id) or str(step), _is_lost(step, current)) for step in steps],
        "final": list(path.questions.filter(step=None)),
        "minutes": path.steps.filter(is_active=True).aggregate(sum=Sum("minutes"))["sum"] or 0,
        "page": Paginator(learning.watched(request.user, path), PAGE).get_page(request.GET.get("page")),
        "may_keep": rules.keeps_path(request.user, path),
    }
    return render(request, "knowledge/paths/page.html", context, status=status)


def _is_lost(step, current):
    return step.article_id is not None and step.article_id not in current


def _form(request, form, title, path, service, *rows):
    """One form that a service takes; refused words stay where they were typed."""
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        values = form.values() if hasattr(form, "values") else form.cleaned_data
        try:
            kept = service(*rows, actor=request.user, **values)
            messages.success(request, _("Saved."))
            return redirect("knowledge:keep-path", path.pk if path else kept.pk)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"form": form, "title": title, "path": path}
    return render(request, "knowledge/paths/form.html", context, status=status)
