"""Search: what is found, by whom, in which order; that nothing invisible shows, counts or is hinted at."""

import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cmdb.models import ConfigurationItem
from incidents import services as incidents
from portal.search import fields
from tickets import selectors
from tickets import services as tickets
from tickets.models import Ticket
from tickets.selectors import searching

pytestmark = pytest.mark.django_db
SEARCH = "/search/"


@pytest.fixture(autouse=True)
def english_pages(cast):
    User.objects.update(language="en")


def report(cast, title, **details):
    return incidents.report_incident(actor=cast.li_na, title=title, service=cast.erp, **details)


def numbers(response):
    return re.findall(r'<span class="number">(INC\d+)', response.content.decode())


def found(client, person, text):
    client.force_login(person)
    return numbers(client.get(SEARCH, {"q": text}))


def test_words_of_title_description_reply_and_resolution_are_found(client, cast):
    ticket = report(cast, "打印机卡纸", description="三楼东侧 HP LaserJet")
    ticket = tickets.take_transition(ticket, "claim", actor=cast.zhang_wei)
    tickets.comment(ticket, actor=cast.zhang_wei, body="请先重启打印服务器")
    ticket = tickets.take_transition(ticket, "start", actor=cast.zhang_wei)
    values = {"resolution_code": "fixed", "resolution_notes": "更换搓纸轮"}
    tickets.take_transition(ticket, "resolve", actor=cast.zhang_wei, values=values)
    for words in ("卡纸", "东侧", "laserjet", "重启", "搓纸轮", "卡", "ＬａｓｅｒＪｅｔ", "卡纸 搓纸轮", "重启 东侧"):
        assert found(client, cast.zhang_wei, words) == [ticket.number], words
        assert found(client, cast.li_na, words) == [ticket.number], words
    assert found(client, cast.zhang_wei, "纸卡") == []


def test_internal_notes_are_found_only_by_those_who_may_read_them(client, cast):
    ticket = report(cast, "VPN 掉线")
    tickets.comment(ticket, actor=cast.zhang_wei, body="怀疑是防火墙策略", is_internal=True)
    for person in (cast.zhang_wei, cast.chen_hao, cast.admin):
        assert found(client, person, "防火墙") == [ticket.number]
        assert found(client, person, "vpn 防火墙") == [ticket.number], "one word outside, one inside"
        assert found(client, person, "vpn -防火墙") == []
    assert found(client, cast.li_na, "防火墙") == []
    unheard = found(client, cast.li_na, "vpn 量子纠缠")
    assert found(client, cast.li_na, "vpn 防火墙") == unheard, "offered as alike no more than beside an unheard word"
    assert found(client, cast.li_na, "vpn -防火墙") == [ticket.number], "leaving it out must tell nothing either"
    page = client.get(SEARCH, {"q": "vpn"}).content.decode()
    assert "防火墙" not in page
    client.force_login(cast.li_na)
    assert client.get("/tickets/", {"status": "all", "q": "防火墙"}).content.decode().count(ticket.number) == 0


def test_an_agent_reads_their_own_ticket_elsewhere_like_any_requester(client, cast):
    foreign = incidents.report_incident(actor=cast.stranger, title="VPN elsewhere")
    tickets.comment(foreign, actor=cast.admin, body="secret plan", is_internal=True)
    tickets.watch(foreign, user=cast.zhang_wei, actor=cast.admin)
    assert found(client, cast.zhang_wei, "elsewhere") == [foreign.number]
    assert found(client, cast.zhang_wei, "secret") == []


def test_what_a_person_may_not_see_is_neither_shown_nor_counted(client, cast):
    for _n in range(3):
        report(cast, "VPN 掉线")
    incidents.report_incident(actor=cast.stranger, title="VPN 掉线")
    assert len(found(client, cast.zhang_wei, "掉线")) == 3
    assert len(found(client, cast.li_na, "掉线")) == 3
    assert len(found(client, cast.stranger, "掉线")) == 1
    assert found(client, cast.zhao_min, "掉线") == []
    assert found(client, cast.zhang_wei, "requester:qian.duo") == []
    assert "Nobody of this name that you may see" in client.get(SEARCH, {"q": "requester:qian.duo"}).content.decode()


def test_number_leads_to_its_ticket_for_both_shells(client, cast, incident):
    digits = str(int(incident.number[3:]))
    for text in (incident.number, incident.number.lower(), digits, f"inc {digits}"):
        client.force_login(cast.zhang_wei)
        assert client.get(SEARCH, {"q": text}).url == reverse("desk:ticket", args=[incident.number])
        client.force_login(cast.li_na)
        assert client.get(SEARCH, {"q": text}).url == reverse("portal:ticket", args=[incident.number])
        client.force_login(cast.zhao_min)
        assert client.get(SEARCH, {"q": text}).status_code == 200, "a number one may not see says nothing"


def test_a_slip_in_a_number_still_finds_it(client, cast, incident):
    Ticket.objects.filter(pk=incident.pk).update(number="INC012345")
    for typed in ("INC012354", "INC01235", "INC0123455", "ICN012345", "INCO12345", "INC012845"):
        assert found(client, cast.zhang_wei, typed) == ["INC012345"], typed
        assert "did you mean" in client.get(SEARCH, {"q": typed}).content.decode()
    assert found(client, cast.zhao_min, "INC012354") == []


def test_titles_come_before_texts_and_new_before_old(cast):
    text = report(cast, "登录不上", description="VPN")
    old, new = report(cast, "VPN 掉线"), report(cast, "VPN 很慢")
    ask = selectors.matching(cast.zhang_wei, Ticket.objects.visible_to(cast.zhang_wei), "vpn")
    assert selectors.best(ask, "vpn", limit=5).tickets == [new.ticket_ptr, old.ticket_ptr, text.ticket_ptr]
    report(cast, "later", description="VPN again")
    assert selectors.best(ask, "vpn", limit=2).tickets == [new.ticket_ptr, old.ticket_ptr]


