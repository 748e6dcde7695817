"""Two months of changes at 星河制造: what is done often, what was risky, one that was backed out, one emergency, and
what stands where today. Everything through the real services; where the calendar says no, a change waits like any other.
"""

import random
from datetime import timedelta

from accounts.models import Role
from changes import services as changes
from changes import starter
from changes.models import Board, Change, ChangeTemplate, RiskQuestion, RiskRoute
from changes.selectors.slots import next_free
from cmdb.models import ConfigurationItem
from core import clock
from demo.days import instant
from incidents import services as incidents
from tickets import services as tickets
from tickets.models import ApprovalSlot
from tickets.services import approving
from tickets.services import tasks as work

# login of the change manager
MANAGER = "zhao.jing"
CAB = ("zhao.jing", "guo.qiang", "xu.kai", "shen.yan", "liu.yang")
AUTHORITY = ("wang.fang", "xu.kai")
# name: (Chinese, English, team, plan, steps, back-out plan, steps back, tests, minutes)
TEMPLATES = {
    "patch": (
        "月度主机补丁", "Monthly host patches", "systems",
        "逐台疏散、打补丁、重启并放回集群，一次一台。", "疏散虚拟机\n安装补丁并重启\n检查服务\n放回集群",
        "从快照恢复，约 20 分钟。", "恢复快照\n检查服务", "已在测试集群验证一周。", 120,
    ),
    "access": (
        "接入交换机端口调整", "Access switch port change", "network",
        "按工单调整端口 VLAN 与描述。", "备份配置\n调整端口\n验证连通", "恢复备份的配置。", "恢复配置",
        "同型号交换机每月执行十余次。", 30,
    ),
}  # fmt: skip
# (title, team, item, how far it gets, answers to the questions: 0 is the safest)
NORMAL = (
    ("ERP 应用升级到 8.4", "applications", "app-erp", "successful", 1),
    ("核心交换机固件升级（第一台）", "network", "sw-core-01", "successful", 1),
    ("数据库集群参数调整", "database", "cl-db", "rolled_back", 1),
    ("邮件系统证书更换", "systems", "app-mail", "successful", 0),
    ("MES 接口切换到新网关", "applications", "app-mes", "issues", 1),
    ("备份系统扩容", "systems", "bk-01", "successful", 0),
    ("OA 流程引擎补丁", "applications", "app-oa", "successful", 0),
    ("防火墙策略清理", "network", "fw-01", "successful", 1),
)
TODAY = (
    ("ERP 虚拟化集群存储迁移", "systems", "cl-erp", "board", 9),
    ("PLM 应用升级", "applications", "app-plm", "scheduled", 0),
    ("核心交换机固件升级（第二台）", "network", "sw-core-01", "assessing", 1),
    ("全闪存储控制器更换", "systems", "st-01", "draft", 1),
)
WORDS = {
    "plan": "在维护窗口内由实施人按步骤执行，业务方派一人在线验证；每一步完成后确认监控正常再继续。",
    "steps": "通知业务方\n停止相关任务\n实施变更\n业务验证",
    "rollback_plan": "恢复变更前的快照与配置，约 30 分钟；最晚在窗口结束前 45 分钟决定。",
    "back_out_steps": "恢复快照与配置\n业务验证",
    "test_evidence": "已在测试环境完整演练一次，结果见知识库。",
}
OUTCOMES = {
    "successful": ("successful", "按计划完成，观察期内无异常。"),
    "issues": ("successful_with_issues", "完成，但验证比计划多用了 25 分钟；下次预留更多时间。"),
    "rolled_back": ("rolled_back", "连接数参数导致报表超时，已在窗口内回退；在测试环境补做压力测试后重新申请。"),
}


def install(company) -> None:
    """The change manager, the two boards and the templates of standard changes."""
    if not RiskQuestion.objects.exists():  # a reset emptied these tables, too
        starter.ship(RiskQuestion, RiskRoute)
    people, admin = company.people, company.people["admin"]
    manager = people[MANAGER]
    manager.roles = [*manager.roles, Role.CHANGE_MANAGER]
    manager.save(update_fields=["roles"])
    for kind, zh, en, members, quorum in (
        ("cab", "变更顾问委员会", "Change advisory board", CAB, 3),
        ("emergency", "紧急变更审批组", "Emergency authority", AUTHORITY, 1),
    ):
        known = [people[login] for login in members]
        changes.keep_board(
            Board(), actor=admin, name_zh=zh, name_en=en, kind=kind, organisation=company.organisation,
            members=known, chair=known[0], quorum=quorum, is_active=True,
        )  # fmt: skip
    for zh, en, team, plan, steps, back, steps_back, tests, minutes in TEMPLATES.values():
        template = changes.keep_template(
            ChangeTemplate(), actor=company.members[team][0], name_zh=zh, name_en=en, description="",
            organisation=company.organisation, service=None, team=company.teams[team], plan=plan, steps=steps,
            rollback_plan=back, back_out_steps=steps_back, test_evidence=tests, minutes=minutes, watch_hours=24,
            suspend_after=2,
        )  # fmt: skip
        _renewed(template, manager)


