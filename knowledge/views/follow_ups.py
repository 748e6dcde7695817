"""What readers missed: the list of what waits, and its answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.forms.service_form import add_refusal
from core.access import desk_view
from core.errors import NotAllowed, Refused
from knowledge import rules, services
from knowledge.forms.follow_ups import AnswerForm
from knowledge.models import FollowUp
from knowledge.selectors import follow_ups as selectors

LABELS = {
    "mine": gettext_lazy("On my articles"),
    "open": gettext_lazy("All that are open"),
    "answered": gettext_lazy("Answered"),
}


@desk_view
@require_safe
def listing(request):
    """What waits for an answer, oldest first; what was answered, latest first."""
    name = request.GET.get("list", "")
    name = name if name in selectors.LISTS else "open"
    given = request.GET.get("after", "")
    after = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
    found, following = selectors.follow_ups(request.user, name, after)
    context = {
        "lists": LABELS.items(),
        "name": name,
        "follow_ups": found,
        "next": following,
        "is_first": not after,
        "waiting": selectors.count_own(request.user),
    }
    return render(request, "knowledge/follow_ups.html", context)


@desk_view
def answer(request, pk):
    """One of them with the words it is about; whoever keeps the article says what became of it."""
    related = ("version__article__owner", "given_by", "mended_by", "duplicate_of__mended_by", "answered_by")
    follow_up = get_object_or_404(FollowUp.objects.visible_to(request.user).select_related(*related), pk=pk)
    may_answer = follow_up.is_open and rules.keeps(request.user, follow_up.version)
    form, status = None, 200
    if request.method == "POST":
        form, status = AnswerForm(follow_up, request.POST), 422
        if form.is_valid():
            try:
                services.answer_follow_up(follow_up, actor=request.user, **form.cleaned_data)
                messages.success(request, _("Answered."))
                return redirect(f"{reverse('knowledge:keep', args=[follow_up.version.article_id])}#said-title")
            except NotAllowed:
                raise
            except Refused as refusal:
                add_refusal(form, refusal)
                status = refusal.status
    elif may_answer:
        form = AnswerForm(follow_up)
    article = follow_up.version.article
    context = {"follow_up": follow_up, "version": follow_up.version, "article": article, "form": form}
    return render(request, "knowledge/follow_up.html", context, status=status)
