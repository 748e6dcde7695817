"""Similar tickets: the planted pairs are found, reasons are told, nobody learns of what they may not see."""

import pytest
from django.utils import translation

from cmdb.models import ConfigurationItem
from incidents import services as incidents
from tickets import services as tickets
from tickets.models import Category
from tickets.selectors import similar

pytestmark = pytest.mark.django_db

# Each pair says the same in other words; the second of each is asked about.
PAIRS = [
    ("VPN 频繁掉线", "在家办公时 VPN 总是掉线"),
    ("打印机卡纸,无法打印", "三楼打印机又卡纸了"),
    ("Outlook 收不到邮件", "今天 Outlook 邮件一直收不到"),
    ("ERP 登录失败,提示密码过期", "ERP 提示密码过期,登录不上"),
    ("会议室投影仪没有信号", "投影仪无信号显示"),
    ("Laptop does not wake from sleep", "My laptop will not wake from sleep mode"),
    ("Cannot mount the shared drive", "shared drive cannot be mounted any more"),
    ("Teams call has no sound", "no sound in Teams calls"),
    ("Excel crashes with large pivot table", "pivot table makes Excel crash"),
    ("考勤系统打卡记录丢失", "昨天的打卡记录在考勤系统里丢失了"),
]
NOISE = ["电脑很慢", "申请新的显示器", "键盘坏了", "New mouse please", "Phone rings twice", "网络很慢", "系统无法使用"]


def report(cast, title, **details):
    return incidents.report_incident(actor=cast.li_na, title=title, service=cast.erp, **details)


def solved(cast, ticket, words):
    ticket = tickets.take_transition(ticket, "claim", actor=cast.zhang_wei)
    ticket = tickets.take_transition(ticket, "start", actor=cast.zhang_wei)
    values = {"resolution_code": "fixed", "resolution_notes": words}
    return tickets.take_transition(ticket, "resolve", actor=cast.zhang_wei, values=values)


def test_planted_pairs_are_found_first_and_noise_is_not(cast):
    planted = {second: report(cast, first) for first, second in PAIRS}
    for words in NOISE * 3:
        report(cast, words)
    hits, wrong = 0, []
    for second, meant in planted.items():
        found = similar(cast.zhang_wei, second)
        hits += bool(found) and found[0].ticket.pk == meant.pk
        wrong += [(second, row.ticket.title) for row in found if row.ticket.pk != meant.pk]
    assert hits >= 9, f"only {hits} of {len(PAIRS)} first"
    assert len(wrong) <= 3, wrong


def test_reasons_are_told_in_the_language_of_the_reader(cast):
    item = ConfigurationItem.objects.create(slug="vpn-gw-01", name_en="vpn-gw-01", item_class_id="network")
    category = Category.objects.create(slug="network", name_en="Network")
    other = report(cast, "VPN 频繁掉线", affected_items=[item], category=category)
    mine = report(cast, "在家 VPN 掉线", affected_items=[item], category=category)
    (row,) = similar(cast.zhang_wei, mine)
    assert row.ticket.pk == other.pk
    assert row.why == ["same item", "same words: vpn 掉线", "same category", "same service"]
    with translation.override("zh-hans"):
        assert similar(cast.zhang_wei, mine)[0].why[1] == "相同词语：vpn 掉线"


def test_solved_ones_with_a_resolution_come_first_and_bring_it(cast):
    old = solved(cast, report(cast, "VPN 掉线"), "更换了 VPN 证书")
    for _n in range(3):
        report(cast, "VPN 掉线")
    found = similar(cast.zhang_wei, "VPN 掉线")
    assert found[0].ticket.pk == old.pk and found[0].resolution == "更换了 VPN 证书"
    assert [row.resolution for row in found[1:]] == ["", "", ""]
    assert similar(cast.zhang_wei, "VPN 掉线", limit=2)[0].ticket.pk == old.pk


def test_nobody_is_shown_what_they_may_not_see(cast):
    incidents.report_incident(actor=cast.stranger, title="VPN 掉线")
    assert similar(cast.zhang_wei, "VPN 掉线") == []
    assert len(similar(cast.stranger, "VPN 掉线")) == 1
    mine = report(cast, "VPN 掉线")
    assert similar(cast.zhang_wei, mine) == [] and similar(cast.zhao_min, "VPN 掉线") == []


@pytest.mark.parametrize("text", ["", "!", "的", "  ", "\0", "a b c", "没有任何人写过的话", "'&|!:*()<->\\"])
def test_a_text_that_tells_nothing_is_like_nothing(cast, incident, text):
    assert similar(cast.zhang_wei, text) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_cost_does_not_grow_with_what_is_found(cast, count, django_assert_max_num_queries):
    for _n in range(count):
        report(cast, "VPN 掉线")
    assert cast.zhang_wei.served_organisation_ids
    with django_assert_max_num_queries(5):
        assert len(similar(cast.zhang_wei, "VPN 掉线")) == count