def _renewed(template, manager):
    day = clock.now().date() + timedelta(days=360)
    return changes.approve_template(template, actor=manager, valid_until=day)


def begin_all(timeline, company, until) -> None:
    """Old ones went all the way; those of today stand everywhere."""
    today = until.date()
    for number, told in enumerate(NORMAL):
        at = instant(today - timedelta(days=54 - 6 * number), 10)
        if at > timeline.start:
            timeline.begin(at, _normal(company, told, at, at + timedelta(days=1)))
    timeline.begin(max(timeline.start, instant(today - timedelta(days=60), 9)), _renewal(company))
    for number in range(8):
        at = instant(today - timedelta(days=56 - 6 * number), 15)
        if at > timeline.start:
            timeline.begin(at, _standard(company, "patch" if number % 2 else "access", at, number))
    timeline.begin(instant(today - timedelta(days=9), 11), _emergency(company, instant(today - timedelta(days=9), 11)))
    held = instant(today - timedelta(days=12), 14)
    timeline.begin(held - timedelta(days=2), _meetings(company, held, until))
    for number, told in enumerate(TODAY):
        at = until - timedelta(hours=40 - 6 * number)
        timeline.begin(at, _normal(company, told, at, until + timedelta(days=1)))


def _meetings(company, held, until):
    """The board met lately, and is called together for what waits now."""
    chair, *others = (company.people[login] for login in CAB)
    board = Board.objects.get(kind="cab", organisation=company.organisation)
    meeting = changes.call_meeting(board, actor=chair, starts_at=held, place="三楼会议室")
    yield held
    changes.open_meeting(meeting, actor=chair)
    yield held + timedelta(minutes=40)
    minutes = "- 回顾本月变更：一项回退，原因已在测试环境复现\n- 年末冻结期自 12 月 28 日起，请提前安排变更"
    changes.close_meeting(meeting, actor=chair, present=[chair, *others[:3]], minutes=minutes)
    yield until - timedelta(hours=1)
    soon = instant((until + timedelta(days=3)).date(), 14)
    changes.call_meeting(board, actor=chair, starts_at=soon, place="三楼会议室")


def _renewal(company):
    """Approved for less than a year, templates are looked at again in time."""
    for template in ChangeTemplate.objects.all():
        _renewed(template, company.people[MANAGER])
    yield from ()


def _items(slug):
    return ConfigurationItem.objects.filter(slug=slug)


def _two(company, team, seed):
    """Who prepares and who carries out: two members of a team, always the same for the same change."""
    return random.Random(seed).sample(company.members[team], 2)


def _placed(change, author, after):
    """Move a draft to the first free time; returns its beginning."""
    if slot := next_free(change, after):
        changes.plan_change(change, actor=author, values=dict(zip(("planned_start", "planned_end"), slot, strict=True)))
        change.refresh_from_db()
    return change.planned_start


def _normal(company, told, at, earliest):
    title, team, slug, far, option = told
    author, implementer = _two(company, team, title)
    night = instant(earliest.date() + timedelta(days=1), 22)
    change = changes.open_change(
        actor=author, title=title, affected_items=list(_items(slug)), team=company.teams[team], assignee=author,
        implementer=implementer, planned_start=night, planned_end=night + timedelta(hours=3), watch_hours=24,
        description="减少故障风险，并为后续扩展做准备。", **WORDS,
    )  # fmt: skip
    night = _placed(change, author, earliest)
    if far == "draft":
        return
    yield (at := at + timedelta(hours=1))
    tickets.take_transition(change, "submit", actor=author)
    if far == "assessing":
        return
    answers = {one.slug: min(option, len(one.options) - 1) for one in RiskQuestion.objects.filter(is_active=True)}
    changes.assess(change, actor=author, answers=answers)
    tickets.take_transition(change, "ask_approval", actor=author)
    yield from _decided(change, at, far)
    yield night
    change.refresh_from_db()
    if change.state == "scheduled":
        yield from _carried_out(change, implementer, author, far, night)


