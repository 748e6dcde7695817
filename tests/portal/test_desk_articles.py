"""Articles on a ticket at the desk: suggested with reasons, linked, written down from what was solved."""

import html
import re

import pytest
from django.conf import settings
from django.urls import reverse

from events.models import Event
from incidents import services as incidents
from knowledge.models import ArticleVersion
from tests import articles
from tickets import services as tickets
from tickets.models import Macro, Ticket, TicketArticle
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


def resolving(cast, ticket, **given):
    tickets.take_transition(ticket, "start", actor=cast.zhang_wei)
    return {"resolution_code": "fixed", "resolution_notes": "更新 VPN 客户端到 5.2"} | given


def test_resolving_names_the_article_that_solved_it_in_one_step(desk, cast, ticket):
    version = articles.published(cast)
    hidden = articles.published(cast, audience=articles.of(cast.other))
    hidden.article.owner = None
    hidden.article.save()
    address = reverse("desk:transition", args=[ticket.number, "resolve"])
    given = resolving(cast, ticket)
    page = desk.get(address).content.decode()
    assert version.title in page and hidden.article.number not in page
    assert desk.post(address, given | {"solved_by": hidden.article_id}).status_code == 422
    assert Ticket.objects.get().resolved_at is None
    desk.post(address, given | {"solved_by": version.article_id})
    assert Ticket.objects.get().resolved_at is not None
    assert (TicketArticle.objects.get().article, TicketArticle.objects.get().is_source) == (version.article, False)
    assert not ArticleVersion.objects.filter(state="draft").exists()


def test_resolving_goes_on_to_the_draft_with_the_words_just_written(desk, cast, ticket):
    given = resolving(cast, ticket, write_down="on")
    answer = desk.post(reverse("desk:transition", args=[ticket.number, "resolve"]), given)
    draft = ArticleVersion.objects.get()
    assert answer["Location"] == reverse("knowledge:edit", args=[draft.pk])
    assert "更新 VPN 客户端到 5.2" in draft.body and "每十分钟断一次" in draft.body
    assert TicketArticle.objects.get().is_source
    assert f"{ticket.number} is resolved" in desk.get(answer["Location"]).content.decode()
    htmx = {"HX-Request": "true"}
    again = desk.get(reverse("desk:transition", args=[ticket.number, "resolve"]), headers=htmx).content.decode()
    assert "write_down" not in again


def test_panel_costs_the_same_at_one_and_at_three_links(desk, cast, ticket, django_assert_num_queries):
    def link():
        services.link_article(ticket, articles.published(cast).article, actor=cast.zhang_wei)

    link()
    url = reverse("desk:articles", args=[ticket.number])
    desk.get(url)
    for _round in range(2):
        with django_assert_num_queries(9):
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


@pytest.fixture
def say(desk, ticket):
    def post(body, *, htmx=False, **more):
        headers = {"HX-Request": "true"} if htmx else {}
        data = {"body": body, "mode": "public", "version": ticket.version, "form_id": "composer"} | more
        return desk.post(reverse("desk:say", args=[ticket.number]), data, headers=headers)

    return post


def link_to(version):
    return f"请看 [说明]({settings.SITE_URL}{reverse('knowledge:article', args=[version.article_id])})"


@pytest.mark.parametrize("htmx", [True, False])
def test_reply_with_an_article_its_reader_cannot_open_asks_first(say, cast, ticket, htmx):
    version = articles.published(cast, title="Only for us", audience=articles.staff())
    for body in (link_to(version), f"See {version.article.number}."):
        asked = say(body, htmx=htmx)
        page = asked.content.decode()
        assert asked.status_code == 422 and "Not everybody who reads this can open" in page
        assert f"{version.article.number} Only for us" in page and "Send anyway" in page and 'value="note"' in page
        assert htmx or body in html.unescape(page)
    assert not ticket.comments.exists()
    say(link_to(version), htmx=htmx, known=str(version.article_id))
    say(link_to(version), htmx=htmx, then="note", version="")
    assert [said.is_internal for said in ticket.comments.order_by("pk")] == [False, True]


def test_having_agreed_to_one_article_is_no_word_on_another(say, cast, ticket):
    one = articles.published(cast, audience=articles.staff())
    other = articles.drafted(cast, title="Not out yet")
    asked = say(f"{link_to(one)} {link_to(other)}", htmx=True, known=str(one.article_id), then="resolve")
    assert "Not out yet" in asked.content.decode() and not ticket.comments.exists()


