"""The bell, and the page behind it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.access import signed_in
from notifications import links, selectors, services, wording
from notifications.models import Notification
from sla.selectors import lateness

IN_BELL = 10
ON_PAGE = 50
SHOWN_COUNT_UP_TO = 99


@signed_in
@require_GET
def bell(request):
    """The fragment of both shells: unread count and the newest lines."""
    return render(request, "notifications/_bell.html", _bell(request.user))


@signed_in
@require_GET
def page(request):
    """All news, newest first, a page at a time by key."""
    news = selectors.news_of(request.user)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 18:
        news = news.filter(pk__lt=int(before))
    rows = list(news[: ON_PAGE + 1])
    context = {"lines": _lines(rows[:ON_PAGE]), "unread": selectors.unread_count(request.user)}
    if len(rows) > ON_PAGE:
        context["next"] = f"?before={rows[ON_PAGE - 1].pk}"
    return render(request, "notifications/list.html", context)


@signed_in
@require_GET
def follow(request, pk):
    """Open what a line is about; having been opened, it is read."""
    line = get_object_or_404(selectors.news_of(request.user), pk=pk)
    services.mark_read(line, actor=request.user)
    if line.agreement is not None:
        return redirect(links.agreement_path(line.agreement))
    if line.article is not None:
        return redirect(links.article_path(line.article, request.user))
    if line.item is not None or line.campaign is not None:
        return redirect(links.record_path(request.user, line.item))
    if line.meeting is not None:
        return redirect(links.meeting_path(line.meeting))
    if line.template is not None:
        return redirect(links.template_path(line.template))
    if line.path is not None:
        return redirect(links.reading_path(line.event, line.path, request.user))
    if line.proposal is not None:
        return redirect(links.proposal_path(line.proposal))
    if line.skill is not None:
        return redirect(links.learning_path(line.event, request.user))
    return redirect(links.path_of(line.kind, line.ticket, request.user))


@signed_in
@require_POST
def read(request, pk):
    services.mark_read(get_object_or_404(Notification.objects.of(request.user), pk=pk), actor=request.user)
    return _after(request)


@signed_in
@require_POST
def read_all(request):
    services.mark_all_read(actor=request.user)
    return _after(request)


def _after(request):
    if request.htmx:
        return render(request, "notifications/_bell.html", _bell(request.user))
    return redirect("notifications:list")


def _bell(user):
    unread = selectors.unread_count(user)
    shown = f"{SHOWN_COUNT_UP_TO}+" if unread > SHOWN_COUNT_UP_TO else str(unread)
    lines = _lines(selectors.news_of(user)[:IN_BELL])
    return {"unread": unread, "shown": shown, "lines": lines, "behind": _sweep_behind(user)}


def _sweep_behind(user) -> int:
    """For administrators: by how many seconds the watch over deadlines is alarmingly behind; else 0.

    Asked from here, every minute on every page: workers that stand still tell nobody.
    """
    return lateness.alarming_seconds() if user.sees_everything else 0


def _lines(rows):
    return [(row, wording.headline(row.kind, row.event, row.ticket)) for row in rows]