def _decided(change, at, far):
    """Whoever is asked agrees; what waits for the board today waits."""
    while slot := ApprovalSlot.objects.filter(ticket=change, state="asked").order_by("pk").first():
        if far == "board" and slot.stage.mode == "quorum":
            return
        yield (at := at + timedelta(minutes=50))
        approving.decide(slot, actor=slot.approver, approve=True)


def _carried_out(change, implementer, reviewer, far, at):
    tickets.take_transition(change, "start", actor=implementer)
    done = 0
    while task := change.tasks.filter(state="open").order_by("pk").first():
        if far == "rolled_back" and done == 3 and task.key.startswith("step"):
            reason = "业务验证失败：报表查询超时"
            change = Change.objects.get(pk=change.pk)
            tickets.take_transition(change, "back_out", actor=implementer, values={"reason": reason})
            continue
        work.start(task, actor=implementer)
        yield (at := at + timedelta(minutes=15))
        work.complete(task, actor=implementer)
        done += 1
    change.refresh_from_db()
    yield change.watch_until + timedelta(hours=1)
    for cause in change.caused.filter(state="suggested"):
        changes.judge(cause, actor=reviewer, is_caused=far != "successful")
    outcome, notes = OUTCOMES[far]
    values = {"outcome": outcome, "records": "untouched", "review_notes": notes}
    tickets.take_transition(Change.objects.get(pk=change.pk), "close", actor=reviewer, values=values)


def _standard(company, name, at, number):
    zh, _en, team, *_rest = TEMPLATES[name]
    author, implementer = _two(company, team, f"{name} {number}")
    template = ChangeTemplate.objects.get(name_zh=zh)
    night = instant(at.date() + timedelta(days=1), 21)
    items = list(ConfigurationItem.objects.filter(slug__startswith="srv-vm" if team == "systems" else "sw-acc"))
    change = changes.use_template(
        template, actor=author, planned_start=night, implementer=implementer,
        affected_items=[items[number % len(items)]] if items else [company.services["network"]],
    )  # fmt: skip
    night = _placed(change, author, night)
    if changes.obstacles(change):
        return
    tickets.take_transition(change, "schedule", actor=author)
    yield night
    yield from _carried_out(
        Change.objects.get(pk=change.pk), implementer, company.members[team][0], "successful", night
    )


def _emergency(company, at):
    """A full database disk at eleven in the morning."""
    reporter, expert = company.people["zhang.wei"], company.people["liu.yang"]
    incident = incidents.report_incident(
        actor=company.people["li.na"], title="ERP 保存单据报错：表空间已满", service=company.services["erp"],
        impact=1, urgency=1, affected_items=list(_items("cl-db")),
    )  # fmt: skip
    tickets.take_transition(incident, "claim", actor=reporter)
    yield (at := at + timedelta(minutes=6))
    change = changes.open_change(
        actor=reporter, title="紧急扩容 ERP 数据库表空间", type="emergency", solves=incident, impact=1, urgency=1,
        affected_items=list(_items("cl-db")), team=company.teams["database"], implementer=expert, watch_hours=24,
        description="表空间已满，所有单据无法保存。", plan="在线追加 200 GB 数据文件。",
        steps="追加数据文件\n确认单据可以保存", rollback_plan="移除空数据文件。", back_out_steps="移除空数据文件",
    )  # fmt: skip
    tickets.take_transition(change, "ask_approval", actor=reporter)
    yield (at := at + timedelta(minutes=4))
    slot = change.approval_slots.get(approver=company.people["wang.fang"])
    approving.decide(slot, actor=slot.approver, approve=True)
    change = tickets.take_transition(Change.objects.get(pk=change.pk), "start", actor=expert)
    yield (at := at + timedelta(minutes=3))
    answers = {one.slug: 0 for one in RiskQuestion.objects.filter(is_active=True)}
    changes.assess(change, actor=reporter, answers=answers, note="事后补做：在线操作，风险低。")
    while task := change.tasks.filter(state="open").order_by("pk").first():
        work.start(task, actor=expert)
        yield (at := at + timedelta(minutes=9))
        work.complete(task, actor=expert)
    values = {"resolution_code": "fixed", "resolution_notes": "数据库已扩容，请重新保存单据。"}
    tickets.take_onwards(incident, "resolve", actor=reporter, values=values)
    change.refresh_from_db()
    yield change.watch_until + timedelta(hours=1)
    for cause in change.caused.filter(state="suggested"):
        changes.judge(cause, actor=reporter, is_caused=False)
    values = {"outcome": "successful", "records": "untouched", "review_notes": "十分钟恢复。已加表空间 80 % 告警。"}
    tickets.take_transition(Change.objects.get(pk=change.pk), "close", actor=reporter, values=values)
