"""From an empty database to a company with a year behind it."""

import random
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.utils import translation

from accounts.models import Organisation, User
from core import clock
from demo import (
    abilities,
    agreements,
    asking,
    change_calendar,
    changing,
    days,
    duty,
    learning,
    letters,
    lives,
    majors,
    outages,
    problems,
    rating,
    reconciling,
    recurring,
    responsibilities,
    showcase,
    staffing,
    stories,
    upkeep,
    world,
    writing,
)
from demo.running import Timeline
from events import services as events
from events.models import Event
from incidents.models import Incident
from problems import services as problem_services
from sla import selectors as sla_selectors
from sla import services as sla
from sla.models import Clock, Segment
from surveys.models import Survey
from tickets.models import Comment, Ticket

# History before this many days ago notifies nobody; what came later fills bells and mailboxes.
LOUD_DAYS = 2


@dataclass(frozen=True)
class Size:
    """`headcount` besides the IT department; `tickets` over `days`, without outages and showcase."""

    name: str
    headcount: int
    items: float
    days: int
    tickets: int


SIZES = {
    "small": Size("small", headcount=24, items=0.2, days=60, tickets=112),
    "full": Size("full", headcount=270, items=1.0, days=365, tickets=1000),
}


def is_empty() -> bool:
    """Whether nothing that belongs to anybody is in the database yet."""
    return not (User.objects.exists() or Organisation.objects.exists() or Ticket.objects.exists())


def seed(size: Size, *, until, password, progress):
    """Live the company's history up to `until` in one transaction: an interrupted demo leaves nothing behind.

    The same day and size give the same numbers and titles. `progress(instant, done)` is called as time passes,
    with the part that is done from 0 to 1. Texts that the system writes are in Chinese.
    """
    # Every instant below is told in the company's own zone, so that its `date()` is the company's day.
    until = until.replace(microsecond=0).astimezone(days.ZONE)
    today = until.date()
    first = today - timedelta(days=size.days)
    start = days.instant(first, 0)
    with translation.override("zh-hans"), transaction.atomic():
        with clock.travel(start):
            sla.install_defaults()
            company = world.build(
                calendar=sla_selectors.office_calendar(), headcount=size.headcount, item_share=size.items,
                password=password, rng=random.Random("people"),
            )  # fmt: skip
            with events.silence():
                agreements.sign_all(company)
                abilities.write_down(company)
                asking.install()
                changing.install(company)
                change_calendar.agree(company, until)
                duty.plan_shifts(company, until)
                responsibilities.write_down(company)
        timeline = Timeline(start=start, until=until, loud_from=until - timedelta(days=LOUD_DAYS))
        _begin_lives(timeline, company, size, first, today)
        showcase.begin_all(timeline, company, until)
        writing.begin_all(timeline, company, until)
        asking.begin_all(timeline, company, until)
        changing.begin_all(timeline, company, until)
        problems.begin_all(timeline, company, until)
        recurring.begin_all(timeline, company, until)
        timeline.begin(until - timedelta(days=1), majors.announcements(company, until))
        timeline.begin(until - timedelta(days=1), change_calendar.together(company, until))
        timeline.begin(until - timedelta(days=25), learning.going_on(company, until))
        timeline.begin(until - timedelta(hours=30), staffing.arriving(company, until))
        timeline.begin(until - timedelta(days=20), staffing.leaving(company, until))
        timeline.begin(until - timedelta(days=4), upkeep.going_on(company, until))
        timeline.begin(until - timedelta(hours=28), reconciling.arriving(company, until))
        timeline.begin(until - timedelta(minutes=145), letters.arriving(company, until))
        timeline.begin(until - timedelta(hours=30), agreements.renegotiation(company))
        timeline.begin(timeline.loud_from, duty.answering())
        opening = days.instant(first, 9)
        timeline.begin(opening, rating.housekeeping(company.calendar, opening, timeline.begin, timeline.loud_from))
        _run(timeline, start, until, progress)
        with clock.travel(until - timedelta(minutes=1)), events.silence():
            duty.give_out(company, until)
        problem_services.remember_past()
    return company


def _begin_lives(timeline, company, size, first, today):
    arrivals = days.arrivals(first, today - timedelta(days=1), size.tickets, company.calendar, size.name)
    for number, at in enumerate(arrivals):
        rng = random.Random(f"{size.name} {number}")
        abroad = bool(company.abroad) and rng.random() < 0.06
        told = stories.ENGLISH if abroad else stories.CHINESE
        story = rng.choices(told, [story.weight for story in told])[0]
        requester = rng.choice(company.abroad if abroad else company.employees)
        # 李娜 has a history of her own, and a rest before the survey that waits for her today.
        if number % 40 == 7 and (today - at.date()).days > 20:
            requester, story = company.people["li.na"], stories.CHINESE[number % len(stories.CHINESE)]
        # The desk got better over the year: the first months were slower.
        pace = 1.35 - 0.45 * number / len(arrivals)
        timeline.begin(at, lives.ordinary(lives.Case(company, story, requester, rng, pace=pace), at))
    for story in outages.OUTAGES:
        at = outages.strikes(story, today, size.name, company.calendar)
        rng = random.Random(story.key)
        if at.date() >= first:
            timeline.begin(at, outages.outage(company, story, rng, at, timeline.begin, size.name))
            timeline.begin(at, majors.command(company, story, at))


def _run(timeline, start, until, progress):
    """Tell about every month, and let the planner know how the tables grew."""
    month = None

    def passed(at):
        nonlocal month
        local = at.astimezone(days.ZONE)
        if (local.year, local.month) != month:
            month = (local.year, local.month)
            progress(local, (at - start) / (until - start))
            _analyse()

    timeline.run(passed)


def _analyse():
    """Only our own growing tables: statistics of the server's catalogues are shared with other databases."""
    tables = ", ".join(model._meta.db_table for model in (Ticket, Incident, Event, Comment, Clock, Segment, Survey))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")
