"""Problems of 星河制造 at every place of their way: behind a change that went wrong, one whose fix is observed, one whose
fix held, one that came back, one that is left as it is."""

from datetime import timedelta

from changes.models import Change
from cmdb.models import ConfigurationItem
from core import clock
from demo import causes
from demo.days import instant
from incidents import services as incidents
from problems import services
from tickets import services as tickets
from tickets.models import ApprovalSlot, TicketLink
from tickets.services import approving

REPORTS = (
    ("ERP 月度报表查询超时", "销售月报点查询后转了三分钟提示超时，刷新几次才出来。", "li.na"),
    ("库存台账导出一直转圈", "库存台账按仓库导出，进度条停在一半不动。", "zhou.min"),
    ("成本报表打不开", "成本报表查询超时，月底要用，请尽快处理。", "gao.jian"),
)
SLOW = {
    "description": "参数调整回退之后，报表查询仍间歇性超时，集中在上午业务高峰；单据录入正常。",
    "root_cause": "报表与业务共用连接池，高峰期报表长查询占满连接；回退只恢复了参数，没有恢复连接池的分组。",
    "no_method_reason": "数据库监控直接指明了占满的连接池。",
    "workaround": "请在 11:30–13:00 或 17:30 以后查询和导出报表；急用时联系服务台代为导出。",
}
# (title, team, item, the change that solves it, cause, workaround, days of observation)
FIXED = (
    ("OA 流程引擎偶发卡死", "applications", "app-oa", "OA 流程引擎补丁",
     "流程引擎在并行会签超过 20 个节点时死锁，厂商已确认为缺陷。", "由管理员重启流程引擎，约 2 分钟，流程不丢失。", 30),
    ("ERP 数据库表空间写满前没有告警", "database", "app-erp", "紧急扩容 ERP 数据库表空间",
     "表空间未设置自动扩展，监控只看磁盘不看表空间。", "每天早上人工检查表空间使用率，超过 90 % 时联系数据库组。", 3),
    ("VPN 高峰期断线", "network", "fw-01", "防火墙策略清理",
     "失效策略占满会话匹配表，新会话被丢弃。", "断线后等待一分钟再重新拨入。", 30),
)  # fmt: skip


def begin_all(timeline, company, until) -> None:
    today = until.date()
    for told in FIXED:
        timeline.begin(instant(today - timedelta(days=23), 9), _fixed(company, told, today))
    timeline.begin(until - timedelta(days=6), _behind_a_change(company, until))
    timeline.begin(until - timedelta(days=8), _left_as_it_is(company, until - timedelta(days=8)))


def _known(company, team, item, **values):
    """A problem of a team that is a known error already; returns it with its owner."""
    owner = company.members[team][0]
    problem = services.open_problem(
        actor=owner, team=company.teams[team], assignee=owner, organisation=company.organisation,
        affected_items=list(ConfigurationItem.objects.filter(slug=item)), **values,
    )  # fmt: skip
    for step in ("assess", "investigate", "declare_known_error"):
        problem = tickets.take_transition(problem, step, actor=owner)
    return problem, owner


def _fixed(company, told, today):
    """Known before its change, observed after it. On the firewall it comes back yesterday."""
    title, team, item, solution, cause, workaround, days = told
    problem, owner = _known(
        company, team, item, title=title, root_cause=cause, workaround=workaround, watch_days=days,
        no_method_reason="厂商确认的缺陷。",
    )  # fmt: skip
    if item == "fw-01":
        causes.of_a_dropping_line(problem, actor=owner)
    at = clock.now()
    while (change := Change.objects.filter(title=solution).first()) is None:
        if at.date() >= today:
            return
        yield (at := at + timedelta(days=1))
    tickets.link(problem, change, kind=TicketLink.Kind.SOLVED_BY, actor=owner)
    tickets.take_transition(problem, "begin_fix", actor=owner)
    if item == "fw-01":
        yield instant(today - timedelta(days=1), 10)
        incidents.report_incident(
            actor=company.people["li.na"], title="VPN 又断了，早上连续断了三次", description="每次十几秒，重拨才能恢复。",
            service=company.services["vpn"], affected_items=list(ConfigurationItem.objects.filter(slug=item)),
        )  # fmt: skip


def _behind_a_change(company, until):
    """A change was backed out, reports are slow since: three incidents, one problem, a workaround for everybody."""
    expert, desk = company.people["liu.yang"], company.people["zhang.wei"]
    items = list(ConfigurationItem.objects.filter(slug="cl-db"))
    change = Change.objects.filter(title="数据库集群参数调整").first()
    reported, at = [], until - timedelta(days=6)
    for title, text, requester in REPORTS:
        incident = incidents.report_incident(
            actor=company.people[requester], title=title, description=text, service=company.services["erp"],
            category=company.categories["software-business"], affected_items=items,
        )  # fmt: skip
        if change is not None:
            tickets.link(incident, change, kind=TicketLink.Kind.CAUSED_BY, actor=None)
        tickets.take_transition(incident, "claim", actor=desk, values={"team": company.teams["service-desk"]})
        tickets.take_transition(incident, "start", actor=desk)
        tickets.take_transition(incident, "hold", actor=desk, values={"pending_reason": "problem"})
        reported.append(incident)
        yield (at := at + timedelta(hours=3))
    problem = services.open_problem(
        actor=expert, title="ERP 报表查询间歇性超时", team=company.teams["database"], assignee=expert, impact=2,
        service=company.services["erp"], category=company.categories["software-business"], affected_items=items,
        organisation=company.organisation, incidents=reported, description=SLOW["description"],
    )  # fmt: skip
    tickets.take_transition(problem, "assess", actor=expert)
    services.add_task(problem, actor=expert, title="统计一周内报表连接池的占用", assignee=expert)
    yield (at := at + timedelta(days=1))
    tickets.take_transition(problem, "investigate", actor=expert)
    causes.of_slow_reports(problem, actor=expert, incident=reported[0], change=change, today=until.date())
    yield until - timedelta(days=1)
    services.describe(problem, actor=expert, values=SLOW)
    tickets.take_transition(problem, "declare_known_error", actor=expert)
    services.publish_workaround(problem, actor=expert, language="zh-hans")


def _left_as_it_is(company, at):
    """Nobody replaces what goes out of use in spring anyway."""
    problem, owner = _known(
        company, "systems", "app-plm", title="PLM 旧版预览控件在高分屏上显示错位", root_cause="旧控件不支持高分屏缩放。",
        no_method_reason="厂商确认不再修复。", workaround="将屏幕缩放调为 100 %，或使用网页版预览。",
    )  # fmt: skip
    services.ask_acceptance(
        problem, actor=owner, approver=company.people["wang.fang"], reason="明年三月随 PLM 升级整体替换，期间有临时办法。",
        review_on=at.date() + timedelta(days=120),
    )  # fmt: skip
    yield at + timedelta(hours=4)
    slot = ApprovalSlot.objects.asked().get(ticket=problem.pk)
    approving.decide(slot, actor=slot.approver, approve=True)
