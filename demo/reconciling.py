"""An asset list that 星河制造 imports, with the mistakes such lists have, and an agent that finds a server changed."""

import csv
import io
from datetime import timedelta

from cmdb.models import ConfigurationItem, ItemClass, Source
from cmdb.services import importing

HEADS = ["主机名", "名称", "序列号", "IP", "内存", "操作系统"]
COLUMNS = dict(zip(HEADS, ["slug", "name_zh", "value_serial_number", "value_ip_address", "value_memory",
                           "value_operating_system"], strict=True))  # fmt: skip
LISTED = 6


def arriving(world, until):
    """A life: the list comes and is applied but for its bad lines; a day later an agent reports."""
    keeper, manager = world.people["chen.hao"], world.people["wang.fang"]
    servers = list(ConfigurationItem.objects.filter(item_class="server", state="live").order_by("slug")[:LISTED])
    server = ItemClass.objects.get(slug="server")
    about = {"item_class": server, "organisation": world.organisation}
    sheet = importing.keep_source(
        Source(slug="asset-list", kind="file"), actor=manager, name_zh="固定资产台账", name_en="Fixed asset list",
        rank=40, **about,
    )  # fmt: skip
    agents = importing.keep_source(
        Source(slug="datacentre", kind="agent"), actor=manager, name_zh="机房资产代理", name_en="Data centre agents",
        rank=60, **about,
    )  # fmt: skip
    run = importing.upload(sheet, actor=keeper, name=f"{until.year} 年服务器台账.csv", content=_list(servers))
    importing.map_columns(run, COLUMNS, actor=keeper)
    importing.work(run.pk)
    yield until - timedelta(hours=27)
    importing.order_apply(run, actor=keeper)
    importing.work(run.pk)
    yield until - timedelta(hours=3)
    importing.take_report(agents, key=f"{servers[0].slug}-agent", cells=_seen(servers[0]), details=_beside(servers[0]))


def _list(servers) -> bytes:
    """As it comes out of a spreadsheet in China: known servers, one with another address, a new one, two bad lines."""
    rows = [
        [one.slug, one.name_zh, one.values["serial_number"], one.values["ip_address"], 256, "Ubuntu 24.04 LTS"]
        for one in servers
    ]
    rows[-1][3] = "10.99.0.17"
    rows += [
        ["srv-bak-09", "备份服务器 9", "XH990009", "10.8.9.10", 128, "Rocky Linux 9"],
        ["srv-test-01", "测试服务器 1", "XH990010", "10.8.9.300", 64, "Rocky Linux 9"],
        ["srv-test-02", "测试服务器 2", servers[0].values["serial_number"], "10.8.9.12", 64, "Rocky Linux 9"],
    ]
    out = io.StringIO()
    csv.writer(out).writerows([HEADS, *rows])
    return out.getvalue().encode("gb18030")


def _seen(item) -> dict:
    """The machine as recorded, but with half of its memory and a system that nobody wrote down a change for."""
    return {"slug": item.slug, "value_serial_number": item.values["serial_number"], "value_memory": "128",
            "value_cores": "32", "value_ip_address": item.values["ip_address"],
            "value_operating_system": "Ubuntu 24.10"}  # fmt: skip


def _beside(item) -> dict:
    card = {"name": "ens192", "mac": "00:50:56:a1:0f:21", "address": item.values["ip_address"]}
    software = [["openssh-server", "9.7p1"], ["qemu-system-x86", "8.2.2"], ["zabbix-agent2", "7.0.3"]]
    return {"cards": [card], "packages": len(software), "software": software}