def test_reply_with_what_its_reader_can_open_and_a_note_are_sent_at_once(say, cast, ticket):
    version = articles.published(cast)
    say(f"{link_to(version)} and https://other.example/articles/{version.article_id + 1}/")
    closed = articles.published(cast, audience=articles.staff(), title="Only for us")
    say(link_to(closed), mode="internal", version="")
    assert ticket.comments.count() == 2


@pytest.fixture
def closed(cast):
    return articles.published(cast, title="Only for us", audience=articles.staff())


def confirmed(page):
    """What a browser sends along from the hidden fields of the asked form."""
    return re.search(r'name="known" value="([\d,]+)"', page)[1]


@pytest.mark.parametrize("htmx", [True, False])
def test_dialog_that_resolves_asks_and_keeps_what_was_typed(desk, cast, ticket, closed, htmx):
    ticket = tickets.take_transition(ticket, "start", actor=cast.zhang_wei)
    where = reverse("desk:transition", args=[ticket.number, "resolve"])
    typed = {"resolution_code": "fixed", "resolution_notes": f"See {closed.article.number}", "version": ticket.version}
    headers = {"HX-Request": "true"} if htmx else {}
    asked = desk.post(where, typed, headers=headers)
    page = asked.content.decode()
    assert asked.status_code == 422 and "Li Na cannot open" in page and "Send anyway" in page
    assert typed["resolution_notes"] in page
    desk.post(where, typed | {"known": confirmed(page)}, headers=headers)
    ticket.refresh_from_db()
    assert ticket.state == "resolved"


def test_macro_and_solution_on_the_phone_ask_as_well(desk, cast, ticket, closed):
    words = f"See {closed.article.number}"
    acts = [{"do": "say", "is_internal": False, "words": {"en": words, "zh": ""}}]
    macro = tickets.keep(Macro(), actor=cast.zhang_wei, name_en="Hint", acts=acts)
    given = {"macro": macro.pk, "version": ticket.version}
    where = reverse("desk:more", args=[ticket.number, "macro"])
    page = desk.post(where, given).content.decode()
    assert not ticket.comments.exists()
    desk.post(where, given | {"known": confirmed(page)})
    assert ticket.comments.get().body == words

    call = {
        "caller": "li.na", "title": "VPN", "service": cast.email.pk, "impact": 3, "urgency": 2, "channel": "phone",
        "solution": words, "then": "resolve",
    }  # fmt: skip
    page = desk.post(reverse("desk:new"), call).content.decode()
    assert "Li Na cannot open" in page and words in page and not Ticket.objects.filter(title="VPN").exists()
    desk.post(reverse("desk:new"), call | {"known": confirmed(page)})
    assert Ticket.objects.get(title="VPN").state == "resolved"


def test_bulk_says_of_each_row_whose_reader_cannot_open_it(desk, cast, ticket):
    finance = articles.published(cast, title="Closing the books", audience=articles.within(cast.finance))
    other = incidents.report_incident(actor=cast.liu_yang, title="ERP", service=cast.erp)
    words = {"resolution_code": "fixed", "resolution_notes": f"See {finance.article.number}"}
    rows = {"action": "resolve", "go": "1", "tickets": [ticket.pk, other.pk], "service": cast.email.pk}
    cast.li_na.department = None
    cast.li_na.save()
    told = desk.post(reverse("desk:bulk"), rows | words, headers={"HX-Request": "true"}).content.decode()
    assert "1 of 2 done." in told and f"Li Na cannot open {finance.article.number}" in told


def test_who_follows_a_ticket_in_the_portal_is_asked_there(client, cast, ticket, closed):
    cast.chen_hao.language = "en"
    cast.chen_hao.save()
    tickets.watch(ticket, user=cast.chen_hao, actor=cast.zhang_wei)
    client.force_login(cast.chen_hao)
    typed = {"body": f"See {closed.article.number}"}
    page = client.post(reverse("portal:reply", args=[ticket.number]), typed).content.decode()
    assert "Send it again if you mean it" in page and typed["body"] in page
    client.post(reverse("portal:reply", args=[ticket.number]), typed | {"known": confirmed(page)})
    assert ticket.comments.count() == 1
