"""Writing and reviewing: a new article, its text with preview, what it is about, and the steps of its life."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.service_form import add_refusal
from core.access import desk_view
from core.errors import InvalidInput, NotAllowed, Refused, Stale
from knowledge import rules, services
from knowledge.forms.standards import ChecklistForm
from knowledge.forms.writing import AboutForm, NewForm, StepForm, TextForm
from knowledge.models import Article, ArticleVersion
from knowledge.selectors import reading, standards
from knowledge.selectors.comparing import difference, translating
from knowledge.services.writing import TEXTS
from knowledge.views.reading import rendered
from knowledge.vocabulary import Language
from knowledge.workflow import IN_REVIEW, PUBLISHED, SCHEDULED


def require_writer(request):
    if not rules.writes_articles(request.user):
        raise NotAllowed()


@desk_view
def new(request):
    """Begin an article; the next page is its text."""
    require_writer(request)
    title = request.GET.get("title", "")[:160].replace("\0", "")
    form = NewForm(request.POST or None, initial={"language": reading.reader_language(), "title": title})
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["template"].kind
        try:
            version = services.write(actor=request.user, kind=kind, **form.cleaned_data)
            return redirect("knowledge:edit", version.pk)
        except InvalidInput as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return render(request, "knowledge/new.html", {"form": form}, status=status)


@desk_view
def edit(request, pk):
    """The text of a draft, and files for it. Whoever was overtaken sees both texts side by side, and keeps their own
    (409); files are kept whatever becomes of the text."""
    require_writer(request)
    version = _found(request, pk)
    if not version.is_editable:
        return redirect("knowledge:keep", version.article_id)
    if request.method != "POST":
        texts = {name: getattr(version, name) for name in TEXTS}
        return _editor(request, version, TextForm(initial={**texts, "revision": version.revision}))
    _keep_files(request, version)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _editor(request, version, form, status=422)
    given = form.cleaned_data
    try:
        texts = {name: given[name] for name in TEXTS}
        services.edit(version, actor=request.user, texts=texts, revision=given["revision"])
    except Stale as stale:
        form = TextForm({**request.POST.dict(), "revision": stale.current})
        version = _found(request, pk)
        lines = difference(version.body, given["body"])
        return _editor(request, version, form, status=409, meanwhile=stale.changes, difference=lines)
    except Refused as refusal:
        add_refusal(form, refusal)
        return _editor(request, version, form, status=refusal.status)
    if request.POST.get("then") == "submit":
        return _submitted(request, _found(request, pk))
    if request.POST.get("then") == "follow":
        return _followed(request, version)
    messages.success(request, _("Saved."))
    return redirect("knowledge:edit", pk)


@desk_view
@require_POST
def preview(request, pk):
    """What the typed text will look like, as a fragment."""
    version = _found(request, pk)
    context = {"title": request.POST.get("title", "")[:160], "summary": request.POST.get("summary", "")[:300]}
    body = request.POST.get("body", "")[:100_000]
    return render(request, "knowledge/_preview.html", context | rendered(version, body))


@desk_view
def about(request, pk):
    """What an article is about, who answers for it, who may read it."""
    require_writer(request)
    article = _article(request, pk)
    form = AboutForm(request.user, request.POST or None, instance=article)
    context = {"article": article, "form": form}
    if request.method == "POST" and form.is_valid():
        audience, revision = form.audience(), form.cleaned_data["revision"]
        try:
            services.set_about(article, actor=request.user, audience=audience, revision=revision, **form.about())
            messages.success(request, _("Saved."))
            return redirect("knowledge:keep", pk)
        except Stale as stale:
            return _overtaken(request, _article(request, pk), stale)
        except Refused as refusal:
            add_refusal(form, refusal)
            return render(request, "knowledge/about.html", context, status=refusal.status)
    return render(request, "knowledge/about.html", context, status=422 if form.is_bound else 200)


@desk_view
@require_POST
def revise(request, pk, language):
    """Begin the next version, or the translation, in a language."""
    if language not in Language:
        raise Http404
    try:
        version = services.revise(_article(request, pk), language, actor=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("knowledge:keep", pk)
    return redirect("knowledge:edit", version.pk)


@desk_view
def step(request, pk, name):
    """One arrow of the table: what asks for words has a page of its own, the rest is a button."""
    version = _found(request, pk)
    arrow = version.workflow.get(name)
    if arrow.is_system:
        raise Http404
    is_sent = request.method == "POST"
    initial = {"revision": version.revision, "review_by": standards.look_again_on(version.article)}
    form = StepForm(arrow, request.POST if is_sent else None, initial=initial)
    checklist = _checklist(request, version, arrow)
    if is_sent and all(one.is_valid() for one in (form, checklist) if one):
        try:
            revision = form.cleaned_data["revision"]
            if checklist:  # Kept before it is decided: what keeps it from being published has to be read later.
                services.check_quality(version, actor=request.user, answers=checklist.answers(), revision=revision)
            services.take_step(version, name, actor=request.user, values=form.values(), revision=revision)
            messages.success(request, _("Done: %(action)s.") % {"action": arrow.label})
            return redirect("knowledge:keep", version.article_id)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            return _asked(request, _found(request, pk), arrow, form, checklist, status=refusal.status)
    return _asked(request, version, arrow, form, checklist, status=422 if is_sent else 200)


@desk_view
@require_POST
def add_files(request, pk):
    """Keep files with a draft."""
    version = _found(request, pk)
    _keep_files(request, version)
    return redirect("knowledge:keep", version.article_id)


def _keep_files(request, version):
    """What is refused is told, the rest is kept."""
    for upload in request.FILES.getlist("files")[:10]:
        try:
            services.add_file(version, upload, actor=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            for problem in refusal.fields.get("files", [refusal.message]):
                messages.warning(request, problem)


@desk_view
@require_POST
def remove_file(request, pk, file):
    """Take a file out of a draft."""
    version = _found(request, pk)
    try:
        services.remove_file(version, get_object_or_404(version.files, pk=file), actor=request.user)
        messages.success(request, _("The file was removed."))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("knowledge:keep", version.article_id)


def _article(request, pk):
    return get_object_or_404(Article.objects.visible_to(request.user), pk=pk)


def _found(request, pk):
    related = ("article__service", "article__owner", "article__template", "author", "translated_from")
    return get_object_or_404(ArticleVersion.objects.visible_to(request.user).select_related(*related), pk=pk)


def _editor(request, version, form, *, status=200, **more):
    context = {
        "version": version, "article": version.article, "form": form, "files": list(version.files.all()),
        "translating": translating(version),
    }  # fmt: skip
    return render(request, "knowledge/edit.html", context | more, status=status)


def _followed(request, version):
    """Saved, and told that the translation says what the current source says."""
    try:
        followed = services.follow_source(version, actor=request.user)
        messages.success(
            request, _("Saved. It follows version %(n)s of the original now.") % {"n": followed.translated_from.number}
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("knowledge:edit", version.pk)


def _checklist(request, version, arrow):
    """The reviewer's questions, where an arrow approves what is under review."""
    if version.state != IN_REVIEW.key or arrow.target not in (PUBLISHED, SCHEDULED):
        return None
    questions = standards.questions_for(version.article)
    posted = request.POST if request.method == "POST" else None
    return ChecklistForm(questions, version.quality.all(), posted) if questions else None


