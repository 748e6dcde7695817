"""The search page, and what is offered while somebody types into the command palette."""

from html import unescape

from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.html import strip_tags
from django.views.decorators.http import require_GET

from core.access import signed_in
from core.htmx import fragment_or_page
from core.text import clean_text
from portal.search import fields, sources
from tickets import selectors as tickets_selectors

SHOWN = 8
SHOWN_ALONE = 30
SUGGESTED = 3


@signed_in
@require_GET
def search(request):
    """Everything that fits, by source; `only` asks for more of one. A number goes straight to its ticket."""
    user, text = request.user, _text(request)
    if not request.htmx and len(exact := tickets_selectors.numbered(user, text)) == 1:
        return redirect(sources.url_of(user, exact[0]))
    asked = fields.ask(user, text)
    only = request.GET.get("only", "")
    looked = sources.look_through(user, asked, SHOWN_ALONE if only else SHOWN)
    articles = next((found.hits for source, found in looked if source.key == "articles"), [])
    context = {
        "text": text,
        "looked_for": "" if asked.has_fields else " ".join(asked.marked),
        "article_keys": ",".join(str(hit.key) for hit in articles),
        "asked": asked,
        "only": only,
        "shelves": [(source, found) for source, found in looked if only in ("", source.key)],
        "known": fields.told(),
        "base": "desk_base.html" if user.is_staff_member else "portal_base.html",
    }
    return fragment_or_page(request, "portal/search.html", "portal/_found.html", context)


@signed_in
@require_GET
def suggest(request):
    """The best few of each source, as JSON: `{"found": [{"label", "detail", "url"}]}`."""
    looked = sources.look_through(request.user, fields.ask(request.user, _text(request)), SUGGESTED)
    return JsonResponse(
        {
            "found": [
                {"label": _plain(hit), "detail": str(source.label), "icon": source.icon, "url": hit.url}
                for source, found in looked
                for hit in found.hits
            ]
        }
    )


def _text(request):
    return clean_text(request.GET.get("q", ""))[: fields.MOST_CHARACTERS]


def _plain(hit):
    """A hit in one line of text; its title is escaped and marked for the page."""
    return f"{hit.number} {unescape(strip_tags(hit.title))}".strip()
