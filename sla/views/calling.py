"""Answering a call from its mail: by the signed link alone, wherever one is when it rings."""

from datetime import timedelta

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core import one_click
from core.errors import Refused
from core.reading import reading_as
from sla import services
from sla.models import Escalation
from sla.selectors import lines

VALID_FOR = timedelta(days=14)
PAGE = "sla/escalation/answer_call.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_call(request, token):
    """Opening the link shows what it is about, sending the form acknowledges: nobody is woken by a mail scanner's
    click. A link that was used, or came too late, says what became of the call."""
    row = _call_of(token)
    if row is None:
        return render(request, PAGE, status=404)
    context = {"ticket": row.firing.clock.ticket, "call": row}
    with reading_as(row.person):
        try:
            if request.method == "POST":
                services.acknowledge(row, actor=row.person)
                context["is_done"] = True
            else:
                services.refuse_answered(row)
        except Refused as refusal:
            context["refusal"] = refusal
        return render(request, PAGE, context)


def _call_of(token) -> Escalation | None:
    """The line of the log that a link answers; none when it is forged, too old, or no longer its person's to see."""
    facts = one_click.read("acknowledge", token, max_age=VALID_FOR)
    if facts is None:
        return None
    calls = Escalation.objects.select_related("person", "firing__clock__ticket")
    row = calls.filter(event=facts["event"], person=facts["user"], person__is_active=True).first()
    return row if row and lines.may_be_told(row.person, row.firing.clock.ticket) else None
