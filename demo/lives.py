"""The life of one ordinary incident, from the report to the requester's verdict."""

import math
import random
from datetime import timedelta

from demo import pictures, talk
from demo.stories import Story
from demo.world import World
from incidents import services as incidents
from tickets import services as tickets
from tickets.models import Channel, Level
from tickets.services import resuming

CHANNELS = {Channel.PORTAL: 62, Channel.PHONE: 24, Channel.EMAIL: 10, Channel.CHAT: 4}


class Case:
    """One incident under way: who asks, who works, and how long things take."""

    def __init__(self, world: World, story: Story, requester, rng: random.Random, *, pace=1.0):
        self.world, self.story, self.requester, self.rng = world, story, requester, rng
        self.agent = world.somebody_of("service-desk", rng)
        self.expert = world.somebody_of(story.team, rng) if story.team else None
        # Some tickets are forgotten for days; they are the breaches and the old backlog.
        self.pace = pace * (14 if rng.random() < 0.08 else 1)
        self.incident = None
        self._words = talk.words_for(world, story, requester, rng)

    def say(self, text):
        return text.format(**self._words)

    def later(self, at, minutes):
        """The instant about `minutes` working minutes after `at`; skewed, as waiting always is."""
        drawn = minutes * self.pace * math.exp(self.rng.gauss(0, 0.75))
        return self.world.calendar.add(at, max(20, int(drawn * 60)))

    def chance(self, share):
        return self.rng.random() < share

    def take(self, name, actor, **values):
        self.incident = tickets.take_transition(self.incident, name, actor=actor, values=values)

    def incident_now(self):
        """Read again: sweeps and parents may have moved it meanwhile."""
        self.incident.refresh_from_db()
        return self.incident

    def write(self, actor, text, *, is_internal=False, uploads=()):
        tickets.comment(self.incident, actor=actor, body=self.say(text), is_internal=is_internal, uploads=uploads)
        self.incident.refresh_from_db()


def ordinary(case: Case, at):
    """Reported, triaged, worked, resolved, confirmed: with all that may come between."""
    report(case)
    if case.chance(0.025):
        yield case.later(at, 6)
        case.take("cancel", case.requester, reason=talk.any_of(talk.WITHDRAWN, case))
        return
    at = yield from triage(case, at)
    if case.chance(0.03):
        at = yield from merge_a_twin(case, at)
    if case.story.question:
        at = yield from ask(case, at)
    if case.expert is not None:
        at = yield from escalate(case, at)
    at = yield from work(case, at)
    yield from settle(case, at)


def report(case, **given):
    """The requester's own words by the portal, or the agent's note of a call."""
    story, rng = case.story, case.rng
    channel = rng.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    has_picture = rng.random() < (0.5 if story.has_picture else 0.04)
    knows_service = channel != Channel.PORTAL or rng.random() < 0.8
    case.incident = incidents.report_incident(**{
        "actor": case.agent if channel == Channel.PHONE else case.requester,
        "requester": case.requester,
        "title": case.say(rng.choice(story.titles)),
        "description": case.say(story.text),
        "channel": channel,
        "service": case.world.services[story.service] if knows_service else None,
        "urgency": story.urgency if rng.random() < 0.7 else Level.MEDIUM,
        "place": case.say("{place}"),
        "affected_items": talk.items_for(case.world, story, case.requester),
        "uploads": [pictures.screenshot(rng)] if has_picture else (),
    } | given)  # fmt: skip


def triage(case, at):
    """Taken, classified and answered by the first line; sometimes urged before that."""
    story, world = case.story, case.world
    ack = 5 if story.urgency == Level.HIGH or case.requester.is_vip else 11
    taken = case.later(at, ack)
    if (taken - at).total_seconds() > 5400 and case.chance(0.5):
        yield at + (taken - at) * 0.7
        tickets.nudge(case.incident, actor=case.requester)
    yield taken
    case.take("claim", case.agent, team=world.teams["service-desk"])
    case.incident = tickets.edit(case.incident, actor=case.agent, changes={
        "impact": story.impact, "urgency": story.urgency, "category": world.categories[story.category],
        "service": world.services[story.service],
    })  # fmt: skip
    yield (at := taken + timedelta(seconds=case.rng.randint(40, 240)))
    case.take("start", case.agent)
    case.write(case.agent, story.ack)
    return at


