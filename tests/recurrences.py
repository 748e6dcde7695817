"""What recurs and what only looks so: a month of reports in both languages, with the truth beside them.

A house with three months of history and then four weeks of reports. `PLANTED` are clusters that should be proposed,
each of one cause; `DECOYS` are not: the same words on other services, what comes as often as ever, what comes at
every month's end, a busy service with other complaints, what is too thin or too far apart, children of one report.
"""

# ruff: noqa: E501 - what people say stays on one line
from copy import copy
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models.base import ModelState

from cmdb.models import ConfigurationItem, Service
from core import clock
from incidents import services as incidents
from incidents.models import Incident
from problems.services import sighting
from tickets import services as tickets
from tickets.models import Category, Ticket

START = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
NOW_BEGINS = 92

# name: (on, days after START, what is said in turn); `on` names services (s:), items (i:) and categories (c:)
PLANTED = {
    "switch": ("i:core-sw-02 s:lan", (93, 95, 96, 99, 101, 103, 104), (
        "仓库断网，core-sw-02 端口闪断", "Warehouse offline again", "二楼网络时断时续", "AP 掉线", "Switch port flapping",
        "收货区电脑上不了网", "No network in the loading bay",
    )),
    "erp-export": ("s:erp", (93, 94, 97, 98, 100, 102), (
        "ERP 导出报表很慢", "导出采购报表太慢了", "报表导出卡顿，等十分钟", "Exporting reports is very slow",
        "Report export slow since Monday", "月报导出一直很慢",
    )),
    "erp-login": ("s:erp", (106, 107, 107, 108, 110), (
        "ERP 账号被锁定，登录不了", "登录 ERP 提示账号锁定", "ERP login locked", "Locked out when signing in",
        "早上登录时账号被锁",
    )),
    "vpn-cert": ("s:vpn", (100, 101, 103, 104, 105, 106), (
        "VPN 提示证书过期", "VPN certificate expired", "证书已过期，连不上 VPN", "Certificate has expired, cannot connect",
        "连接时报证书失效", "vpn client: expired certificate",
    )),
    "mail-drops": ("s:email", (94, 96, 97, 99, 101), (
        "Outlook keeps disconnecting", "Outlook disconnected again", "Outlook drops the connection",
        "Outlook 老是断线", "Outlook 一直断开连接",
    )),
    "printer": ("i:prn-3f-01 s:print", (97, 98, 102, 105, 109), (
        "三楼打印机卡纸", "Paper jam on the third floor", "打印机又卡纸了", "打印出来有黑线", "Printer jams every ten pages",
    )),
    "scanner": ("s:mes c:scanner", (95, 96, 97, 98, 100, 101, 103, 105), (
        "扫码枪没反应", "Barcode not read", "二号线枪扫不出", "无法识别托盘标签", "Handheld beeps twice", "蓝牙配对丢失",
        "Battery of the gun empty at noon", "条码读错",
    )),
    "database": ("i:erp-db-01 s:erp", (104, 106, 109, 111, 112), (
        "数据库响应迟缓", "Query times out on the cost report", "夜间批处理没跑完", "Deadlock while posting", "归档任务失败",
    )),
    "meeting": ("s:meeting", (99, 100, 102, 104, 107), (
        "视频会议没有声音", "会议室开会听不到声音", "No sound in the video meeting", "视频会议声音断续", "Meeting room: no audio in video calls",
    )),
    "wms-timeout": ("s:wms", (108, 109, 110, 111, 113, 115), (
        "入库提交超时", "Submit times out at goods receipt", "提交入库单超时", "Timeout when submitting", "入库提交一直超时",
        "Submitting a receipt: timed out",
    )),
    "code": ("s:crm", (101, 103, 104, 108, 110), (
        "保存客户时报错 E4711", "E4711 on saving a customer", "Error E4711", "客户资料保存失败 E4711", "保存时提示 E4711",
    )),
    "ap": ("i:ap-5f-02 s:wifi", (110, 111, 113, 114, 116), (
        "五楼会议室无线掉线", "Wi-Fi drops in the big room", "信号很弱", "无线连上就断", "Cannot join the wireless network",
    )),
}  # fmt: skip

