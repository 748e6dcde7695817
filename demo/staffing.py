"""Who comes and who goes at 星河制造: a staff directory with the mistakes such lists have, and somebody who leaves."""

import csv
import io
from datetime import timedelta

from accounts import services as people
from accounts.directory_columns import guessed
from accounts.services import directory
from accounts.services.leaving import hand_over
from cmdb import services as cmdb
from cmdb.models import ConfigurationItem
from core.holdings import portions_of
from incidents import services as incidents
from tickets import services as tickets

HEADS = ["工号", "姓名", "部门", "职位", "邮箱", "手机", "直属上级"]
LENT = 3


def arriving(world, until):
    """A life: the directory is read and checked, and an hour later applied but for its two bad lines, which stay."""
    keeper = world.people["admin"]
    run = directory.upload(
        actor=keeper, organisation=world.organisation, name=f"人事系统导出 {until:%Y-%m}.csv", content=_list(world)
    )
    directory.map_columns(run, guessed(HEADS), actor=keeper)
    directory.work(run.pk)
    yield until - timedelta(hours=29)
    directory.order_apply(run, actor=keeper)
    directory.work(run.pk)


def leaving(world, until):
    """A life: a technician comes on trial, looks after some devices and a ticket, and leaves again."""
    keeper, team = world.people["admin"], world.teams["desktop"]
    person = people.create_person(
        actor=keeper, username="meng.fan", name="孟凡", latin_name="Meng Fan", staff_number="XH2999",
        organisation=world.organisation, title="桌面组工程师（试用）", roles=["expert"], teams=[team],
        email="meng.fan@xinghe.example", manager=team.lead,
    )  # fmt: skip
    items = ConfigurationItem.objects.filter(support_team=team).in_use().order_by("slug")
    for item in items[:LENT]:
        cmdb.edit_item(item, actor=team.lead, owner=person, why="试用期内由孟凡负责")
    yield until - timedelta(hours=50)
    ticket = incidents.report_incident(
        actor=world.employees[0], title="会议室投影仪偶尔黑屏", description="开会到一半就黑屏，要拔插线才恢复。"
    )
    tickets.take_transition(
        ticket, "assign", actor=world.people["zhang.wei"], values={"team": team, "assignee": person}
    )
    yield until - timedelta(hours=27)
    receivers = {one.key: one.proposed or team.lead for one in portions_of(person)}
    hand_over(person, receivers, actor=keeper)


def _list(world) -> bytes:
    """As the personnel system writes it: one as before, one promoted, two new; then two addresses mixed up, and
    somebody who has neither a number nor an address yet."""
    same, promoted, one, other = world.employees[1:5]
    chief = world.people["zhou.min"].staff_number
    rows = [
        [same.staff_number, same.name, "", same.title, same.email, same.phone, ""],
        [promoted.staff_number, promoted.name, "", f"高级{promoted.title}", promoted.email, promoted.phone, ""],
        ["XH3001", "韩雪", "财务部/资金组", "出纳", "han.xue@xinghe.example", "021-61887301", chief],
        ["XH3002", "罗成", "生产部", "工艺工程师", "luo.cheng@xinghe.example", "0512-66557302", ""],
        [one.staff_number, one.name, "", one.title, other.email, one.phone, ""],
        ["", "陆远（待入职）", "研发部", "结构工程师", "", "", ""],
    ]
    out = io.StringIO()
    csv.writer(out).writerows([HEADS, *rows])
    return out.getvalue().encode("gb18030")
