"""Two bad mornings: one cause, many reports, children that hang under the parent."""

import random
from dataclasses import dataclass
from datetime import timedelta

from demo.days import instant
from incidents import services as incidents
from tickets import services as tickets
from tickets.models import Channel


@dataclass(frozen=True)
class Outage:
    """`days_ago` by size of the demo, `hour` local; `reports` are (title, words) people send meanwhile."""

    key: str
    days_ago: dict[str, int]
    hour: int
    service: str
    category: str
    team: str
    item_kind: str
    site: str
    title: str
    text: str
    handover: str
    steps: tuple[str, ...]
    fix: str
    minutes: int
    children: dict[str, int]
    reports: tuple[tuple[str, str], ...]


OUTAGES = (
    Outage(
        key="suzhou-core", days_ago={"full": 143, "small": 41}, hour=10, service="network", category="network-wired",
        team="network", item_kind="switch", site="suzhou", minutes=134, children={"full": 22, "small": 6},
        title="【重大】苏州工厂核心交换机故障，全厂网络中断",
        text="监控告警：苏州核心交换机 1 失联，下联 14 台接入交换机不可达。产线报工、仓库扫码和办公网络全部受影响。",
        handover="监控同时报 14 台接入交换机离线，苏州多部门来电。已电话通知工厂值班，初步判断为核心设备故障，请网络组立即处理。",
        steps=("已远程登录带外管理口，主控板反复重启，日志为电源模块异常。", "备用主控切换失败，携备件前往现场，预计 40 分钟到达。",
               "现场更换电源模块与主控板，配置已恢复，正在逐台确认接入交换机。"),
        fix="核心交换机电源模块老化导致主控反复重启。更换电源模块和主控板，恢复配置后全厂网络于两小时内恢复。后续：双电源改造列入计划，备件提前到厂。",
        reports=(("全厂没有网，MES 报不了工", "整个车间的终端都掉线了，产线停了，请马上处理！"),
                 ("仓库扫码枪全部连不上", "发货在等，扫码枪一台都连不上，网络是不是断了？"),
                 ("办公楼上不了网", "苏州办公楼网络断了，电话也打不出去。"),
                 ("ERP 登录不上", "ERP 打不开，同事也一样，急等开票。"),
                 ("质检数据上传失败", "检测设备的数据传不上去，检验报告出不来。"),
                 ("打印机全部离线", "所有打印机都显示离线，单据打不出来。")),
    ),
    Outage(
        key="erp-lock", days_ago={"full": 33, "small": 12}, hour=15, service="erp", category="software-business",
        team="database", item_kind="database", site="shanghai", minutes=96, children={"full": 26, "small": 7},
        title="【重大】ERP 数据库锁等待，单据无法保存",
        text="监控告警：ERP 数据库活动会话数超过阈值，平均等待 48 秒。多个部门反映保存单据超时。",
        handover="五分钟内收到十余起 ERP 保存超时的报障，应用服务器资源正常，数据库会话堆积，请数据库组立即处理。",
        steps=("查到一条长事务持有库存表锁，来源是月末批量调整程序。", "已与财务确认可以终止该批量任务，正在结束会话。",
               "会话已释放，等待队列清空，正在观察保存耗时。"),
        fix="月末批量库存调整在业务高峰期执行，长事务持锁导致全系统等待。终止任务并释放锁后恢复，批量任务已改为夜间执行并分批提交。",
        reports=(("ERP 保存单据一直转圈", "采购单保存了五分钟还在转，下班前必须提交。"),
                 ("ERP 提示超时", "出库单保存提示“请求超时”，仓库在等。"),
                 ("ERP 卡死", "ERP 完全动不了，换了电脑也一样。"),
                 ("发票开不出来", "开票界面点确定没反应，客户在等发票。"),
                 ("销售订单无法提交", "订单提交后报“等待资源锁定”，试了几次都不行。"),
                 ("ERP 查询空白", "库存查询出来是空白，计划排不了。")),
    ),
)  # fmt: skip


