"""The queue's text and filter bar: either says the whole query, and whichever was changed counts."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cmdb.models import ConfigurationItem
from core import clock
from incidents import services as incidents
from portal.desk import query
from tickets import selectors
from tickets import services as tickets
from tickets.models import Comment, Ticket, TicketLink
from tickets.services import searching

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast):
    """Three tickets that every filter below tells apart."""
    report = incidents.report_incident
    erp = report(actor=cast.li_na, title="ERP 登录失败", service=cast.erp, impact=1, urgency=1)
    mail = report(actor=cast.zhao_min, title="mail is slow", service=cast.email)
    printer = report(actor=cast.li_na, title="打印机卡纸 slow mail", service=cast.email, impact=2)
    tickets.take_transition(
        mail, "assign", actor=cast.zhang_wei, values={"team": cast.network, "assignee": cast.chen_hao}
    )
    item = ConfigurationItem.objects.create(slug="hp-laser-3", name_en="HP Laser 3", item_class_id="peripheral")
    printer.affected_items.add(item)
    Ticket.objects.filter(pk=erp.pk).update(created_at=clock.now().replace(year=2025, month=3, day=9, hour=3))
    return {"erp": erp.pk, "mail": mail.pk, "printer": printer.pk}


def asked(user, address):
    return query.read(user, QueryDict(address))


def found(user, rows, text):
    given = QueryDict(mutable=True)
    given["q"] = text
    keys = set(query.tickets_for(user, query.read(user, given)).values_list("pk", flat=True))
    return " ".join(sorted(name for name, pk in rows.items() if pk in keys))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("state:new", "erp printer"),
        ("状态:新建,已分派", "erp mail printer"),
        ("状态：已分派", "mail"),
        ("-state:new", "mail"),
        ("state:open", "erp mail printer"),
        ("priority:1", "erp"),
        ("优先级:P1,2", "erp"),
        ("优先级>1", "mail printer"),
        ("service:ERP", "erp"),
        ('服务:"ERP 系统"', "erp"),
        ("服务:邮箱", "mail printer"),
        ("team:network", "mail"),
        ("团队:网络", "mail"),
        ("团队:无", "erp printer"),
        ("assignee:chen.hao", "mail"),
        ("受理人:陈浩", "mail"),
        ("受理人:我", ""),
        ("assignee:none", "erp printer"),
        ("requester:李娜", "erp printer"),
        ("requester:x1001", "erp printer"),
        ("item:hp-laser-3", "printer"),
        ("created<2025-04", "erp"),
        ("创建:2025-03-09", "erp"),
        ("创建>2025-03-09", "mail printer"),
        ("created:today", "mail printer"),
        ("created>=7d", "mail printer"),
        ("slow", "mail printer"),
        ("slow -打印", "mail"),
        ('"mail is"', "mail"),
        ('"slow mail"', "printer"),
        ('-"slow mail" slow', "mail"),
        ("服务:邮箱 requester:li.na slow", "printer"),
        ("team:nowhere", ""),
        ("-team:nowhere", ""),
        ("state:>1", ""),
    ],
)
def test_fields_find_what_they_say(cast, rows, text, wanted):
    for person in (cast.li_na, cast.zhao_min):
        person.save()
    assert found(cast.zhang_wei, rows, text) == wanted


def test_bar_and_text_say_the_same_in_the_language_of_the_reader(cast):
    user = cast.zhang_wei
    typed = asked(user, "view=all&q=状态:新建+优先级:1,2+服务:ERP+受理人:我+团队:网络+VPN+-打印")
    assert (typed.state, typed.priority, typed.assignee) == (("new",), ("1", "2"), "me")
    assert (typed.team, typed.service, typed.q) == (str(cast.network.pk), str(cast.erp.pk), "VPN -打印")
    again = asked(user, typed.encoded())
    assert again == typed
    with translation.override("zh-hans"):
        text = query.text_of(user, typed)
        assert text == '状态:新建 优先级:1,2 团队:网络组 受理人:我 服务:"ERP 系统" VPN -打印'
    assert asked(user, f"view=all&q={text}") == typed
    assert query.text_of(user, typed) == "state:New priority:1,2 team:Network assignee:me service:ERP VPN -打印"


def test_whichever_was_changed_counts(cast):
    user, was = cast.zhang_wei, "state:new VPN"

    def sent(**given):
        data = QueryDict(mutable=True)
        for name, value in ({"view": "all", "was": was, "q": was, "state": ["new"]} | given).items():
            data.setlist(name, value if isinstance(value, list) else [value])
        return query.read(user, data)

    assert sent().state == ("new",)
    assert sent(state=["new", "closed"]).state == ("new", "closed"), "ticked in the bar"
    assert sent(state=[]).state == (), "taken out in the bar"
    assert sent(q="state:closed VPN").state == ("closed",), "changed in the text"
    assert sent(q="VPN").state == (), "taken out of the text"
    assert sent(q="VPN down", state=["closed"]).q == "VPN down", "words in the text, a tick in the bar"
    assert sent(q="VPN down", state=["closed"]).state == ("closed",)
    assert sent().q == "VPN"


def test_page_shows_the_whole_query_and_says_what_it_did_not_understand(client, cast, rows):
    User.objects.update(language="zh-hans")
    client.force_login(cast.zhang_wei)
    page = client.get("/desk/", {"view": "all", "state": "new", "q": "slow 状态:胡说"}).content.decode()
    assert 'name="q" value="状态:新建 slow 状态:胡说"' in page and 'name="was" value="状态:新建 slow 状态:胡说"' in page
    assert "“状态:胡说”没有结果" in page
    answer = client.get("/desk/", {"view": "all", "q": "状态:新建 slow", "was": ""}, headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/desk/?view=all&state=new&q=slow"


def test_filters_name_only_what_a_person_may_see(cast, rows):
    foreign = ConfigurationItem.objects.create(
        slug="their-db", name_en="their-db", item_class_id="server", organisation=cast.other
    )
    ticket = Ticket.objects.get(pk=rows["erp"])
    ticket.affected_items.add(foreign)
    Ticket.objects.filter(pk=rows["mail"]).update(requester=cast.stranger)
    for text in ("item:their-db", "requester:qian.duo", "requester:钱多", "qian.duo"):
        assert found(cast.zhang_wei, rows, text) == "", text
        assert found(cast.admin, rows, text) != "", text


def test_a_resolution_is_used_again_and_both_tickets_are_linked(client, cast):
    solved = incidents.report_incident(actor=cast.li_na, title="VPN 掉线", service=cast.erp)
    solved = tickets.take_transition(solved, "claim", actor=cast.zhang_wei)
    solved = tickets.take_transition(solved, "start", actor=cast.zhang_wei)
    values = {"resolution_code": "replaced", "resolution_notes": "更换了 VPN 证书"}
    tickets.take_transition(solved, "resolve", actor=cast.zhang_wei, values=values)
    mine = incidents.report_incident(actor=cast.zhao_min, title="在家 VPN 掉线", service=cast.erp)
    mine = tickets.take_transition(mine, "claim", actor=cast.zhang_wei)
    client.force_login(cast.zhang_wei)
    panel = client.get(reverse("desk:similar", args=[mine.number]), headers={"HX-Request": "true"}).content.decode()
    reuse = reverse("desk:reuse", args=[mine.number, solved.number])
    assert solved.number in panel and reuse in panel and "更换了 VPN 证书" in panel
    dialog = client.get(reuse, headers={"HX-Request": "true"}).content.decode()
    assert "更换了 VPN 证书" in dialog and 'value="replaced" selected' in dialog
    answer = client.post(
        reuse, {"resolution_code": "replaced", "resolution_notes": "已更换证书", "version": mine.version}
    )
    assert answer.status_code == 302
    mine.refresh_from_db()
    assert (mine.state, mine.resolution_notes) == ("resolved", "已更换证书")
    assert TicketLink.objects.filter(source=mine, target=solved, kind="relates").exists()


def test_nothing_is_linked_when_the_ticket_changed_meanwhile(client, cast):
    solved = incidents.report_incident(actor=cast.li_na, title="VPN 掉线", service=cast.erp)
    values = {"resolution_code": "fixed", "resolution_notes": "重启"}
    tickets.take_transition(solved, "resolve", actor=cast.admin, values=values)
    mine = incidents.report_incident(actor=cast.zhao_min, title="VPN 掉线", service=cast.erp)
    tickets.comment(mine, actor=cast.zhao_min, body="still")
    client.force_login(cast.zhang_wei)
    reuse = reverse("desk:reuse", args=[mine.number, solved.number])
    assert client.post(reuse, values | {"version": mine.version}).status_code == 409
    assert not TicketLink.objects.exists()
    assert client.get(reverse("desk:reuse", args=[mine.number, mine.number])).status_code == 404


def test_similar_tickets_show_while_one_is_taken_down(client, cast):
    other = incidents.report_incident(actor=cast.li_na, title="VPN 掉线", service=cast.erp)
    client.force_login(cast.zhang_wei)
    headers = {"HX-Request": "true"}
    typed = client.get(reverse("desk:similar-to-text"), {"title": "VPN 又掉线了", "description": ""}, headers=headers)
    assert other.number in typed.content.decode()
    empty = client.get(reverse("desk:similar-to-text"), {"title": "咖啡机"}, headers=headers).content.decode()
    assert empty.strip() == ""


def test_words_are_indexed_again_by_hand(cast, incident):
    Comment.objects.create(ticket=incident, author=cast.li_na, body="重新安装", created_at=clock.now())
    everything = Ticket.objects.visible_to(cast.zhang_wei)
    assert not selectors.matching(cast.zhang_wei, everything, "重新安装").exists()
    assert searching.index_all() == 1
    assert selectors.matching(cast.zhang_wei, everything, "重新安装").exists()
    assert Ticket.objects.get(pk=incident.pk).version == incident.version