def test_counts_are_capped_and_the_newest_stay_first(client, cast, monkeypatch):
    made = [report(cast, f"VPN {n}") for n in range(5)]
    monkeypatch.setattr("tickets.selectors.searching.CAP", 3)
    best = selectors.best(Ticket.objects.visible_to(cast.zhang_wei), "vpn", limit=2)
    assert (best.count, best.is_capped) == (3, True)
    assert [t.pk for t in best.tickets] == [made[4].pk, made[3].pk]
    client.force_login(cast.zhang_wei)
    assert "3+" in client.get(SEARCH, {"q": "vpn"}).content.decode()


def test_statistics_change_the_way_and_never_the_answer(cast, monkeypatch):
    made = [report(cast, f"ERP {n}", description="量子" if n in (1, 4) else "") for n in range(6)]
    report(cast, "量子")
    asked = {"erp": [5, 4], "量子 er": [4, 1], "er -量子": [5, 3], "没有 erp": []}

    def answers():
        visible = Ticket.objects.visible_to(cast.zhang_wei)
        found = [fields.ask(cast.zhang_wei, text) for text in asked]
        return [selectors.best(ask.narrow(cast.zhang_wei, visible), ask.words, limit=2).tickets for ask in found]

    expected = [[made[n].ticket_ptr for n in numbers] for numbers in asked.values()]
    monkeypatch.setattr(searching, "CAP", 2)
    monkeypatch.setattr(searching, "WINDOW", 4)
    assert answers() == expected and not searching._telling("量子 er"), "nothing is known of any word"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_ticket")
    assert searching._telling("量子 er") == "(量子)" and answers() == expected
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_bitmapscan")
        assert cursor.fetchone() == ("on",)


def test_hosts_are_found_with_a_typo_by_the_desk_only(client, cast):
    ConfigurationItem.objects.create(
        slug="srv-erp-db-01", name_en="srv-erp-db-01", item_class_id="server", organisation=cast.xinghe
    )
    ConfigurationItem.objects.create(
        slug="srv-foreign-db-01", name_en="srv-foreign-db-01", item_class_id="server", organisation=cast.other
    )
    client.force_login(cast.zhang_wei)
    for typed in ("srv-erp", "svr-erp-db-01", "srv-erp-bd01"):
        page = client.get(SEARCH, {"q": typed}).content.decode()
        assert "item%3A" in page and "foreign" not in page, typed
    client.force_login(cast.li_na)
    assert "item%3A" not in client.get(SEARCH, {"q": "srv-erp-db-01"}).content.decode()


def test_people_are_found_by_pinyin_by_the_desk_only(client, cast):
    for person in User.objects.all():
        person.save()
    client.force_login(cast.zhang_wei)
    assert "requester%3Ali.na" in client.get(SEARCH, {"q": "lina"}).content.decode()
    client.force_login(cast.zhao_min)
    assert "li.na" not in client.get(SEARCH, {"q": "lina"}).content.decode()


def test_marks_never_let_anything_through(client, cast):
    report(cast, '<script>alert("vpn")</script> VPN & co', description="<img src=x onerror=vpn> vpn")
    client.force_login(cast.zhang_wei)
    page = client.get(SEARCH, {"q": "vpn"}).content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "<mark>VPN</mark> &amp; co" in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "text",
    [
        "",
        "'",
        '"',
        "a:b",
        "\\",
        "%",
        "_",
        "(((",
        "|&!",
        "*",
        "\x00",
        "x" * 600,
        "-",
        "--",
        "状态:",
        "created>0000-99-99",
        "created:9999d",
        "优先级:99999999999999999999",
        "𠀀",
        "­",
    ],
)
@pytest.mark.parametrize("who", ["li_na", "zhang_wei"])
def test_hostile_words_answer(client, cast, incident, text, who):
    client.force_login(getattr(cast, who))
    assert client.get(SEARCH, {"q": text}).status_code == 200
    assert client.get("/search/suggest/", {"q": text}).status_code == 200
    if who == "zhang_wei":
        assert client.get("/desk/", {"q": text, "was": text}).status_code == 200


def test_suggestions_are_plain_text_for_the_palette(client, cast):
    ticket = report(cast, "VPN <b> & 掉线")
    client.force_login(cast.zhang_wei)
    told = client.get("/search/suggest/", {"q": "掉线"}).json()["found"]
    assert told == [
        {
            "label": f"{ticket.number} VPN <b> & 掉线",
            "detail": "Tickets",
            "icon": "ticket",
            "url": reverse("desk:ticket", args=[ticket.number]),
        }
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_search_page_costs_a_fixed_number_of_queries(client, cast, count, django_assert_max_num_queries):
    for n in range(count):
        tickets.comment(report(cast, f"VPN {n}"), actor=cast.zhang_wei, body="vpn")
    client.force_login(cast.zhang_wei)
    client.get(SEARCH, {"q": "vpn"})
    with django_assert_max_num_queries(18):
        assert len(numbers(client.get(SEARCH, {"q": "vpn"}))) == count


def test_hints_speak_the_language_of_the_reader(client, cast):
    User.objects.update(language="zh-hans")
    client.force_login(cast.zhang_wei)
    page = client.get(SEARCH, {"q": "状态:乱写 statsu:new 服务:"}).content.decode()
    assert "状态:乱写" in page and "没有结果" in page
    assert "statsu" in page and "不是字段" in page
    with translation.override("zh-hans"):
        assert "受理人" in page
