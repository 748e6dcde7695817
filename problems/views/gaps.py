"""What is not written down, for those who keep articles: every person of the desk may begin one."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import desk_view
from problems.selectors import gaps
from tickets import rules as ticket_rules


@desk_view
@require_safe
def missing_articles(request):
    """Searches that found nothing, and faults that are solved again and again without an article."""
    context = {
        "searched": gaps.searches_in_vain(request.user),
        "solved": [
            (group, ticket_rules.triages_it(request.user, group.best))
            for group in gaps.solved_without_article(request.user)
        ],
        "is_read": not gaps.has_unread(request.user),
        "days": gaps.LOOKED_BACK.days,
    }
    return render(request, "problems/gaps.html", context)
