"""What hangs on a problem: incidents it causes, changes that are to solve it, what else is linked with it."""

from datetime import datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.utils import timezone

from core import clock
from knowledge.selectors import keeping
from problems.models import Problem
from problems.vocabulary import ClosingCode
from tickets.models import Ticket, TicketArticle, TicketLink

SHOWN = 100
WEEKS = 26


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


def incidents_by_week(problem, user) -> list[tuple]:
    """(Monday, incidents, height from 0 to 10) for each week since the first visible one, 26 weeks at most."""
    this_week = timezone.localdate(clock.now())
    this_week -= timedelta(days=this_week.weekday())
    since = timezone.make_aware(datetime.combine(this_week - timedelta(weeks=WEEKS - 1), time()))
    rows = incidents_of(problem, user).filter(created_at__gte=since).order_by().annotate(week=TruncWeek("created_at"))
    found = {week.date(): count for week, count in rows.values_list("week").annotate(count=Count("pk"))}
    if not found:
        return []
    first, most = min(found), max(found.values())
    weeks = [first + timedelta(weeks=n) for n in range((this_week - first).days // 7 + 1)]
    return [(week, found.get(week, 0), -(-10 * found.get(week, 0) // most)) for week in weeks]


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
