"""What 星河制造 agreed on: an SLA with its finance chief, an OLA of the network team, a contract with the carrier.

The SLA promises what the standard agreement does (sla/services/starter.py), so that the demo's history is the same.
"""

from datetime import timedelta

from accounts.models import Organisation, User
from core import clock
from demo import duty
from sla import services as sla
from sla.models import Calendar
from sla.selectors.content import digest_of
from sla.services.starter import DAY, HOUR, PAUSING, PROMISES

# (section, Chinese, English)
SLA_CLAUSES = (
    ("purpose", "本协议约定 IT 运维部向星河制造各部门提供的 IT 服务的响应与解决时限，保障生产、财务和销售业务连续运行。",
     "This agreement sets the times within which IT Operations answers and solves, so that production, finance and sales keep running."),
    ("in_scope", "服务目录中的全部业务系统、办公网络、终端与账号服务，覆盖六个办公地点。",
     "All business systems, networks, computers and accounts of the service catalogue, at all six sites."),
    ("out_of_scope", "个人设备、未经登记的软件以及客户自行采购的云服务。", "Private devices, unregistered software and cloud services bought without IT."),
    ("exclusions", "经双方确认的计划内维护窗口、不可抗力以及运营商骨干网故障期间不计为违约。",
     "Agreed maintenance windows, force majeure and failures of a carrier's backbone are no breach."),
    ("provider", "服务台 7×24 小时受理 P1；每张工单指定负责人；P1 每 30 分钟通报一次进展。",
     "The service desk takes P1 around the clock; every ticket has an owner; P1 is reported on every 30 minutes."),
    ("customer", "报障时说明影响范围与联系方式；在一个工作日内答复询问；参加季度评审。",
     "Names impact and contact when reporting; answers questions within one working day; attends the quarterly review."),
    ("measurement", "按工单系统计时明细逐秒计量，等待提单人、供应商、变更或约定时间的挂起不计时；达成率 = 达成 ÷（达成 + 超时）。",
     "Measured to the second by the receipts of the ticket system; waiting for the requester, a supplier, a change or an agreed date does not count. Attainment = met ÷ (met + missed)."),
    ("reporting", "每月 5 日前提交上月服务级别报告，包含达成率、超时工单清单与改进措施。", "A report on the past month by the 5th: attainment, missed tickets, improvements."),
    ("review", "每季度评审一次，任何一方均可提前两周书面提出修订。", "Reviewed every quarter; either side may ask for changes two weeks ahead."),
)  # fmt: skip
OLA_CLAUSES = (
    ("purpose", "网络组向服务台承诺二线处理时限，支撑对业务部门的服务级别协议。", "The network team promises the service desk its second-line times, in support of the SLA."),
    ("provider", "接手升级工单后在计时范围内处理，转出时写明已做的检查与结论。", "Works on what it holds; hands on with checks done and findings."),
    ("customer", "服务台升级前完成基础排查并附上结果。", "The service desk attaches its first checks before it escalates."),
)  # fmt: skip
UC_CLAUSES = (
    ("purpose", "华通通信就上海至苏州专线和互联网出口提供故障抢修。", "Huatong Telecom repairs the Shanghai–Suzhou line and the internet access."),
    ("supplier", "7×24 小时受理报障，每两小时通报抢修进展，修复后提交故障报告。", "Takes reports around the clock, tells progress every two hours, reports after the repair."),
    ("measurement", "仅在工单因等待供应商而挂起期间计时。", "Counted only while a ticket waits for the supplier."),
)  # fmt: skip
OLA_PROMISES = {1: (HOUR / 4, 3 * HOUR), 2: (HOUR / 2, DAY), 3: (2 * HOUR, 3 * DAY), 4: (4 * HOUR, 4 * DAY)}
UC_PROMISES = {1: (None, 4 * HOUR), 2: (None, 8 * HOUR), 3: (None, 24 * HOUR), 4: (None, 48 * HOUR)}


