"""Articles on a ticket at the desk: suggested with reasons, linked, written down from what was solved."""

import pytest
from django.urls import reverse

from events.models import Event
from incidents import services as incidents
from knowledge.models import ArticleVersion
from tests import articles
from tickets import services as tickets
from tickets.models import TicketArticle
from tickets.services import articles as services


@pytest.fixture
def ticket(cast):
    opened = incidents.report_incident(
        actor=cast.li_na, title="VPN 又掉线了", description="每十分钟断一次", service=cast.email
    )
    return tickets.take_transition(opened, "claim", actor=cast.zhang_wei, values={"team": cast.desk})


@pytest.fixture
def desk(client, cast):
    cast.zhang_wei.language = "en"
    cast.zhang_wei.save()
    client.force_login(cast.zhang_wei)
    return client


def test_panel_suggests_with_reasons_and_links(desk, cast, ticket):
    version = articles.published(cast)
    panel = reverse("desk:articles", args=[ticket.number])
    page = desk.get(panel, headers={"HX-Request": "true"}).content.decode()
    assert "same service · same words: vpn, 掉线" in page
    desk.post(reverse("desk:link-article", args=[ticket.number, version.article_id]))
    assert TicketArticle.objects.get().article == version.article
    page = desk.get(panel).content.decode()
    assert version.title in page and "same words" not in page
    assert "linked a help article" in desk.get(reverse("desk:ticket", args=[ticket.number])).content.decode()
    desk.post(reverse("desk:unlink-article", args=[ticket.number, version.article_id]))
    assert not TicketArticle.objects.exists()


def test_article_one_does_not_see_cannot_be_linked(desk, cast, ticket):
    version = articles.published(cast, audience=articles.of(cast.other))
    version.article.owner = None
    version.article.save()
    assert desk.post(reverse("desk:link-article", args=[ticket.number, version.article_id])).status_code == 404


def test_linking_twice_tells_once(desk, cast, ticket):
    version = articles.published(cast)
    for _time in range(2):
        services.link_article(ticket, version.article, actor=cast.zhang_wei)
    assert Event.objects.filter(name="ticket.article_linked").count() == 1


def test_solved_ticket_is_written_down_in_one_step(desk, cast, ticket):
    panel = reverse("desk:articles", args=[ticket.number])
    assert "Write it down" not in desk.get(panel).content.decode()
    ticket = tickets.take_transition(ticket, "start", actor=cast.zhang_wei)
    values = {"resolution_code": "fixed", "resolution_notes": "更新 VPN 客户端到 5.2"}
    tickets.take_transition(ticket, "resolve", actor=cast.zhang_wei, values=values)
    assert "Write it down" in desk.get(panel).content.decode()
    answer = desk.post(reverse("desk:write-down", args=[ticket.number]))
    draft = ArticleVersion.objects.get()
    assert answer["Location"] == reverse("knowledge:edit", args=[draft.pk])
    assert "每十分钟断一次" in draft.body and "更新 VPN 客户端到 5.2" in draft.body
    assert (draft.state, draft.article.service, draft.article.audience.count()) == ("draft", cast.email, 0)
    assert TicketArticle.objects.get().is_source
    assert "Write it down" not in desk.get(panel).content.decode()


def test_panel_costs_the_same_at_one_and_at_three_links(desk, cast, ticket, django_assert_num_queries):
    def link():
        services.link_article(ticket, articles.published(cast).article, actor=cast.zhang_wei)

    link()
    url = reverse("desk:articles", args=[ticket.number])
    desk.get(url)
    for _round in range(2):
        with django_assert_num_queries(7):
            desk.get(url, headers={"HX-Request": "true"})
        link()
        link()


def test_words_of_an_article_bring_its_link_into_an_answer(desk, cast, client):
    version = articles.published(cast, title="VPN [旧] 频繁掉线的处理")
    url = reverse("knowledge:article", args=[version.article_id])
    rows = desk.get(reverse("knowledge:matches"), {"q": "掉线"}).content.decode()
    assert f'data-text="[VPN (旧) 频繁掉线的处理](http://testserver{url})"' in rows
    for words in ("", "打印机", "\0"):
        assert "No article fits yet" in desk.get(reverse("knowledge:matches"), {"q": words}).content.decode()
    client.force_login(cast.li_na)
    assert client.get(reverse("knowledge:matches"), {"q": "掉线"}).status_code in (403, 404)
