"""How articles are used over the last days: all of them in one table, and one with the days and searches behind it."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import clock
from core.access import desk_view
from core.panels import marks_on, panels_on
from knowledge.models import Article
from knowledge.selectors import deflecting, keeping, usage

PAGE = 50
SEARCHES = 100


@desk_view
@require_safe
def listing(request):
    """A row for each article that readers find; a number with a link opens what it counts."""
    days, since, until = usage.period(request.GET.get("days", ""))
    page = Paginator(usage.used(request.user, since, until), PAGE).get_page(request.GET.get("page"))
    keys = [article.pk for article in page]
    titles, marks = keeping.titles_of(request.user, keys), marks_on("article-usage", request.user, keys, since=since)
    rows = [
        {
            "article": article,
            "title": titles.get(article.pk, ""),
            "usage": usage.usage_in(article),
            "marks": [(key, counts.get(article.pk, 0)) for key, (_label, counts) in marks.items()],
        }
        for article in page
    ]
    context = {
        "days": days,
        "periods": usage.PERIODS,
        "page": page,
        "rows": rows,
        "mark_labels": [label for label, _counts in marks.values()],
    }
    return render(request, "knowledge/usage.html", context)


@desk_view
@require_safe
def of_article(request, pk):
    """One article: its days, the searches for help that came to it, and what pages above know of it."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    days, since, until = usage.period(request.GET.get("days", ""))
    now = clock.now()
    searches = deflecting.sessions(request.user, now - timedelta(days=days), now).filter(article=article)
    sums, by_day = usage.usage_of(article, since, until)
    context = {
        "article": article,
        "title": keeping.titles_of(request.user, [pk]).get(pk, ""),
        "days": days,
        "periods": usage.PERIODS,
        "usage": sums,
        "by_day": by_day,
        "searches_count": searches.count(),
        "searches": searches.order_by("-pk")[:SEARCHES],
        "panels": panels_on("article-usage", request, article),
    }
    return render(request, "knowledge/article_usage.html", context)