def _overtaken(request, article, stale):
    """What was chosen stays chosen, beside what is kept now; sending it again replaces that."""
    typed = request.POST.copy()
    typed["revision"] = stale.current
    context = {
        "article": article, "form": AboutForm(request.user, typed, instance=article), "meanwhile": stale.changes,
        "audience": list(article.audience.select_related("organisation", "department")),
    }  # fmt: skip
    return render(request, "knowledge/about.html", context, status=409)


def _asked(request, version, arrow, form, checklist, *, status):
    """With the revision of now: who has read why it was refused may decide again."""
    if form.is_bound:
        form.data = {**form.data.dict(), "revision": version.revision}
    before = version.article.versions.current().filter(language=version.language).exclude(pk=version.pk).first()
    context = {
        "version": version, "article": version.article, "step": arrow, "form": form, "before": before,
        "checklist": checklist, "checks": [] if checklist else list(version.quality.select_related("answered_by")),
        **rendered(version, version.body),
    }  # fmt: skip
    return render(request, "knowledge/step.html", context, status=status)


def _submitted(request, version):
    """Saved and sent to the reviewers in one go; what hinders it is said on the article's page."""
    try:
        services.take_step(version, "submit", actor=request.user, revision=version.revision)
        messages.success(request, _("Submitted. Somebody else of the desk reviews it now."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("knowledge:keep", version.article_id)
