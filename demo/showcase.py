"""What everybody should find on the day they look: something due soon, something late, something of their own.

Instants are relative to the end of the demo, so that these are always fresh.
"""

import random
from datetime import timedelta

from demo import pictures
from demo.days import instant, started
from incidents import services as incidents
from knowledge.selectors.runbooks import runbooks_for
from surveys import services as surveys
from tickets import services as tickets
from tickets.models import Channel

# What the standard agreement promises: P1 in four hours around the clock, P2 in one office day (in seconds).
P1_SOLVED_IN = timedelta(hours=4)
DAY = 27_000
# So many steps of a runbook are done; the next one waits for whoever opens the ticket.
TICKED = 2


def begin_all(timeline, world, until):
    """Start every showcase life on `timeline`; the world's calendar decides when promises end."""
    rng = random.Random("showcase")
    due_soon = until + timedelta(minutes=20) - P1_SOLVED_IN
    was_due = started(world.calendar, until - timedelta(minutes=35), DAY)
    timeline.begin(due_soon, promised(world, rng, DUE_SOON, due_soon))
    timeline.begin(was_due, promised(world, rng, OVERDUE, was_due), rank=instant(_day(was_due), 0))
    for minutes, life in ((26 * 60, waiting_for_li_na), (25 * 60, resolved_for_li_na)):
        at = until - timedelta(minutes=minutes)
        timeline.begin(at, life(world, rng, at), rank=instant(_day(at), 0))
    for minutes, life in (
        (170, closed_for_li_na), (150, handed_over), (95, important_person), (48, urged), (25, li_na_today),
    ):  # fmt: skip
        at = until - timedelta(minutes=minutes)
        timeline.begin(at, life(world, rng, at))
    for minutes, (login, service, title, text, urgency) in zip((19, 11, 6, 2), FRESH, strict=True):
        timeline.begin(until - timedelta(minutes=minutes), fresh(world, rng, login, service, title, text, urgency))


def _day(at):
    return at.astimezone(instant(at.date(), 0).tzinfo).date()


DUE_SOON = {
    "requester": "zhou.min", "owner": "chen.hao", "team": "network", "service": "erp", "category": "network-wired",
    "impact": 1, "urgency": 1, "title": "上海至苏州专线丢包，ERP 与 MES 数据交互中断",
    "text": "苏州工厂反映 ERP 与 MES 之间数据传不过去，入库和开票都停了，专线监控显示丢包 40%。",
    "ack": "您好，已按最高优先级处理，网络组正在与运营商联系，每 30 分钟通报一次。",
    "handover": "专线丢包 40%，备线未自动切换；苏州入库、开票停止。已报运营商，工单号 7703-2219，请网络组接手切换备线。",
    "note": "运营商确认光缆受损，抢修中；备线切换脚本路由优先级有误，正在手工调整，预计 20 分钟内恢复。",
    "note_after": 150,
}  # fmt: skip
OVERDUE = {
    "requester": "gao.jian", "owner": "zhang.wei", "team": "", "service": "email", "category": "mail",
    "impact": 2, "urgency": 1, "title": "总经理邮箱在手机上收不到新邮件",
    "text": "手机邮箱从昨天起收不到新邮件，电脑上正常，出差路上需要及时看邮件。",
    "ack": "高总您好，已收到，我马上核对手机同步策略。", "handover": "",
    "note": "同步策略正常，怀疑手机端证书未更新，已约高总秘书取手机，对方还在会议中。",
    "note_after": 75,
}  # fmt: skip
FRESH = (
    (1, "printing", "三楼打印机缺墨，打印发白", "三楼打印机打出来几乎看不见字，请换一下墨盒。", 3),
    (2, "mes", "二车间 MES 终端登录报错", "二车间 3 号终端登录提示“会话数超限”，换班交接在等。", 1),
    (3, "account", "新同事需要开通 CRM 权限", "今天入职的销售需要 CRM 查看权限，工号见入职单。", 2),
    (4, "meeting", "下午两点会议室投屏无声音", "试了一下投屏，画面有但是没有声音，两点要用。", 1),
)


def promised(world, rng, facts, at):
    """In progress since its first day, held by one of the cast, with the promise about to end or just over.

    Where a runbook tells what to do about such a fault, its owner is on the way through it.
    """
    people = world.people
    desk = people["zhang.wei"]
    incident = incidents.report_incident(
        actor=people[facts["requester"]], title=facts["title"], description=facts["text"],
        service=world.services[facts["service"]], impact=facts["impact"], urgency=facts["urgency"],
        category=world.categories[facts["category"]], place="上海总部A座5楼",
    )  # fmt: skip
    yield at + timedelta(minutes=4)
    tickets.take_transition(incident, "claim", actor=desk, values={"team": world.teams["service-desk"]})
    tickets.take_transition(incident, "start", actor=desk)
    tickets.comment(incident, actor=desk, body=facts["ack"])
    if facts["team"]:
        yield at + timedelta(minutes=21)
        values = {"team": world.teams[facts["team"]], "note": facts["handover"]}
        tickets.take_transition(incident, "escalate", actor=desk, values=values)
        yield at + timedelta(minutes=32)
        tickets.take_transition(incident, "claim", actor=people[facts["owner"]])
        tickets.take_transition(incident, "start", actor=people[facts["owner"]])
    yield at + timedelta(minutes=facts["note_after"])
    owner = people[facts["owner"]]
    tickets.comment(incident, actor=owner, body=facts["note"], is_internal=True)
    incident.refresh_from_db()
    for runbook in runbooks_for(owner, category=incident.category_id)[:1]:
        tickets.start_runbook(incident, runbook, actor=owner)
        for minutes, step in enumerate(list(incident.checklist.all()[:TICKED]), start=1):
            yield at + timedelta(minutes=facts["note_after"] + 9 * minutes)
            tickets.tick_step(step, actor=owner, is_done=True)


