"""When 星河制造 may be worked on and when not, and two changes that should not be in one night."""

from datetime import date, time, timedelta

from changes import services as changes
from changes.models import Freeze, MaintenanceWindow
from cmdb.models import ConfigurationItem, ItemClass
from demo.days import ZONE, instant

# (Chinese, English, rule, opens at, minutes, classes, services)
WINDOWS = (
    (
        "服务器周末维护窗口",
        "Servers, weekends",
        "FREQ=WEEKLY;BYDAY=SA",
        time(22),
        360,
        ("server", "cluster", "storage"),
        (),
    ),
    ("网络夜间维护窗口", "Network, nights", "FREQ=WEEKLY;BYDAY=WE,SA", time(22), 300, ("network", "switch"), ()),
    ("ERP 月度维护窗口", "ERP, monthly", "FREQ=MONTHLY;BYDAY=1SU,3SU", time(0), 360, (), ("erp",)),
)
TOGETHER = (
    ("sw-core-01", "chen.hao", "tang.yi", "核心交换机 1 升级固件",
     "1. 备份配置\n2. 切换流量到核心交换机 2\n3. 升级并重启\n4. 核对路由表", "回退到原固件并恢复配置，约 20 分钟"),
    ("sw-core-02", "guo.qiang", "chen.hao", "核心交换机 2 更换电源模块",
     "1. 切换流量到核心交换机 1\n2. 更换电源模块\n3. 观察 30 分钟", "装回原模块"),
)  # fmt: skip


def agree(world, until):
    """Windows, and the freeze at the end of this year."""
    admin, services = world.people["admin"], world.services
    classes = {one.slug: one for one in ItemClass.objects.all()}
    for name_zh, name_en, rule, opens_at, minutes, of, serving in WINDOWS:
        changes.keep_window(
            MaintenanceWindow(), actor=admin, name_zh=name_zh, name_en=name_en, rule=rule, opens_at=opens_at,
            lasts_for=minutes, from_on=until.date() - timedelta(days=365), zone=str(ZONE),
            classes=[classes[slug] for slug in of if slug in classes],
            items=[services[slug] for slug in serving if slug in services],
        )  # fmt: skip
    year = until.year
    changes.keep_freeze(
        Freeze(), actor=admin, name_zh="年末冻结期", name_en="Year end", scope="services",
        reason="财务年结，ERP 及其依赖的系统不做变更 / The books are closed",
        from_at=instant(date(year, 12, 28), 0), until_at=instant(date(year + 1, 1, 4), 0), services=[services["erp"]],
        excepted_roles=["change_manager"],
    )  # fmt: skip


def together(world, until):
    """A life: two people of the network team plan for the same Saturday night what should not be done at once."""
    yield until - timedelta(days=1)
    today = until.date()
    begins = instant(today + timedelta(days=(5 - today.weekday()) % 7 or 7), 22)
    for slug, author, implementer, title, plan, back in TOGETHER:
        item = ConfigurationItem.objects.filter(slug=slug).first()
        if item is None:
            return
        changes.open_change(
            actor=world.people[author], title=title, affected_items=[item], team=world.teams["network"],
            implementer=world.people[implementer], planned_start=begins, planned_end=begins + timedelta(hours=2),
            plan=plan, rollback_plan=back, test_evidence="已在测试环境验证",
        )  # fmt: skip
        yield until - timedelta(hours=20)
    changes.check_asked()