def outage(world, story: Outage, rng: random.Random, at, begin, size):
    """The parent's life. `begin(at, life)` starts the children's."""
    item = world.items[story.item_kind][0]
    agent = world.people["zhang.wei"]
    expert = world.members[story.team][1 if story.team == "network" else 0]
    parent = incidents.report_incident(
        actor=None, title=story.title, description=story.text, impact=1, urgency=1, organisation=world.organisation,
        service=world.services[story.service], category=world.categories[story.category], affected_items=[item],
        channel=Channel.MONITORING,
    )  # fmt: skip
    for n in range(story.children[size]):
        title, words = story.reports[n % len(story.reports)]
        reported = at + timedelta(seconds=rng.randint(90, int(story.minutes * 60 * 0.6)))
        begin(reported, child(world, story, parent, title, words, rng, reported, ends=at + _minutes(story)))
    yield at + timedelta(minutes=2)
    tickets.take_transition(parent, "claim", actor=agent, values={"team": world.teams["service-desk"]})
    tickets.take_transition(parent, "start", actor=agent)
    tickets.comment(parent, actor=agent, body="已收到监控告警和多起报障，按重大事件处理，每 30 分钟通报一次进展。")
    yield at + timedelta(minutes=6)
    values = {"team": world.teams[story.team], "note": story.handover}
    tickets.take_transition(parent, "escalate", actor=agent, values=values)
    yield at + timedelta(minutes=9)
    tickets.take_transition(parent, "claim", actor=expert)
    tickets.take_transition(parent, "start", actor=expert)
    yield at + timedelta(minutes=12)
    incidents.escalate_hierarchically(parent, actor=agent, reason="重大事件，影响生产，请知悉并协调资源。")
    for n, step in enumerate(story.steps, start=1):
        yield at + _minutes(story) * n / (len(story.steps) + 1)
        tickets.comment(parent, actor=expert, body=step, is_internal=n == 1)
    yield at + _minutes(story)
    tickets.take_transition(parent, "resolve", actor=expert, values={
        "resolution_code": "replaced" if story.team == "network" else "fixed", "resolution_notes": story.fix,
    })  # fmt: skip
    yield world.calendar.add(at + _minutes(story), 5 * 3600)
    parent.refresh_from_db()
    if parent.state == "resolved":
        tickets.take_transition(parent, "close", actor=agent)


def _minutes(story):
    return timedelta(minutes=story.minutes)


def child(world, story, parent, title, words, rng, at, *, ends):
    """A report of somebody who is affected; it is hung under the parent and solved with it."""
    near = [user for user in world.employees if world.sites[user.pk].slug == story.site] or world.employees
    requester = rng.choice(near)
    incident = incidents.report_incident(
        actor=requester, title=title, description=words, service=world.services[story.service], urgency=1,
        place=world.place_of(requester, rng),
    )  # fmt: skip
    agent = world.somebody_of("service-desk", rng)
    yield (at := min(at + timedelta(minutes=rng.randint(3, 14)), ends - timedelta(minutes=1)))
    tickets.take_transition(incident, "claim", actor=agent, values={"team": world.teams["service-desk"]})
    tickets.set_parent(incident, parent, actor=agent)
    tickets.comment(incident, actor=agent, body=f"您好，这是 {parent.number} 的影响，正在紧急处理，恢复后会通知您。")
    if rng.random() < 0.2:
        yield at + (ends - at) / 2
        tickets.nudge(incident, actor=requester)
    yield world.calendar.add(ends, rng.randint(600, 9000))
    incident.refresh_from_db()
    if incident.state == "resolved" and rng.random() < 0.6:
        tickets.take_transition(incident, "close", actor=requester)


def strikes(story: Outage, today, size, calendar):
    """The instant at which it strikes: some days ago, or the next day on which people work."""
    day = today - timedelta(days=story.days_ago[size])
    while not calendar.is_open(instant(day, story.hour, 5)):
        day += timedelta(days=1)
    return instant(day, story.hour, 5)
