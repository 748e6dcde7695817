"""From a click in the mail to a recorded score, without a login.

The budget is one click in the mail, so a GET records the score when it looks like a person's click (why and when:
core.one_click), and the page that follows lets the person change score and comment until the link expires. A request
that may be a machine's gets the same page with the score ticked and a button.
"""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from core import clock, one_click
from core.errors import InvalidInput, Refused
from core.reading import reading_as
from surveys import rules, selectors, services
from tickets.models import Ticket

PAGE = "surveys/answer.html"


@never_cache
@require_safe
def rate(request, code, score):
    """A rating of the survey mail."""
    survey = selectors.survey_behind(code, at=clock.recorded_now())
    if survey is None:
        return _unknown(request)
    if not one_click.is_deliberate(request):
        return _page(request, survey, code, chosen=score)
    services.answer(survey, score=score)
    return redirect(reverse("surveys:answer", args=[code]))


@never_cache
@require_safe
def rate_ticket(request, token, score):
    """A rating of the mail that says "solved": the question is not asked again after closing."""
    facts = one_click.read("rate", token, max_age=rules.EXPIRES_AFTER)
    user = User.objects.active().filter(pk=facts["user"]).first() if facts else None
    ticket = Ticket.objects.visible_to(user).filter(pk=facts["ticket"], requester=user).first() if user else None
    if ticket is None:
        return _unknown(request)
    with reading_as(user):
        try:
            if not one_click.is_deliberate(request):
                survey = services.ask_about(ticket)
                return _page(request, survey, one_click.derive("survey", survey.pk), chosen=score)
            survey = services.rate(ticket, actor=user, score=score)
        except Refused as refusal:
            return render(request, PAGE, {"refusal": refusal}, status=refusal.status)
    return redirect(reverse("surveys:answer", args=[one_click.derive("survey", survey.pk)]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, code):
    """The answer as it stands, to be changed or explained."""
    survey = selectors.survey_behind(code, at=clock.recorded_now())
    if survey is None:
        return _unknown(request)
    if request.method != "POST":
        return _page(request, survey, code, chosen=survey.score)
    typed, comment = request.POST.get("score", ""), request.POST.get("comment", "")
    score = int(typed) if typed in ("1", "2", "3", "4", "5") else None
    with reading_as(survey.recipient):
        try:
            services.answer(survey, score=score, comment=comment)
        except InvalidInput as error:
            return _page(request, survey, code, chosen=score, comment=comment, problems=error.fields, status=422)
    return redirect(f"{reverse('surveys:answer', args=[code])}?saved=1")


def _page(request, survey, code, *, chosen, comment=None, problems=None, status=200):
    with reading_as(survey.recipient):
        context = {
            "survey": survey,
            "code": code,
            "chosen": chosen,
            "comment": survey.comment if comment is None else comment,
            "ratings": [(score, "★" * score, rules.WORDS[score]) for score in reversed(rules.SCORES)],
            "problems": problems or {},
            "limit": rules.MAX_COMMENT,
            "saved": "saved" in request.GET,
        }
        return render(request, PAGE, context, status=status)


def _unknown(request):
    return render(request, PAGE, {}, status=404)
