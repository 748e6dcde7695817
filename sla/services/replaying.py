"""Past months under a draft, in batches between which everything else goes on."""

import logging

from django.db import DatabaseError, transaction

from core import clock as wall
from sla import access
from sla.models import Replay
from sla.services import supposing
from tickets.models import Ticket

TICKETS_AT_MOST = 100_000
FLIPS_KEPT = 200
BATCH = 500
State = Replay.State
logger = logging.getLogger(__name__)


@transaction.atomic
def replay_agreement(version, *, since, until, actor) -> Replay:
    """Ask how tickets raised in [since, until) would have fared had `version`, draft or not, been in force all along.

    Returns at once; `go_on` does the work. Of more than TICKETS_AT_MOST tickets the newest are played. Raises
    NotAllowed for anybody but managers.
    """
    return _started(actor, agreement_version=version, since=since, until=until)


@transaction.atomic
def replay_calendar(calendar, content, *, number=None, since, until, actor) -> Replay:
    """The same for a calendar with the hours of `content`, as `Replay.content` says; `number` of a saved version."""
    return _started(actor, calendar=calendar, content=content, calendar_number=number, since=since, until=until)


def content_of(version) -> dict:
    """What `replay_calendar` needs of a saved version of a calendar."""
    return {name: getattr(version, name) for name in ("zone", "weekly", "exceptions", "offsets")}


def _started(actor, **asked) -> Replay:
    access.require_manager(actor)
    replay = Replay(owner=actor, created_at=wall.recorded_now(), total=0, **asked)
    replay.total = min(_tickets(replay).count(), TICKETS_AT_MOST)
    replay.save()
    return replay


def _tickets(replay):
    """The tickets it is about: those that its owner sees."""
    return Ticket.objects.visible_to(replay.owner).filter(created_at__gte=replay.since, created_at__lt=replay.until)


@transaction.atomic
def go_on(*, limit=BATCH) -> bool:
    """One batch of the replay that came least far and that no other worker has in hand. Repeat until False.

    The row's lock, what was found and the cursor are one transaction: killed in between, the next worker plays the
    same batch again. A draft that cannot be played ends its replay as failed and holds up no other.
    """
    running = Replay.objects.select_for_update(skip_locked=True, of=("self",)).filter(state=State.RUNNING)
    related = running.select_related("owner", "calendar", "agreement_version__agreement")
    replay = related.order_by("seen", "pk").first()
    if replay is None:
        return False
    try:
        _play_batch(replay, limit)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("replay %s failed", replay.pk)
        replay.state = State.FAILED
    if not replay.is_running:
        replay.finished_at = wall.recorded_now()
    replay.save()
    return True


def _play_batch(replay, limit):
    tickets = _tickets(replay)
    if replay.cursor is not None:
        tickets = tickets.filter(pk__lt=replay.cursor)
    chosen = list(tickets.order_by("-pk").values_list("pk", flat=True)[: min(limit, replay.total - replay.seen)])
    if chosen:
        for pair in supposing.compared(_supposed(replay), Ticket.objects.filter(pk__in=chosen).order_by("-pk")):
            _note(replay, pair)
        replay.seen, replay.cursor = replay.seen + len(chosen), chosen[-1]
    if not chosen or replay.seen >= replay.total:
        replay.state = State.DONE


def _supposed(replay):
    if replay.calendar is not None:
        return supposing.SupposedCalendar(replay.calendar, replay.compiled())
    return supposing.SupposedAgreement(replay.agreement_version)


def _note(replay, pair):
    replay.clocks += 1
    replay.differing += pair.differs
    tally = replay.tallies.setdefault(pair.metric, {"before": {}, "after": {}})
    for side in ("before", "after"):
        outcome = supposing.verdict(getattr(pair, side))
        tally[side][outcome] = tally[side].get(outcome, 0) + 1
    if pair.flips:
        replay.flipped += 1
        if len(replay.flips) < FLIPS_KEPT:
            flip = {"ticket": pair.ticket_id, "metric": pair.metric}
            replay.flips.append(flip | {"before": _kept(pair.before), "after": _kept(pair.after)})


def _kept(view) -> dict:
    return {"outcome": supposing.verdict(view), "due_at": view.due_at if view else None}
