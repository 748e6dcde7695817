"""The desk's side of an article: worklists, its page with all versions, comparing, and how help ended."""

from datetime import timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core import clock
from core.access import desk_view
from knowledge import rules
from knowledge.models import Article, ArticleVersion, Confirmation
from knowledge.selectors import deflecting, follow_ups, keeping, standards, suggesting
from knowledge.selectors.comparing import difference
from knowledge.vocabulary import Language

PAGE = 50
LABELS = {
    "mine": _("I write"),
    "review": _("To review"),
    "confirm": _("I have to confirm"),
    "due": _("To confirm"),
    "work": _("All drafts"),
    "published": _("Published articles"),
    "ended": _("Retired and outdated"),
}
_WITH = ("author", "reviewer", "translated_from")
PERIODS = (7, 30, 90, 365)


@desk_view
@require_safe
def worklist(request):
    """Versions by what they wait for."""
    name = request.GET.get("list", "")
    name = name if name in keeping.LISTS else "published"
    page = Paginator(keeping.worklist(request.user, name), PAGE).get_page(request.GET.get("page"))
    context = {
        "lists": LABELS.items(),
        "name": name,
        "page": page,
        "counts": keeping.counts(request.user),
        "missed": follow_ups.count_own(request.user),
        "may_write": rules.writes_articles(request.user),
    }
    return render(request, "knowledge/worklist.html", context)


@desk_view
@require_safe
def keep(request, pk):
    """One article from within: every version by language, what can be done next, what readers said, its history."""
    related = ("service", "item", "category", "owner")
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related(*related), pk=pk)
    versions = list(article.versions.select_related(*_WITH).prefetch_related("files").order_by("-number"))
    checks = standards.answers_on(versions)
    asked = Confirmation.objects.visible_to(request.user).open().filter(version__in=versions)
    asked = {one.version_id: one for one in asked.select_related("escalated_to")}
    for version in versions:
        version.article, version.checks = article, checks.get(version.pk, [])
        version.confirmation = asked.get(version.pk)
    shelves = []
    for language, label in Language.choices:
        own = [version for version in versions if version.language == language]
        shelves.append({
            "language": language,
            "label": label,
            "versions": own,
            "steps": {v.pk: v.workflow.available(request.user, v) for v in own},
            "may_begin": rules.writes_articles(request.user) and _may_begin(article, versions, own),
        })  # fmt: skip
    context = {
        "article": article,
        "shelves": shelves,
        "missing": article.what_is_missing(),
        "audience": list(article.audience.select_related("organisation", "department")),
        "feedback": keeping.feedback_on(article),
        "follow_ups": follow_ups.on_article(article),
        "may_keep": rules.keeps_article(request.user, article),
        "history": keeping.history(article),
        "may_write": rules.writes_articles(request.user),
    }
    return render(request, "knowledge/keep.html", context)


def _may_begin(article, versions, own):
    """Whether the next version, or a translation, can be begun in a language."""
    if any(not version.is_current and not version.state_info.is_final for version in own):
        return False
    return bool(own) or any(v.is_current and v.language == article.source_language for v in versions)


@desk_view
@require_safe
def compare(request, pk):
    """What a version says otherwise than another of its language (?with=number), the one before it unless told."""
    version = get_object_or_404(ArticleVersion.objects.visible_to(request.user).select_related("article"), pk=pk)
    others = list(version.article.versions.filter(language=version.language).exclude(pk=pk).order_by("-number"))
    asked = request.GET.get("with", "")
    other = next((one for one in others if str(one.number) == asked), None)
    other = other or next((one for one in others if one.number < version.number), others[0] if others else None)
    parts = []
    for name, label in (("title", _("Title")), ("summary", _("In one sentence")), ("body", _("Text"))):
        lines = difference(getattr(other, name), getattr(version, name)) if other else []
        if lines:
            parts.append({"label": label, "lines": lines})
    if other and (lines := difference(_files(other), _files(version))):
        parts.append({"label": _("Files"), "lines": lines})
    context = {"article": version.article, "version": version, "other": other, "others": others, "parts": parts}
    return render(request, "knowledge/compare.html", context)


def _files(version) -> str:
    """The files of a version, one a line; another content under the same name is another line."""
    return "\n".join(f"{one.name} · {filesizeformat(one.size)} · {one.sha256[:8]}" for one in version.files.all())


@desk_view
@require_safe
def matches(request):
    """Articles that fit some words, for whoever writes a reply: each row carries the Markdown link to insert."""
    found = suggesting.suggested(request.user, request.GET.get("q", "")[:500].replace("\0", ""), limit=8)
    rows = [(version, _link(version)) for version in found]
    return render(request, "knowledge/_matches.html", {"rows": rows})


def _link(version):
    url = f"{settings.SITE_URL}{reverse('knowledge:article', args=[version.article_id])}"
    return f"[{version.title.translate(_PLAIN)}]({url})"


# What would end the words of a link.
_PLAIN = str.maketrans({"[": "(", "]": ")", "\\": "/"})


@desk_view
@require_safe
def helped(request):
    """Deflection over the last days, with the searches that it counts."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else 30
    end = clock.now()
    start = end - timedelta(days=days)
    outcome = request.GET.get("outcome", "all")
    sessions = deflecting.sessions(request.user, start, end)
    if outcome in deflecting.ENDED:
        sessions = sessions.filter(deflecting.ENDED[outcome])
    page = Paginator(sessions, PAGE).get_page(request.GET.get("page"))
    titles = keeping.titles_of(request.user, [session.article_id for session in page])
    context = {
        "days": days,
        "periods": PERIODS,
        "outcome": outcome,
        "figure": deflecting.deflection(request.user, start, end),
        "page": page,
        "rows": [(session, titles.get(session.article_id, "")) for session in page],
    }
    return render(request, "knowledge/helped.html", context)
