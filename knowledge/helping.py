"""A requester's search for help, kept in their browser session as a bare key: the house does not remember whose it was.

People of the desk look for help on their own account; their searches are not counted.
"""

from knowledge import services
from knowledge.models import Article, HelpSession

_KEY, _SHOWN = "help", "help_shown"
# So many articles shown are remembered, lest one counts twice.
_REMEMBERED = 100
# Fewer characters are no search yet.
SHORTEST = 2


def opened(request, article, words):
    """Somebody who searched for `words` opened an article."""
    if _is_counted(request):
        found = services.open_for_help(request.user, session=request.session.get(_KEY), article=article, words=words)
        request.session[_KEY] = found.pk


def shown(request, articles):
    """Articles (keys) that fit were shown to who looks for help: each counts once while they go on looking."""
    if not _is_counted(request):
        return
    before = request.session.get(_SHOWN, [])
    fresh = Article.objects.visible_to(request.user).filter(pk__in=set(articles) - set(before))
    if keys := sorted(fresh.values_list("pk", flat=True)):
        services.count_shown(keys)
        request.session[_SHOWN] = [*before, *keys][-_REMEMBERED:]


def searched(request, words, *, is_found):
    """Somebody searched articles. What finds nothing is kept, once while they go on typing about one matter."""
    if not _is_counted(request) or len(words.strip()) < SHORTEST:
        return
    session = request.session.get(_KEY)
    if is_found:
        if session:
            services.find_after_all(session=session, words=words)
    else:
        request.session[_KEY] = services.look_in_vain(request.user, session=session, words=words).pk


def solved(request, article):
    _end(request, HelpSession.Outcome.SOLVED, article=article)


def submitted(request, words):
    """A ticket was submitted, with or without having read an article first."""
    _end(request, HelpSession.Outcome.SUBMITTED, words=words)


def _end(request, outcome, **known):
    if _is_counted(request):
        request.session.pop(_SHOWN, None)
        services.end_help(request.user, session=request.session.pop(_KEY, None), outcome=outcome, **known)


def _is_counted(request):
    return not request.user.is_staff_member
