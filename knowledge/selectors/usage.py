"""How articles are used: read, shown to who looks for help, chosen, and the end of their search."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from core import clock
from knowledge.models import Article, ArticleVersion, DailyViews

PERIODS = (7, 30, 90, 365)
COUNTED = {"views": "count", "shown": "shown", "chosen": "chosen", "solved": "solved"}


@dataclass(frozen=True)
class Usage:
    """Sums over some days. A share (percent) is None where there was nothing to divide by."""

    views: int = 0
    shown: int = 0
    chosen: int = 0
    solved: int = 0

    @property
    def chosen_percent(self) -> float | None:
        """How many of those it was shown to opened it. Who came back to it counts again, so at most 100."""
        return min(100.0, 100 * self.chosen / self.shown) if self.shown else None

    @property
    def solved_percent(self) -> float | None:
        """How many of those who opened it from a search said that it solved their problem."""
        return min(100.0, 100 * self.solved / self.chosen) if self.chosen else None


def period(asked: str) -> tuple[int, date, date]:
    """(days, first day, last day) in UTC: the last days with today, thirty unless one of `PERIODS` is asked for."""
    days = int(asked) if asked in map(str, PERIODS) else 30
    today = clock.now().date()
    return days, today - timedelta(days=days - 1), today


def used(user, since: date, until: date):
    """Articles that `user` may see and that readers find, each with `.views`, `.shown`, `.chosen` and `.solved` over
    [since, until], the most read first."""
    current = ArticleVersion.objects.visible_to(user).current()
    within = Q(daily_views__day__range=(since, until))
    sums = {
        name: Coalesce(Sum(f"daily_views__{column}", filter=within), 0) for name, column in COUNTED.items()
    }  # fmt: skip
    return Article.objects.filter(pk__in=current.values("article")).annotate(**sums).order_by("-views", "-shown", "-pk")


def usage_of(article, since: date, until: date) -> tuple[Usage, list[DailyViews]]:
    """The sums of one article, and the days that make them up, the latest first."""
    days = list(article.daily_views.filter(day__range=(since, until)).annotate(views=F("count")).order_by("-day"))
    return Usage(*(sum(getattr(day, column) for day in days) for column in COUNTED.values())), days


def usage_in(row) -> Usage:
    """The sums of an article out of `used`."""
    return Usage(*(getattr(row, name) for name in COUNTED))
