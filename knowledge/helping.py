"""A requester's search for help, kept in their browser session as a bare key: the house does not remember whose it was.

People of the desk look for help on their own account; their searches are not counted.
"""

from knowledge import services
from knowledge.models import HelpSession

_KEY = "help"
# Fewer characters are no search yet.
SHORTEST = 2


def opened(request, article, words):
    """Somebody who searched for `words` opened an article."""
    if _is_counted(request):
        found = services.open_for_help(request.user, session=request.session.get(_KEY), article=article, words=words)
        request.session[_KEY] = found.pk


def searched(request, words, *, is_found):
    """Somebody searched articles. What finds nothing is kept while they go on typing, the longest they tried."""
    if not _is_counted(request) or len(words.strip()) < SHORTEST:
        return
    session = request.session.get(_KEY)
    if is_found:
        if session:
            services.find_after_all(session=session)
    else:
        request.session[_KEY] = services.look_in_vain(request.user, session=session, words=words).pk


def solved(request, article):
    _end(request, HelpSession.Outcome.SOLVED, article=article)


def submitted(request, words):
    """A ticket was submitted, with or without having read an article first."""
    _end(request, HelpSession.Outcome.SUBMITTED, words=words)


def _end(request, outcome, **known):
    if _is_counted(request):
        services.end_help(request.user, session=request.session.pop(_KEY, None), outcome=outcome, **known)


def _is_counted(request):
    return not request.user.is_staff_member