def merge_a_twin(case, at):
    """A colleague reports the same fault; the agent folds it into the first report."""
    other = case.world.colleague_of(case.requester, case.rng)
    yield (at := at + timedelta(minutes=case.rng.randint(3, 15)))
    story = case.story
    twin = incidents.report_incident(
        actor=other, title=case.say(case.rng.choice(story.titles)), description=talk.any_of(talk.SAME, case),
        service=case.world.services[story.service], place=case.say("{place}"),
    )  # fmt: skip
    yield (at := case.later(at, 8))
    case.incident = incidents.merge(twin, case.incident, actor=case.agent)
    return at


def ask(case, at):
    """One round with the requester: the clock rests until the answer comes."""
    yield (at := case.later(at, 10))
    case.take("hold", case.agent, pending_reason="caller", comment=case.say(case.story.question))
    yield (at := case.later(at, 500 if case.chance(0.12) else 45))
    case.write(case.requester, case.story.answer)
    return at


def escalate(case, at):
    """To the second line with a handover note; now and then sent back for facts, or raised to the lead."""
    team = case.world.teams[case.story.team]
    yield (at := case.later(at, 14))
    case.take("escalate", case.agent, team=team, note=case.say(case.story.handover))
    if case.chance(0.05):
        yield (at := case.later(at, 40))
        case.take("send_back", case.expert, note=talk.any_of(talk.SENT_BACK, case))
        yield (at := case.later(at, 15))
        case.take("claim", case.agent)
        case.take("start", case.agent)
        yield (at := case.later(at, 25))
        case.take("escalate", case.agent, team=team, note=talk.any_of(talk.COMPLETED, case))
    taken = case.later(at, 20 if case.incident.priority <= 2 else 55)
    if (taken - at).total_seconds() > 6 * 3600 and case.chance(0.5):
        yield (at := at + (taken - at) * 0.6)
        case.incident = incidents.escalate_hierarchically(
            case.incident, actor=case.agent, reason=talk.any_of(talk.RAISED, case)
        )
    yield taken
    case.take("claim", case.expert)
    case.take("start", case.expert)
    if case.story.note or case.chance(0.3):
        yield (taken := case.later(taken, 12))
        note = case.story.note or talk.any_of(talk.NOTES, case)
        uploads = [pictures.screenshot(case.rng)] if case.chance(0.15) else ()
        case.write(case.expert, note, is_internal=True, uploads=uploads)
    return taken


def work(case, at):
    """Hands on, perhaps a wait for somebody else, then the solution."""
    story, owner = case.story, case.expert or case.agent
    if story.wait and case.chance(0.75):
        yield (at := case.later(at, 15))
        back = case.later(at, 450 if story.wait == "scheduled" else 800)
        resume_at = {"resume_at": back} if story.wait == "scheduled" else {}
        case.take("hold", owner, pending_reason=story.wait, comment=case.say(story.wait_text), **resume_at)
        yield (at := back)
        if story.wait == "scheduled":
            resuming.resume_due()
            case.incident.refresh_from_db()
        else:
            case.take("resume", owner)
    elif case.chance(0.09):
        yield (at := case.later(at, 30))
        case.take("hold", owner, pending_reason="vendor", comment=talk.any_of(talk.OUT_OF_STOCK, case))
        yield (at := case.world.calendar.add(at, case.rng.randint(6, 24) * 27_000))
        case.take("resume", owner)
    if case.chance(0.12):
        yield (at := case.later(at, 60))
        case.write(case.requester, talk.any_of(talk.IMPATIENT, case))
        yield (at := case.later(at, 10))
        case.write(owner, talk.any_of(talk.PROGRESS, case))
    yield (at := case.later(at, story.minutes))
    solve(case, owner)
    return at


def solve(case, owner):
    if case.incident.state == "pending":
        case.take("resume", owner)
    case.take(
        "resolve", owner, resolution_code=case.story.code, resolution_notes=case.say(case.story.fix),
        service=case.world.services[case.story.service],
    )  # fmt: skip


def settle(case, at):
    """Confirmed, reopened, or left to close by itself."""
    owner = case.expert or case.agent
    if case.chance(0.05):
        yield (at := case.later(at, 240))
        if case.incident_now().state != "resolved":
            return
        case.take("reopen", case.requester, reason=talk.any_of(talk.REOPENED, case))
        yield (at := case.later(at, 20))
        case.write(owner, talk.any_of(talk.AGAIN, case))
        yield (at := case.later(at, case.story.minutes * 1.5))
        solve(case, owner)
    if not case.chance(0.58):
        return
    yield (at := case.later(at, 150))
    if case.incident_now().state != "resolved":
        return
    case.take("close", case.requester)
