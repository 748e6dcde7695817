"""What a person wants to be told, and how."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import signed_in
from notifications import selectors, services
from notifications.models import MailHours
from notifications.vocabulary import DESK_KINDS, REQUESTER_KINDS, Way, ways_of
from sla.models import Calendar


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    if request.method == "POST":
        chosen = {tuple(value.split(":", 1)) for value in request.POST.getlist("on")}
        services.choose(actor=request.user, chosen=chosen, calendar=_chosen_calendar(request))
        messages.success(request, _("Your choices are saved."))
        return redirect("notifications:preferences")
    groups = [(_("My own tickets"), _rows(request.user, REQUESTER_KINDS))]
    if request.user.is_staff_member:
        groups.append((_("My work"), _rows(request.user, DESK_KINDS)))
    context = {"groups": groups, "ways": list(Way)}
    if request.user.is_staff_member:
        hours = MailHours.objects.filter(user=request.user).first()
        context |= {"calendars": Calendar.objects.all(), "chosen_calendar": hours.calendar_id if hours else None}
    return render(request, "notifications/preferences.html", context)


def _chosen_calendar(request):
    given = request.POST.get("calendar", "")
    return Calendar.objects.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 10 else None


def _rows(user, kinds):
    choices = selectors.choices_of([user.pk], kinds)
    return [
        (
            kind,
            [(way, f"{kind.value}:{way.value}", selectors.wants(choices, user.pk, kind, way)) for way in ways_of(kind)],
        )
        for kind in kinds
    ]
