"""How articles are used: counted by day, without a write by who only reads; every number opens what it counts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core import clock
from incidents import services as incidents
from knowledge import selectors
from knowledge.models import DailyViews, HelpSession
from tests import articles
from tickets.models import TicketArticle
from tickets.services import articles as ticket_articles

pytestmark = pytest.mark.django_db
USAGE, LOOKED = "/articles/desk/usage/", "/articles/looked/"


@pytest.fixture(autouse=True)
def english(cast):
    User.objects.update(language="en")


def of_day():
    return list(DailyViews.objects.order_by("pk").values_list("article", "count", "shown", "chosen", "solved"))


def searched(client, words, path="/articles/"):
    page = client.get(path, {"q": words})
    articles.stand_still(client, page)
    return page


@pytest.mark.parametrize("path", ["/articles/?q=VPN", "/search/?q=VPN", "/articles/?q=nothing", "/search/?q=nothing",
                                  "/articles/suggest/?text=VPN"])  # fmt: skip
def test_searching_writes_nothing(client, cast, path):
    articles.published(cast)
    client.force_login(cast.li_na)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert not [q["sql"] for q in queries if not q["sql"].lstrip().startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert not HelpSession.objects.exists() and not DailyViews.objects.exists()


def test_what_is_shown_chosen_and_solved_is_counted_once_for_each_search(client, cast):
    version = articles.published(cast)
    client.force_login(cast.li_na)
    for path in ("/articles/", "/search/", "/articles/"):
        searched(client, "VPN", path)
    articles.stand_still(client, client.get("/report/", {"text": "VPN 又掉线"}))
    assert of_day() == [(version.article_id, 0, 1, 0, 0)]
    page = reverse("knowledge:article", args=[version.article_id])
    for _time in range(2):
        client.get(page, {"q": "VPN"})
    client.post(reverse("knowledge:feedback", args=[version.article_id]), {"is_helpful": "1"})
    assert of_day() == [(version.article_id, 2, 1, 1, 1)]
    searched(client, "VPN")
    assert of_day() == [(version.article_id, 2, 2, 1, 1)], "another search"


def test_what_one_may_not_read_is_not_counted_and_the_desk_is_neither(client, cast):
    hidden = articles.published(cast, audience=articles.of(cast.other))
    client.force_login(cast.li_na)
    for keys in (str(hidden.article_id), "x,-1,99999999999,,", "1" * 400):
        assert client.post(LOOKED, {"articles": keys}).status_code == 204
    client.force_login(cast.zhang_wei)
    assert articles.stand_still(client, client.get("/articles/", {"q": "VPN"})) is None
    client.post(LOOKED, {"articles": str(hidden.article_id), "words": "VPN"})
    assert of_day() == [] and not HelpSession.objects.exists()


def test_without_javascript_the_button_below_a_search_in_vain_keeps_it_and_goes_on(client, cast):
    client.force_login(cast.li_na)
    answer = articles.stand_still(client, client.get("/search/", {"q": "量子 打印机"}), then="report")
    assert answer["Location"] == "/report/?text=%E9%87%8F%E5%AD%90+%E6%89%93%E5%8D%B0%E6%9C%BA"
    assert list(HelpSession.objects.values_list("words", "found_nothing")) == [("量子 打印机", True)]
    now = clock.now()
    figure = selectors.deflection(cast.zhang_wei, now - timedelta(hours=1), now + timedelta(hours=1))
    assert (figure.left, figure.missed, figure.percent) == (0, 1, None), "nothing was read that could have been left"


def test_every_number_opens_what_it_counts(client, cast):
    version = articles.published(cast)
    ticket = incidents.report_incident(actor=cast.li_na, title="VPN 又掉线了", service=cast.email)
    ticket_articles.link_article(ticket, version.article, actor=cast.zhang_wei)
    client.force_login(cast.zhang_wei)
    page = client.get(USAGE).content.decode()
    assert page.count("not computable") == 2, "nothing was shown, nothing chosen"
    client.force_login(cast.li_na)
    searched(client, "VPN")
    client.get(reverse("knowledge:article", args=[version.article_id]), {"q": "VPN 掉线"})
    client.force_login(cast.zhang_wei)
    page = client.get(USAGE).content.decode()
    there = reverse("knowledge:article-usage", args=[version.article_id])
    for place in ("days", "tickets"):
        assert f"{there}?days=30#{place}" in page
    assert "#searches" not in page, "a search names its last article only: no list has as many rows as were counted"
    assert "100%" in page and "not computable" not in page
    behind = client.get(there).content.decode()
    assert "VPN 掉线" in behind and ticket.number in behind and 'id="tickets"' in behind
    DailyViews.objects.update(day=clock.now().date() - timedelta(days=30))
    row = client.get(USAGE, {"days": "7"}).context["rows"][0]
    assert (row["usage"].views, row["usage"].chosen_percent) == (0, None)


def test_tickets_are_counted_and_listed_by_the_day_they_were_linked(client, cast):
    version = articles.published(cast)
    for number in range(3):
        ticket = incidents.report_incident(actor=cast.li_na, title=f"VPN {number}", service=cast.email)
        ticket_articles.link_article(ticket, version.article, actor=cast.zhang_wei)
    TicketArticle.objects.filter(ticket=ticket).update(created_at=clock.now() - timedelta(days=20))
    client.force_login(cast.zhang_wei)
    there = reverse("knowledge:article-usage", args=[version.article_id])
    for days, count in (("7", 2), ("30", 3)):
        assert client.get(USAGE, {"days": days}).context["rows"][0]["marks"] == [("tickets", count)]
        assert client.get(there, {"days": days}).content.decode().count('class="number">INC') == count


def test_the_table_costs_the_same_at_one_and_at_three_rows(client, cast, django_assert_max_num_queries):
    client.force_login(cast.zhang_wei)
    for title in ("VPN", "打印机", "邮箱"):
        articles.published(cast, title=title)
        client.get(USAGE)
        with django_assert_max_num_queries(7):
            client.get(USAGE)