def _reported(world, requester, service, category, title, text, **given):
    return incidents.report_incident(**{
        "actor": world.people[requester], "title": title, "description": text, "service": world.services[service],
        "category": world.categories[category],
    } | given)  # fmt: skip


def _taken(world, incident, words):
    desk = world.people["zhang.wei"]
    tickets.take_transition(incident, "claim", actor=desk, values={"team": world.teams["service-desk"]})
    tickets.take_transition(incident, "start", actor=desk)
    tickets.comment(incident, actor=desk, body=words)


def waiting_for_li_na(world, rng, at):
    incident = _reported(
        world, "li.na", "erp", "software-business", "成本报表导出后金额列显示为文本",
        "导出的成本报表金额列是文本格式，没法求和，每次都要手工转换，能不能改一下？", uploads=[pictures.screenshot(rng)],
    )  # fmt: skip
    yield at + timedelta(minutes=9)
    _taken(world, incident, "您好，已收到，正在核对导出模板。")
    yield at + timedelta(minutes=31)
    comment = "请问您导出时选择的是“Excel 2007”还是“CSV”？方便的话请把导出的文件发一份过来。"
    values = {"pending_reason": "caller", "comment": comment}
    tickets.take_transition(incident, "hold", actor=world.people["zhang.wei"], values=values)


def resolved_for_li_na(world, rng, at):
    incident = _reported(
        world, "li.na", "vpn", "network-vpn", "在家连不上 VPN，提示动态码错误",
        "昨晚在家连 VPN，动态码一直提示错误，手机时间是对的。", urgency=1,
    )  # fmt: skip
    yield at + timedelta(minutes=5)
    _taken(world, incident, "您好，正在核对动态码绑定，请稍候。")
    yield at + timedelta(minutes=38)
    tickets.take_transition(incident, "resolve", actor=world.people["zhang.wei"], values={
        "resolution_code": "configured", "resolution_notes": "动态码设备与服务器时间相差 90 秒，已重新同步并测试。请您今晚在家再试一次，没问题的话请点“确认解决”。",
    })  # fmt: skip


def closed_for_li_na(world, rng, at):
    incident = _reported(
        world, "li.na", "desktop", "software-office", "Excel 打开月报模板提示宏被禁用", "打开成本月报模板提示宏已被禁用，点启用没反应。",
    )  # fmt: skip
    yield at + timedelta(minutes=6)
    _taken(world, incident, "您好，我远程帮您看一下信任中心设置。")
    yield at + timedelta(minutes=24)
    tickets.take_transition(incident, "resolve", actor=world.people["zhang.wei"], values={
        "resolution_code": "configured", "resolution_notes": "已将模板目录加入受信任位置，宏可以正常运行。",
    })  # fmt: skip
    yield at + timedelta(minutes=47)
    tickets.take_transition(incident, "close", actor=world.people["li.na"])
    yield at + timedelta(minutes=50)
    surveys.send_due()


def handed_over(world, rng, at):
    """Waits in the network team's queue for somebody to take it."""
    incident = _reported(
        world, world.employees[9].username, "network", "network-wired", "质检楼三台检测仪连不上服务器",
        "质检楼三台检测仪今天都连不上数据服务器，检验报告出不来，客户下午要。", impact=2, urgency=1,
    )  # fmt: skip
    yield at + timedelta(minutes=7)
    _taken(world, incident, "您好，已收到，正在排查网络。")
    yield at + timedelta(minutes=33)
    note = "三台检测仪同一接入交换机 SW-ACC-08，能 ping 通网关但访问不了 10.20.8.15；其他电脑正常。怀疑 ACL 变更影响，请网络组核对今早的策略。影响：客户报告，下午四点前要。"
    values = {"team": world.teams["network"], "note": note}
    tickets.take_transition(incident, "escalate", actor=world.people["zhang.wei"], values=values)


def important_person(world, rng, at):
    incident = _reported(
        world, "gao.jian", "meeting", "hardware-meeting", "董事会会议室视频画面卡顿", "上午董事会视频画面卡顿明显，下午四点还有一场，请务必保障。",
        urgency=1, impact=2, channel=Channel.PHONE,
    )  # fmt: skip
    yield at + timedelta(minutes=3)
    _taken(world, incident, "高总您好，已安排工程师到会议室现场保障。")


def urged(world, rng, at):
    incident = _reported(
        world, world.employees[4].username, "files", "storage", "项目文件夹突然没有权限", "上午还能打开的项目文件夹现在提示拒绝访问，标书今天要交。", urgency=1,
    )  # fmt: skip
    yield at + timedelta(minutes=35)
    tickets.nudge(incident, actor=incident.requester)


def li_na_today(world, rng, at):
    incident = _reported(
        world, "li.na", "printing", "hardware-printer", "财务室打印机打印凭证串行", "打印记账凭证时内容串行错位，月末要装订，麻烦尽快看看。",
        uploads=[pictures.screenshot(rng)],
    )  # fmt: skip
    yield at + timedelta(minutes=8)
    _taken(world, incident, "您好，已收到，正在远程检查打印模板，稍后给您答复。")


def fresh(world, rng, who, service, title, text, urgency):
    requester = world.employees[who * 5 % len(world.employees)]
    incidents.report_incident(
        actor=requester, title=title, description=text, service=world.services[service], urgency=urgency,
        place=world.place_of(requester, rng),
    )  # fmt: skip
    return
    yield
