"""The workspace: views with counts, and the queue."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import User
from core import clock
from core.access import desk_view
from core.htmx import fragment_or_page
from portal.desk import bulk, keys, paging, query, rows, saved, standing_views
from tickets.models import Ticket


@desk_view
@require_GET
def queue(request):
    """One page of the queue that the address asks for, with everything around it."""
    asked = query.read(request.user, request.GET)
    context = _queue(request, asked) | {"form": query.FilterForm(request.user, request.GET)}
    partial = request.htmx and not request.htmx.boosted
    if not partial:
        context |= _views(request.user) | {"keys": keys.keys_of(request.user)}
    response = fragment_or_page(request, "desk/queue.html", "desk/_queue.html", context)
    if partial:
        response["HX-Push-Url"] = f"{reverse('desk:queue')}?{asked.encoded()}"
    return response


@desk_view
@require_GET
def live(request):
    """What changed on a shown queue page: its rows in place, how many new ones wait, the counts. Polled."""
    user = request.user
    asked = query.read(user, request.GET)
    ids = _ids(request.GET.get("ids", ""))
    since, loaded = (paging.instant_of(request.GET.get(name, "")) for name in ("since", "loaded"))
    if since is None or loaded is None:
        return HttpResponse(status=286)
    at = clock.now()
    matching = query.tickets_for(user, asked)
    changed = rows.ready(Ticket.objects.visible_to(user).filter(pk__in=ids, last_activity_at__gt=since))
    changed = rows.rows_of(changed, with_handover=asked.view == "escalated", columns=asked.columns)
    still_here = set(matching.filter(pk__in=[row.ticket.pk for row in changed]).values_list("pk", flat=True))
    new = matching.filter(last_activity_at__gt=loaded).exclude(pk__in=ids)
    if request.GET.get("more"):
        new = new.filter(created_at__gt=loaded)
    context = {
        "query": asked,
        "changed": [replace(row, has_left=row.ticket.pk not in still_here) for row in changed],
        "waiting": new.order_by()[: paging.PAGE].count(),
        "live": _live_url(asked, ids, at, loaded, bool(request.GET.get("more"))),
    }
    return render(request, "desk/_live.html", context | _views(user))


def _queue(request, asked):
    found = query.tickets_for(request.user, asked)
    page = paging.page_of(
        found, asked.sort, ready=rows.ready, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    at, ids = clock.now(), [ticket.pk for ticket in page.rows]
    return {
        "query": asked,
        "text": query.text_of(request.user, asked),
        "page": page,
        "rows": rows.rows_of(page.rows, with_handover=asked.view == "escalated", columns=asked.columns),
        "live": _live_url(asked, ids, at, at, bool(page.next)),
        "sorts": [(key, query.SORTS[key]) for key in asked.standing.sorts],
        "owner": _owner(request.user, asked),
        "columns": rows.COLUMNS.items(),
        "bulk_actions": bulk.OFFERED,
    }


def _owner(user, asked):
    """The person the assignee filter names, when it is neither "me" nor "nobody"."""
    if not asked.assignee.isdecimal():
        return None
    return User.objects.visible_to(user).filter(pk=int(asked.assignee)).first()


def _views(user):
    kept = saved.visible(user)
    counts = standing_views.count(
        user, [(f"saved-{view.pk}", tickets) for view, tickets in saved.countable(user, kept)]
    )
    return {
        "standing": [(view, standing_views.shown(counts.get(view.key, 0))) for view in standing_views.COUNTED],
        "everything": standing_views.BY_KEY["all"],
        "saved": [
            (view, standing_views.shown(counts[key]) if (key := f"saved-{view.pk}") in counts else "") for view in kept
        ],
    }


def _live_url(asked, ids, since, loaded, has_more):
    told = {"ids": "-".join(map(str, ids)), "since": since.isoformat(), "loaded": loaded.isoformat()}
    return f"{reverse('desk:live')}?{asked.encoded(**told, **({'more': '1'} if has_more else {}))}"


def _ids(text):
    return [int(pk) for pk in text.split("-")[: paging.PAGE] if pk.isascii() and pk.isdecimal() and len(pk) < 18]
