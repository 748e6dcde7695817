"""Incidents of 星河制造 that recur: on a storage, which waits to be decided, and on the mail system while it was moved."""

from datetime import timedelta

from cmdb.models import ConfigurationItem
from demo.days import instant
from incidents import services as incidents
from problems import services
from problems.models import Proposal

# (item, service, who reports in turn, what they say)
STORAGE = ("st-02", "files", ("li.na", "zhou.min", "gao.jian"), (
    "共享盘打开很慢", "公共盘里的图纸打不开，一直转圈", "共享文件夹存不进去", "共享盘掉线，过一会儿又好了", "在共享盘搜索文件特别慢",
    "共享盘断开，Excel 提示无法保存",
))  # fmt: skip
MAIL = ("app-mail", "email", ("gao.jian", "li.na", "zhou.min"), (
    "邮件收发很慢", "Outlook 提示正在连接", "邮箱搜索不到上周的邮件", "发出的邮件很久才到", "手机邮箱收不到新邮件",
))  # fmt: skip
WHY_DISMISSED = "周末邮箱搬迁期间的集中报障，搬迁完成后没有再出现。"


def begin_all(timeline, company, until) -> None:
    timeline.begin(until - timedelta(days=7), _reports(company, STORAGE, until - timedelta(days=7), 26))
    begun = until - timedelta(days=5)
    timeline.begin(begun, _dismissed(company, begun, until))


def _reports(company, told, at, hours):
    """Reported one after the other, and looked at as each comes."""
    slug, service, people, said = told
    items = list(ConfigurationItem.objects.filter(slug=slug))
    for n, title in enumerate(said):
        incident = incidents.report_incident(
            actor=company.people[people[n % len(people)]], title=title, service=company.services[service],
            affected_items=items,
        )  # fmt: skip
        services.look_at(incident.pk)
        yield (at := at + timedelta(hours=hours))


def _dismissed(company, at, until):
    yield from _reports(company, MAIL, at, 9)
    yield instant((until - timedelta(days=2)).date(), 15)
    for proposal in Proposal.objects.open().filter(item__slug=MAIL[0]):
        services.dismiss(
            proposal, actor=company.people["wang.fang"], reason=WHY_DISMISSED,
            silent_until=(until + timedelta(days=20)).date(),
        )  # fmt: skip
