"""The bad mornings as major incidents: declared, told to everybody, stood down, reviewed. And what is announced today."""

from datetime import timedelta

from cmdb import services as cmdb
from cmdb.models import Announcement
from demo.days import instant
from incidents import services as incidents
from incidents.models import Incident

REVIEWS = {
    "suzhou-core": {
        "what_happened": "苏州核心交换机电源模块老化，主控板反复重启，备用主控切换失败。",
        "impact": "苏州全厂网络中断两小时余：产线报工、仓库扫码、办公网络和电话均不可用。",
        "went_well": "监控一分钟内告警；首次通报在宣布后十分钟内发出；现场处置和对外通报分工清楚。",
        "to_change": "核心设备改造为双电源；备件提前到厂；每季度演练一次主控切换。",
    },
    "erp-lock": {
        "what_happened": "月末批量库存调整在业务高峰期执行，长事务持有库存表锁，全系统等待。",
        "impact": "采购、仓库、财务约一个半小时无法保存单据，月末关账推迟半天。",
        "went_well": "五分钟内把十余起报障归并到一张工单，用户只需点一下“我也遇到”。",
        "to_change": "批量任务改到夜间并分批提交；数据库锁等待超过 20 秒即告警；变更日历中标明月末禁止批量任务。",
    },
}
TOLD = (
    (0.15, "我们已确认故障，正在排查原因。", "We have confirmed the fault and are looking for its cause."),
    (0.5, "原因已找到，正在修复，请暂勿重复提交单据。", "The cause is found and being repaired. Please do not submit anything twice meanwhile."),
    (0.95, "服务已恢复，我们将继续观察。给您带来不便，敬请谅解。", "The service works again; we keep watching. We apologise for the trouble."),
)  # fmt: skip


def command(world, story, at):
    """The life of the command beside an outage's parent, which was reported at `at`."""
    yield at + timedelta(minutes=3)
    incident = Incident.objects.get(title=story.title, created_at__gte=at - timedelta(minutes=1))
    manager, commander = world.people["wang.fang"], world.people["zhang.wei"]
    incidents.take_major(incident, "declare", actor=manager, values={
        "commander": commander, "extent": "full" if story.key == "suzhou-core" else "partial", "cadence": "30",
        "bridge": "https://meeting.example/" + story.key,
    })  # fmt: skip
    for share, zh, en in TOLD:
        yield at + timedelta(minutes=story.minutes) * share
        incidents.post_update(incident, actor=commander, audience="public", text_zh=zh, text_en=en)
        if share == 0.5:
            incidents.note_on_major(incident, actor=commander, text="供应商热线已接通，工程师加入会议。")
    yield at + timedelta(minutes=story.minutes + 25)
    incidents.take_major(incident, "stand_down", actor=commander)
    yield at + timedelta(minutes=story.minutes + 150)
    incidents.take_major(incident, "review", actor=manager, values=REVIEWS[story.key])


def announcements(world, until):
    """Maintenance on the coming Saturday night, announced yesterday."""
    yield until - timedelta(days=1)
    today = until.date()
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    begins = instant(saturday, 22)
    cmdb.announce(
        Announcement(), actor=world.people["wang.fang"], level="maintenance", organisation=world.organisation,
        services=[world.services["erp"]], from_at=until - timedelta(days=1), until_at=begins + timedelta(hours=6),
        work_from=begins, work_until=begins + timedelta(hours=4),
        title_zh="ERP 系统停机维护", title_en="ERP maintenance",
        text_zh="升级数据库，期间 ERP 无法使用，请提前保存单据。", text_en="The database is upgraded; ERP cannot be used meanwhile. Please save your work in time.",
    )  # fmt: skip
