"""What is not written down: searches that found nothing, and what is solved again and again."""

import pytest
from django.urls import reverse

from accounts.models import User
from incidents import services as incidents
from knowledge.models import HelpSession
from problems import services
from tests import articles
from tickets import services as tickets

pytestmark = pytest.mark.django_db
SEARCH, GAPS = "/search/", "/problems/gaps/"


@pytest.fixture(autouse=True)
def english_pages(cast):
    User.objects.update(language="en")


def search(client, person, *typed):
    """Search, and send what the page sends once it stands still."""
    client.force_login(person)
    for words in typed:
        articles.stand_still(client, client.get(SEARCH, {"q": words}))


def in_vain():
    return list(HelpSession.objects.filter(found_nothing=True).order_by("pk").values_list("words", flat=True))


def gaps(client, person):
    client.force_login(person)
    return client.get(GAPS)


def solved(cast, title, notes, *, is_looked_at=True, **values):
    ticket = incidents.report_incident(actor=cast.li_na, title=title, service=cast.erp, **values)
    if is_looked_at:
        services.look_at(ticket.pk)
    for step, given in (
        ("claim", {"team": cast.desk}), ("start", {}),
        ("resolve", {"resolution_code": "fixed", "resolution_notes": notes}),
    ):  # fmt: skip
        ticket = tickets.take_transition(ticket, step, actor=cast.zhang_wei, values=given)
    return ticket


def test_what_finds_nothing_is_kept_once_while_somebody_types(client, cast):
    search(client, cast.li_na, "量", "量子", "量子打印", "量子打印机")
    assert in_vain() == ["量子打印机"]
    search(client, cast.zhao_min, "量子打印机怎么装")
    search(client, cast.zhang_wei, "ion drive")
    assert in_vain() == ["量子打印机", "量子打印机怎么装"], "people of the desk are not counted"
    group = gaps(client, cast.zhang_wei).context["searched"][0]
    assert len(group.searches) == 2 and group.words in ("量子打印机", "量子打印机怎么装")


def test_what_is_found_in_the_end_was_not_missing(client, cast):
    articles.published(cast, title="VPN 频繁掉线的处理")
    search(client, cast.li_na, "重连", "重连VPN")
    assert in_vain() == []


def test_another_matter_is_another_search(client, cast):
    article = articles.published(cast, title="VPN 频繁掉线的处理").article
    search(client, cast.li_na, "quantum printer", "quantum printers", "打卡补签", "考勤打卡补签", "VPN")
    assert in_vain() == ["quantum printers", "考勤打卡补签"]
    page = reverse("knowledge:article", args=[article.pk])
    client.get(page, {"q": "VPN"})
    client.post(reverse("knowledge:feedback", args=[article.pk]), {"is_helpful": "1"})
    ended = HelpSession.objects.exclude(outcome="").values_list("words", "outcome", "found_nothing")
    assert list(ended) == [("VPN", "solved", False)]
    search(client, cast.li_na, "打印机脱机", "离线打印机脱机")
    assert in_vain()[2:] == ["离线打印机脱机"]


def test_it_stays_when_a_ticket_was_submitted_instead(client, cast):
    search(client, cast.li_na, "quantum printer")
    client.post(reverse("portal:report"), {"title": "x"})
    assert in_vain() == ["quantum printer"]


def test_what_others_looked_for_is_seen_by_the_desk_that_serves_them(client, cast):
    search(client, cast.stranger, "secret plans")
    assert gaps(client, cast.zhang_wei).context["searched"] == []
    assert gaps(client, cast.li_na).status_code == 404


def test_faults_solved_again_and_again_without_an_article_offer_the_best_resolution(client, cast):
    made = [
        solved(cast, "导出报表很慢", "Waited"),
        solved(cast, "Exporting reports is slow", "Rebuilt the index of orders"),
        solved(cast, "报表导出太慢", "Restarted"), solved(cast, "Cannot log in", "Unlocked"),
    ]  # fmt: skip
    answer = gaps(client, cast.zhang_wei)
    ((group, may_write),) = answer.context["solved"]
    assert {one.pk for one in group.incidents} == {one.pk for one in made[:3]} and group.best.pk == made[1].pk
    assert may_write and reverse("desk:write-down", args=[made[1].number]) in answer.content.decode()
    client.post(reverse("desk:write-down", args=[made[1].number]))
    assert gaps(client, cast.zhang_wei).context["solved"] == []


def test_what_nobody_looked_at_is_not_said_to_have_its_article(client, cast):
    said = "What is solved often has its article."
    assert said in gaps(client, cast.zhang_wei).content.decode(), "nothing is solved, nothing is missing"
    for title in ("导出报表很慢", "Exporting reports is slow", "报表导出太慢"):
        solved(cast, title, "Restarted", is_looked_at=False)
    page = gaps(client, cast.zhang_wei).content.decode()
    assert said not in page and "Not gone through yet" in page
    services.remember_past()
    ((group, _may_write),) = gaps(client, cast.zhang_wei).context["solved"]
    assert len(group.incidents) == 3
