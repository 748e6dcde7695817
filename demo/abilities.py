"""Who of 星河制造's IT can do what, and what its services ask for: one skill hangs on one person, one on nobody."""

from datetime import timedelta

from django.utils import timezone

from accounts import services as people
from core import clock
from tickets.services import skills

# (slug, Chinese, English, service that asks for it at a level, {login: (level, evidence, days it still holds)})
SKILLS = (
    ("erp", "ERP 应用运维", "ERP operations", ("erp", 3), {
        "shen.yan": (4, "ERP 实施项目负责人", None), "cao.rui": (3, "厂商认证 2026", 500), "xie.fei": (2, "带教记录", None),
    }),
    ("mes", "MES 产线系统", "MES shop floor", ("mes", 3), {"yuan.mei": (3, "苏州工厂上线值守", None)}),
    ("routing", "路由与交换", "Routing and switching", ("network", 2), {
        "guo.qiang": (4, "HCIE", 400), "chen.hao": (3, "HCIP", 200), "tang.yi": (2, "HCIA", 700),
    }),
    ("mail", "邮件系统", "Mail systems", ("email", 2), {"xu.kai": (3, "迁移项目", None), "feng.xue": (2, "内部考核", 90),
        "zhang.wei": (2, "服务台内部培训", 300),
    }),
    ("plm", "PLM 研发数据", "PLM", ("plm", 3), {"cao.rui": (2, "自学", None)}),
)  # fmt: skip


def write_down(world) -> None:
    """Skills with levels, evidence and the last day they hold, as the manager keeps them."""
    chief, today = world.people["wang.fang"], timezone.localdate(clock.now())
    for slug, name_zh, name_en, (service, level), holders in SKILLS:
        skill = people.save_skill(None, actor=chief, slug=slug, name_zh=name_zh, name_en=name_en)
        skills.require_skill(skill, actor=chief, level=level, service=world.services[service])
        for login, (has, evidence, days) in holders.items():
            until = today + timedelta(days=days) if days else None
            people.rate(
                world.people[login], skill, actor=chief, level=has, evidence=evidence, expires_on=until
            )  # fmt: skip