_RESETS = ("请重置密码", "忘记密码", "Password reset please", "重置域密码", "Forgot my password")
_CLOSING = ("月末开票很慢", "Invoicing is slow", "开票太慢", "开票系统慢", "Invoices take minutes, slow")
DECOYS = {
    # as often as ever: about five a fortnight, all the time
    "resets": ("s:accounts", tuple(range(1, 118, 3)), _RESETS),
    # every month's end, this one too
    "month-end": ("s:billing", tuple(day + n for day in (28, 58, 88, 118 - 3) for n in (0, 0, 1, 1, 2)), _CLOSING),
    # the same words on other services
    **{
        f"slow-{name}": (f"s:{name}", (96, 104), ("系统很慢", "It is very slow"))
        for name in ("hr", "oa", "crm", "wms", "email", "lan")
    },
    # busy with other complaints
    "busy": ("s:oa", tuple(range(93, 118, 2)), (
        "公文流转页面打不开", "请假单附件上传失败", "Signature image missing", "组织架构没更新", "审批意见显示乱码",
        "Cannot print the travel form", "待办数量不对", "Calendar shows the wrong week", "通讯录搜不到新人", "手机端登录超时",
        "会议室预定冲突", "Font too small in the editor", "归档目录重复",
    )),
    "thin": ("i:srv-file-01 s:share", (95, 98, 101, 104), ("共享盘打不开", "Share is slow", "文件丢失", "权限不对")),
    "far-apart": ("i:srv-web-01 s:portal", (20, 38, 56, 74, 93, 111), (
        "门户打不开", "Portal down", "门户报错", "页面空白", "证书告警", "Portal slow",
    )),
    "children": ("s:billing", (97,) * 10, ("开票系统中断", "Billing is down")),
    "cancelled": ("i:srv-test-01 s:test", (95, 96, 97, 98, 99, 100), ("测试告警", "Test alarm")),
    "elsewhere": ("s:hr", (95, 99, 103, 107, 111), (
        "考勤数据缺失", "薪资单导出乱码", "Leave balance wrong", "入职流程卡住", "Photo upload fails",
    )),
}  # fmt: skip


def house(cast, told=None):
    """Services, items and categories by their marks; `told` are reports as in PLANTED."""
    marks = sorted({mark for on, _days, _said in (told or PLANTED | DECOYS).values() for mark in on.split()})
    made = {"s:erp": cast.erp, "s:email": cast.email}
    names = {"vpn": "VPN", "lan": "局域网", "crm": "客户管理", "wms": "仓储管理"}
    for mark in marks:
        sort, _colon, slug = mark.partition(":")
        if mark in made:
            continue
        if sort == "s":
            made[mark] = Service.objects.create(
                slug=slug, item_class_id="service", name_zh=names.get(slug, slug.upper()), organisation=cast.xinghe,
                support_team=cast.network,
            )  # fmt: skip
        elif sort == "i":
            made[mark] = ConfigurationItem.objects.create(
                slug=slug, item_class_id="server", name_en=slug, organisation=cast.xinghe
            )
        else:
            made[mark] = Category.objects.create(slug=slug, name_en=slug.title())
    return made


def reports(cast, made=None, told=None):
    """Every report in the order in which it came: yields (name of its cluster, incident, day).

    The clock travels while one is made; whoever looks at it does so at that instant.
    """
    told = told or PLANTED | DECOYS
    made = made or house(cast, told)
    rows = []
    for name, (on, days, said) in told.items():
        rows += [(day, n, name, on.split(), said[n % len(said)]) for n, day in enumerate(days)]
    first = {}
    for day, n, name, on, title in sorted(rows):
        with clock.travel(START + timedelta(days=day, minutes=7 * n)):
            incident = incidents.report_incident(
                actor=cast.li_na, title=title,
                service=next((made[mark] for mark in on if mark[0] == "s"), None),
                category=next((made[mark] for mark in on if mark[0] == "c"), None),
                affected_items=[made[mark] for mark in on if mark[0] == "i"],
            )  # fmt: skip
            if name == "children" and name in first:
                tickets.set_parent(incident, first[name], actor=None)
            if name == "cancelled":
                tickets.take_transition(incident, "cancel", actor=cast.li_na, values={"reason": "test"})
            first.setdefault(name, incident)
            yield name, incident, day


def stream(like, moments, titles=None, *, first=0):
    """Reports such as `like` that came at `moments`, in bulk and unknown to the ledger; `titles` are said in turn.

    `first` is a number that no other report of a stream has. Nothing looks at them: they are remembered only.
    """
    items = list(like.affected_items.all())
    rows = []
    for n, at in enumerate(moments):
        row = copy(like.ticket_ptr)
        row.pk, row._state = None, ModelState()
        row.number, row.created_at, row.last_activity_at = f"INC8{first + n:06}", at, at
        row.title = titles[n % len(titles)] if titles else like.title
        rows.append(row)
    made = Ticket.objects.bulk_create(rows)
    columns = [field.column for field in Incident._meta.local_concrete_fields if not field.primary_key]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO incidents_incident (ticket_ptr_id, {names}) "
            f"SELECT new, {names} FROM incidents_incident, unnest(%s::bigint[]) AS new WHERE ticket_ptr_id = %s",
            [[row.pk for row in made], like.pk],
        )
        cursor.execute("ANALYZE tickets_ticket, incidents_incident, problems_sighting")
    through = Ticket.affected_items.through
    through.objects.bulk_create(
        [through(ticket_id=row.pk, configurationitem_id=item.pk) for row in made for item in items]
    )
    sighting.remember_all(min(moments))
