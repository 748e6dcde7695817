"""What people of 星河制造 asked for out of the catalogue, from the form to the delivery or wherever it stands today."""

import random
from datetime import timedelta
from pathlib import Path

from catalog import services as catalog
from catalog.models import RequestItem
from demo import days
from tickets import services as tickets
from tickets.models import ApprovalSlot
from tickets.services import approving
from tickets.services import tasks as work

CATALOGUE = Path(__file__).with_name("catalogue.yaml")
# How far each request got: the last one of a life is today's.
WAYS = (
    "closed",
    "closed",
    "closed",
    "fulfilled",
    "working",
    "approved",
    "waiting",
    "half",
    "sent_back",
    "withdrawn",
    "pending",
)


def install() -> None:
    """Bring the catalogue in through the real import."""
    report = catalog.import_catalogue(CATALOGUE.read_text("utf-8"), actor=None)
    if report.problems:
        raise ValueError(report.problems)


def begin_all(timeline, company, until, *, lives=44) -> None:
    """Begin the lives of requests: old ones went all the way, those of the last days stand everywhere.

    A company with a short history has fewer of the old ones.
    """
    items = list(RequestItem.objects.select_related("service", "current_form").order_by("position", "slug"))
    for number in range(lives):
        rng = random.Random(f"request {number}")
        is_recent = number >= lives - 2 * len(WAYS)
        way = WAYS[number % len(WAYS)] if is_recent else "closed"
        ago = rng.uniform(0.3, 6) if is_recent else rng.uniform(12, 50)
        at = days.instant((until - timedelta(days=ago)).date(), rng.randint(9, 16), rng.randrange(60))
        if at >= until:
            at -= timedelta(days=1)
        if at < timeline.start:
            continue
        item = items[number % len(items)]
        requester = company.people["li.na"] if number % 9 == 4 else rng.choice(company.employees)
        timeline.begin(at, _life(company, item, requester, way, rng, at))


def _life(company, item, requester, way, rng, at):
    asked = catalog.submit(
        item, actor=requester, answers=_answers(item, company, rng, at), cost_centre="CC-4100", at=at
    )
    if way == "withdrawn":
        yield (at := at + timedelta(minutes=rng.randint(20, 300)))
        tickets.take_transition(asked, "withdraw", actor=requester, values={"reason": "不需要了"})
        return
    while (slot := ApprovalSlot.objects.filter(ticket=asked, state="asked").first()) and way != "waiting":
        yield (at := at + timedelta(minutes=rng.randint(15, 240)))
        if way == "sent_back":
            approving.decide(
                slot, actor=slot.approver, approve=False, reason="请补充用途，并说明为什么现有设备不够用。"
            )
            return
        approving.decide(slot, actor=slot.approver, approve=True)
        if way == "half":
            return
    asked.refresh_from_db()
    if asked.state != "approved" or way == "approved":
        return
    yield from _fulfil(company, asked, way, rng, at)


def _fulfil(company, asked, way, rng, at):
    yield (at := at + timedelta(minutes=rng.randint(10, 120)))
    owner = company.somebody_of(asked.team.slug, rng)
    asked = tickets.take_transition(asked, "claim", actor=owner)
    if way == "pending":
        values = {"pending_reason": "caller", "comment": "请确认交付地点和时间，谢谢。"}
        tickets.take_transition(asked, "hold", actor=owner, values=values)
        return
    while task := asked.tasks.filter(state="open").exclude(automatic="notify_requester").order_by("pk").first():
        yield (at := at + timedelta(minutes=rng.randint(30, 400)))
        worker = company.somebody_of((task.team or asked.team).slug, rng)
        task = work.start(task, actor=worker)
        if way == "working":
            return
        work.complete(task, actor=worker)
    if way == "closed":
        yield (at + timedelta(hours=rng.randint(2, 20)))
        asked.refresh_from_db()
        if asked.state == "fulfilled":
            tickets.take_transition(asked, "close", actor=asked.requester)


REASONS = ("现有设备使用五年，运行缓慢。", "新项目需要，预计下月启动。", "出差期间处理订单。", "月底结账需要。")


def _answers(item, company, rng, at) -> dict:
    """Something for every field that shows for the first choices made."""
    said = {}
    for one in item.current_form.definition["fields"]:
        if one.get("visible_if") and not all(said.get(c["field"]) == c["value"] for c in one["visible_if"]):
            continue
        if (value := _answer(one, item, company, rng, at)) is not None:
            said[one["key"]] = value
    return said


def _answer(one, item, company, rng, at):
    soon = (at + timedelta(days=rng.randint(5, 60))).date().isoformat()
    match one["kind"]:
        case "text":
            return rng.choice(("三楼 305", "AutoCAD 2026", "质量月报", "林思远"))
        case "long_text":
            return rng.choice(REASONS)
        case "number":
            return min(one.get("max", 20), max(one.get("min", 1), 32))
        case "date":
            return soon
        case "datetime":
            return f"{soon}T14:00"
        case "choice":
            return rng.choice(one["choices"])["value"]
        case "multi_choice":
            return [choice["value"] for choice in one["choices"][: rng.randint(1, 3)]]
        case "person":
            return rng.choice(company.employees).username
        case "table":
            return [
                {column["key"]: _answer(column, item, company, rng, at) for column in one["columns"]}
                for _row in range(rng.randint(1, 3))
            ]
        case "consent":
            return True
    return None
