"""Reading: the list with its search, an article, what was said about it, and suggestions while somebody types."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import signed_in
from core.conditional import if_changed
from core.downloads import served
from core.htmx import fragment_or_page, go_to
from core.markup import to_document
from knowledge import helping, rules, services
from knowledge.forms.reading import FeedbackForm, FilterForm, LookedForm
from knowledge.models import Article, ArticleFile
from knowledge.selectors import follow_ups, reading, suggesting
from knowledge.vocabulary import Kind

PAGE = 20
FOUND = 30


@require_safe
@signed_in
def article_list(request):
    """What the reader may read: by service, category and kind, or what fits their words best."""
    chosen = FilterForm(request.GET).chosen()
    if chosen["q"]:
        page = Paginator(reading.found(request.user, chosen["q"], limit=FOUND), FOUND).get_page(1)
    else:
        filters = {
            "article__service__slug": chosen["service"],
            "article__category__slug": chosen["category"],
            "article__kind": chosen["kind"],
        }
        versions = reading.current_for(request.user).filter(**{k: v for k, v in filters.items() if v})
        page = Paginator(versions.order_by("-published_at", "-pk"), PAGE).get_page(chosen["page"] or 1)
    context = {"page": page, "chosen": chosen}
    if not request.htmx:
        context |= {"shelves": reading.shelves(request.user), "kinds": Kind.choices}
        context["has_paths"] = request.user.is_staff_member or request.user.enrolments.exists()
    return if_changed(
        request, fragment_or_page(request, "knowledge/articles.html", "knowledge/_articles.html", context)
    )


@require_safe
@signed_in
def article_page(request, pk):
    """An article in the language asked for, else the reader's; `q` are the words by which it was found."""
    version, others = _found(request, pk)
    if version is None:
        return redirect("knowledge:keep", pk)
    words = request.GET.get("q", "")[:200].replace("\0", "")
    services.count_view(version.article)
    if words:
        helping.opened(request, version.article, words)
    return if_changed(request, _page(request, version, others, words))


@signed_in
@require_POST
def feedback(request, pk):
    """Whether it helped. The first "yes" of a person ends their search for help as solved."""
    version, _others = _found(request, pk)
    form = FeedbackForm(request.POST)
    if version is None or not form.is_valid():
        raise Http404
    given = form.cleaned_data
    is_first_yes = given["is_helpful"] and not getattr(reading.own_feedback(request.user, version), "is_helpful", False)
    services.give_feedback(version, actor=request.user, **given)
    if is_first_yes:
        helping.solved(request, version.article)
    if given["is_helpful"]:
        messages.success(request, _("Good to hear. Thank you."))
    else:
        messages.success(request, _("Thank you. Whoever answers for this article reads it."))
    return redirect(f"{reverse('knowledge:article', args=[pk])}?lang={version.language}#helpful")


@require_safe
@signed_in
def suggestions(request):
    """Articles that may help with the words typed so far, as a fragment."""
    text = (request.GET.get("text") or "")[:2000].replace("\0", "")
    found = suggesting.suggested(request.user, text, service=request.GET.get("service"), limit=4)
    return render(request, "knowledge/_suggestions.html", {"suggestions": found, "words": text[:200]})


@signed_in
@require_POST
def looked(request):
    """What a search or the suggestions showed, sent by the page once it stands still: reading alone writes nothing.

    Without JavaScript the button below a search in vain sends it, and goes on to the report form.
    """
    form = LookedForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    helping.shown(request, given["articles"])
    if given["words"]:
        helping.searched(request, given["words"], is_found=bool(given["articles"]))
    if given["then"] == "report":
        return go_to(request, f"{reverse('portal:report')}?{urlencode({'text': given['words']})}")
    return HttpResponse(status=204)


@require_safe
@signed_in
def file(request, pk):
    """A file of an article as a download, whatever it is."""
    return served(get_object_or_404(ArticleFile.objects.visible_to(request.user), pk=pk))


@require_safe
@signed_in
def picture(request, pk):
    """An image that we re-encoded ourselves, shown in place; anything else is not a picture."""
    return served(get_object_or_404(ArticleFile.objects.visible_to(request.user), pk=pk), inline=True)


def rendered(version, body) -> dict:
    """The text of a version as safe HTML with its headings and those of its files that it does not show itself."""
    files = list(version.files.all())
    pictures = {file.name: reverse("knowledge:picture", args=[file.pk]) for file in files if file.is_image}
    html, headings = to_document(body, pictures)
    rest = [file for file in files if not (file.is_image and pictures[file.name] in html)]
    return {"html": html, "headings": headings, "files": rest}


def _found(request, pk):
    """(the version to show, all by language). The version is None for desk people where nothing is current yet."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    versions = reading.versions_to_read(request.user, article)
    asked = request.GET.get("lang", "") or reading.reader_language()
    return versions.get(asked) or next(iter(versions.values()), None), versions


def _page(request, version, others, words):
    context = {
        "version": version,
        "article": version.article,
        "others": others,
        "words": words,
        "is_unconfirmed": rules.is_unconfirmed(version),
        "own": reading.own_feedback(request.user, version),
        "own_follow_up": follow_ups.last_of(request.user, version.article),
        "may_write": rules.writes_articles(request.user),
        **rendered(version, version.body),
    }
    return render(request, "knowledge/article.html", context)
