"""Root causes in the demo: 5 Whys behind slow reports, a fishbone behind a line that drops."""

from datetime import timedelta

from problems import services
from problems.causes.outline import Row

# (level, what is said, its state)
WHYS = (
    (0, "高峰期报表长查询占满连接池", "confirmed"),
    (1, "报表与业务单据共用同一个连接池", "confirmed"),
    (2, "变更回退只恢复了参数，没有恢复连接池分组", "confirmed"),
    (3, "回退步骤里没有列出连接池配置", "confirmed"),
    (1, "报表 SQL 缺少索引", "ruled_out"),
)
FISH = (
    (0, "设备", "suspected"),
    (1, "防火墙会话匹配表被失效策略占满", "confirmed"),
    (1, "防火墙 CPU 过载", "ruled_out"),
    (0, "线路", "suspected"),
    (1, "运营商专线抖动", "ruled_out"),
    (0, "方法", "suspected"),
    (1, "策略只增不减，没有定期清理", "suspected"),
    (0, "人员", "suspected"),
    (1, "高峰期集中拨入", "suspected"),
)


def of_slow_reports(problem, *, actor, incident, change, today):
    """5 Whys down to the steps that a change was backed out by, with what speaks for them and what is to be done."""
    analysis = _grown(problem, actor, "whys", WHYS)
    for text, kind, ref, said in (
        (WHYS[0][1], "metric", "db.pool.active", "09:30–11:00 连接数持续 200/200"),
        (WHYS[0][1], "ticket", incident.number, "报障时间与连接池占满的时段一致"),
        (WHYS[2][1], "change", change.number if change else "", "回退记录里只有参数文件"),
        (WHYS[4][1], "note", "", "执行计划正常，单独执行不到 2 秒"),
    ):
        analysis = services.add_evidence(analysis, _node(analysis, text), actor=actor, kind=kind, ref=ref, text=said)
    for text, what, days in (
        (WHYS[1][1], "为报表建立独立的连接池并限制上限", 5),
        (WHYS[3][1], "在变更模板的回退步骤中加入连接池分组核对", 9),
    ):
        analysis = services.add_action(
            analysis, _node(analysis, text), actor=actor, text=what, owner=actor, due=today + timedelta(days=days)
        )  # fmt: skip


def of_a_dropping_line(problem, *, actor):
    """A fishbone whose first bone was it, the others looked at and mostly ruled out."""
    analysis = _grown(problem, actor, "fishbone", FISH)
    for text, kind, ref, said in (
        (FISH[1][1], "metric", "fw.session.table", "断线时占用 98 %"),
        (FISH[1][1], "item", "fw-01", "失效策略 312 条，最早一条为三年前"),
        (FISH[4][1], "note", "", "运营商监控同时段无丢包"),
    ):
        analysis = services.add_evidence(analysis, _node(analysis, text), actor=actor, kind=kind, ref=ref, text=said)


def _grown(problem, actor, method, told):
    analysis = services.begin_analysis(problem, actor=actor, method=method)
    rows = [Row("", depth, text, state) for depth, text, state in told]
    return services.save_outline(
        analysis, actor=actor, rows=rows, head=analysis.document["head"], version=analysis.version
    )


def _node(analysis, text):
    return next(node.id for _depth, node in analysis.tree.walk() if node.text == text)