def sign_all(world):
    """Negotiate and sign the three agreements at the travelled instant."""
    people, xinghe = world.people, world.organisation
    chief = people["wang.fang"]
    carrier = Organisation.objects.create(
        slug="huatong", name_zh="华通通信", name_en="Huatong Telecom", kind="supplier"
    )
    contact = User.objects.create(
        username="tong.yu", password=chief.password, name="童宇", latin_name="Tong Yu", title="大客户经理",
        email="tong.yu@huatong.example", organisation=carrier, roles=["requester"],
    )  # fmt: skip
    shared = {"owner": chief, "rank": 100}
    _signed(
        _drafted(chief, PROMISES, SLA_CLAUSES, slug="xinghe-sla", kind="sla", customer=xinghe,
                 name_zh="星河制造 IT 服务级别协议", name_en="Xinghe IT service level agreement", **shared),
        chief, people["zhou.min"], policy=duty.arrange(world),
    )  # fmt: skip
    _signed(
        _drafted(chief, OLA_PROMISES, OLA_CLAUSES, slug="network-ola", kind="ola", team=world.teams["network"],
                 name_zh="网络组运营级别协议", name_en="Operational level agreement of Network", **shared),
        chief, people["guo.qiang"],
    )  # fmt: skip
    _signed(
        _drafted(chief, UC_PROMISES, UC_CLAUSES, slug="huatong-contract", kind="uc", supplier=carrier,
                 name_zh="华通通信专线支撑合同", name_en="Line contract with Huatong Telecom",
                 scope=[world.services["network"], world.services["vpn"]], **shared),
        chief, contact,
    )  # fmt: skip


def renegotiation(world):
    """A life: the next version of the SLA is being negotiated, and 周敏 wants P2 answered sooner."""
    chief, customer = world.people["wang.fang"], world.people["zhou.min"]
    version = sla.new_version(world.organisation.agreements.get(slug="xinghe-sla"), actor=chief)
    target = version.targets.get(metric="resolution", priority=1)
    rows = [_row_of(one) for one in version.targets.select_related("calendar")]
    for row in rows:
        if (row["metric"], row["priority"]) == (target.metric, target.priority):
            row["seconds"] = 3 * HOUR
    sla.set_targets(version, rows, actor=chief)
    sla.take_step(version, "send", actor=chief)
    now = clock.now()
    yield now + timedelta(hours=5)
    answer = version.targets.get(metric="response", priority=2)
    sla.remark(
        version, actor=customer, target=answer, body="月结期间财务系统停 30 分钟影响很大，希望 P2 也在 20 分钟内响应。",
        proposal={"seconds": 20 * 60},
    )  # fmt: skip


def _drafted(actor, promises, clauses, *, scope=None, **values):
    version = sla.create_agreement(actor=actor, **values)
    calendars = {one.slug: one for one in Calendar.objects.filter(slug__in=("office", "always"))}
    rows = [
        {
            "metric": metric, "priority": priority, "seconds": int(seconds),
            "calendar": calendars["always" if priority == 1 or values["kind"] == "uc" else "office"],
            "pausing_reasons": [] if values["kind"] == "uc" else PAUSING,
            "on_reopen": "final" if metric == "response" else "resume",
        }
        for priority, lengths in promises.items()
        for metric, seconds in zip(("response", "resolution"), lengths, strict=True)
        if seconds
    ]  # fmt: skip
    sla.set_targets(version, rows, actor=actor)
    for section, text_zh, text_en in clauses:
        sla.save_clause(version, actor=actor, section=section, text_zh=text_zh, text_en=text_en)
    today = clock.now().date()
    return sla.edit_version(
        version, actor=actor, services=scope, starts_on=today, ends_on=today + timedelta(days=2 * 365),
        review_on=today + timedelta(days=365 + 30), provider_signer=actor,
    )  # fmt: skip


def _signed(version, provider, other, **more):
    sla.edit_version(version, actor=provider, other_signer=other, **more)
    for step in ("send", "submit"):
        sla.take_step(version, step, actor=provider)
    version.refresh_from_db()
    digest = digest_of(version)
    for person in (other, provider):
        sla.sign(version, actor=person, digest=digest)


def _row_of(target):
    names = ("metric", "priority", "seconds", "calendar", "thresholds", "pausing_reasons", "on_reopen", "on_retarget")
    return {name: getattr(target, name) for name in names}
