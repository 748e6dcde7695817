"""What hangs on a problem: incidents it causes, changes that are to solve it, what else is linked with it."""

from knowledge.selectors import keeping
from problems.models import Problem
from problems.vocabulary import ClosingCode
from tickets.models import Ticket, TicketArticle, TicketLink

SHOWN = 100


def incidents_of(problem, user):
    """Visible incidents that the problem causes, the newest first."""
    return Ticket.objects.visible_to(user).filter(pk__in=problem.incidents().values("pk")).order_by("-pk")


def goes_on_at(problem):
    """The problem at which a duplicate goes on, through as many as were closed one for the other; else itself."""
    met = {problem.pk}
    while problem.closing_code == ClosingCode.DUPLICATE:
        following = Problem.objects.filter(
            links_in__source=problem.pk, links_in__kind=TicketLink.Kind.DUPLICATES
        ).first()
        if following is None or following.pk in met:
            break
        problem = following
        met.add(problem.pk)
    return problem


def changes_of(problem, user):
    """Visible changes that are to solve the problem, the newest first."""
    return Ticket.objects.visible_to(user).filter(pk__in=problem.changes().values("target")).order_by("-pk")


def related_to(problem, user) -> list[tuple]:
    """(word, ticket) of every other linked ticket the reader sees."""
    out = TicketLink.objects.filter(source=problem.pk).exclude(target__kind="change").select_related("target")
    into = TicketLink.objects.filter(target=problem.pk).exclude(source__kind="incident").select_related("source")
    pairs = [(link.get_kind_display(), link.target) for link in out[:SHOWN]]
    pairs += [(TicketLink.INVERSE[link.kind], link.source) for link in into[:SHOWN]]
    seen = Ticket.objects.visible_to(user).filter(pk__in=[other.pk for _word, other in pairs])
    visible = set(seen.values_list("pk", flat=True)) if pairs else set()
    return [(word, other) for word, other in pairs if other.pk in visible]


def articles_of(problem, user) -> list[tuple]:
    """(link, title) of every article about the problem that the reader sees."""
    links = list(TicketArticle.objects.filter(ticket=problem.pk).select_related("article")[:SHOWN])
    titles = keeping.titles_of(user, [link.article_id for link in links])
    return [(link, titles[link.article_id]) for link in links if link.article_id in titles]
