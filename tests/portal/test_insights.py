"""The dashboard's pages: who enters, that every number opens the list it counts, and bad addresses."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from html import unescape

import pytest
import time_machine
from django.utils import translation

from core import clock
from incidents import services as incidents
from tests.insights_month import NOW, Month, make_month
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a href="([^"]*/insights/tickets/[^"]*)" data-count="(\d+)"')
STAFF = ["wang_fang", "zhang_wei", "liu_yang", "admin"]


@pytest.fixture
def month(cast):
    made = make_month(cast)
    with time_machine.travel(NOW, tick=False):
        yield made


def enter(client, user, language="en"):
    user.language = language
    user.save()
    client.force_login(user)
    return client


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def numbers(text):
    """(address, count) of every number that opens a list."""
    return {(unescape(url), int(count)) for url, count in LINK.findall(text)}


def titles_of(client, url):
    """Titles of the whole list, page by page."""
    found = []
    while url:
        text = page(client, url)
        found += re.findall(r'data-ticket="([^"]+)"', text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        url = following and unescape(following[1])
    return found


def csv_of(client, url):
    response = client.get(url.replace("/insights/tickets/", "/insights/tickets.csv"))
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


@pytest.mark.parametrize("url", ["/insights/", "/insights/tickets/?figure=open", "/insights/tickets.csv?figure=open"])
def test_figures_exist_for_people_of_the_desk_only(client, cast, incident, url):
    assert client.get(url).status_code == 302
    for who in ("li_na", "zhao_min", "stranger"):
        client.force_login(getattr(cast, who))
        assert client.get(url).status_code == 404
    for who in STAFF:
        client.force_login(getattr(cast, who))
        assert client.get(url).status_code == 200
        assert client.post(url).status_code == 405


@pytest.mark.parametrize("who", STAFF)
@pytest.mark.parametrize("query", ["", "?period=90", "?period=month&priority=4"])
def test_every_number_opens_a_list_of_exactly_as_many(client, cast, month, who, query):
    enter(client, getattr(cast, who))
    found = numbers(page(client, f"/insights/{query}"))
    assert len(found) > 25
    for url, count in found:
        listed = titles_of(client, url)
        assert (len(listed), len(set(listed))) == (count, count), url
        assert f'data-list-count="{count}"' in page(client, url), url
    for url, count in sorted(found)[:12]:
        assert len(list(csv.reader(io.StringIO(csv_of(client, url))))) == count + 1, url


def test_an_expert_whose_team_serves_nobody_counts_only_own_work(client, cast, month):
    cast.network.serves.clear()
    enter(client, cast.chen_hao)
    text = page(client, "/insights/")
    seen = {number for url, count in numbers(text) if count for number in titles_of(client, url)}
    assert seen == {month["old"].number}
    assert "Nothing was logged or resolved in this period" in text


def test_figures_of_the_month_stand_on_the_page(client, cast, month):
    text = page(enter(client, cast.wang_fang), "/insights/")
    for figure, value in {"created": "7", "resolved": "3", "first_time_fix": "33.3%", "satisfied": "50.0%"}.items():
        card = re.search(rf'data-figure="{figure}".*?figure-value"><a[^>]*>([^<]+)<', text, re.S)
        assert card[1] == value
    assert "median 48 h" in text
    assert "Response rate 100.0%: 2" in text


def test_definition_is_printed_with_every_figure_and_chart(client, cast, month):
    text = page(enter(client, cast.wang_fang), "/insights/")
    cards = re.findall(r'data-figure="(\w+)"', text)
    assert len(cards) == 18
    for key in cards:
        assert f'aria-describedby="tip-{key}"' in text
        assert f'id="tip-{key}" role="tooltip"' in text
    assert text.count("<dt>") == len(cards) + 6 + 1


def test_charts_draw_the_numbers_of_their_tables(client, cast, month):
    text = page(enter(client, cast.wang_fang), "/insights/")
    drawn = json.loads(re.search(r'<script id="drawn" type="application/json">(.*?)</script>', text, re.S)[1])
    assert [chart["key"] for chart in drawn["charts"]] == [
        "flow", "ages", "priorities", "teams", "services", "arrivals",
    ]  # fmt: skip
    linked = numbers(text)
    for chart in drawn["charts"]:
        for values, urls in zip(chart["values"], chart["urls"], strict=True):
            assert len(values) == len(chart["series"])
            for value, url in zip(values, urls, strict=True):
                assert not value or (url, value) in linked


def test_page_reads_chinese_to_chinese_readers(client, cast, month):
    with translation.override("zh-hans"):
        text = page(enter(client, cast.wang_fang, "zh-hans"), "/insights/")
    assert "首次解决率" in text
    assert "新登记与已解决" in text
    for word in ("First-time", "Backlog", "Right now", "Created"):
        assert word not in text


def test_filters_stay_in_every_address(client, cast, month):
    text = page(enter(client, cast.wang_fang), f"/insights/?period=90&service={cast.erp.pk}&priority=3")
    for url, _count in numbers(text):
        assert f"service={cast.erp.pk}" in url
        assert "priority=" in url
    assert f'<option value="{cast.erp.pk}" selected>' in text
    listing = page(client, f"/insights/tickets/?figure=created&period=90&service={cast.erp.pk}&priority=3")
    assert f"/insights/?period=90&amp;service={cast.erp.pk}&amp;priority=3" in listing


def test_wrong_dates_are_named_and_hurt_nothing(client, cast, month):
    enter(client, cast.wang_fang)
    for query, words in {
        "period=custom&from=2026-05-02&to=2026-05-01": "ends before it begins",
        "period=custom&from=9999-12-31&to=9999-12-31": "Give both days",
        "period=custom": "Give both days",
    }.items():
        assert words in page(client, f"/insights/?{query}")
        assert words in page(client, f"/insights/tickets/?figure=open&{query}")


@pytest.mark.parametrize("query", ["", "figure=nothing", "figure=%00", "figure=open%27--", "figure=__class__"])
def test_unknown_figure_is_not_there(client, cast, query):
    client.force_login(cast.wang_fang)
    assert client.get(f"/insights/tickets/?{query}").status_code == 404
    assert client.get(f"/insights/tickets.csv?{query}").status_code == 404


@pytest.mark.parametrize("query", ["before=x", "after=-1", "before=9" + "9" * 40, "team=%00&hour=99&before=%00"])
def test_mistyped_list_address_shows_the_first_page(client, cast, incident, query):
    enter(client, cast.wang_fang)
    assert incident.number in page(client, f"/insights/tickets/?figure=open&{query}")


def test_csv_opens_in_spreadsheets_without_running_anything(client, cast, month):
    enter(client, cast.wang_fang)
    text = csv_of(client, "/insights/tickets/?figure=open")
    assert text.startswith("\ufeffNumber,Title,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert "'=cmd|' /C calc'!A0" in {row["Title"] for row in rows}
    assert {row["Created"] for row in rows if row["Title"] == "urgent"} == {"2026-11-27 14:59:00"}
    measured = csv_of(client, "/insights/tickets/?figure=mttr_wall").splitlines()[1:]
    assert sorted(line.rsplit(",", 1)[1] for line in measured) == ["172800", "172800", "3600"]


def test_list_is_paged_by_key(client, cast):
    month = Month(cast)
    with time_machine.travel(NOW, tick=False):
        made = [month.report(NOW - NOW, f"n{number}").number for number in range(120)]
        enter(client, cast.wang_fang)
        assert titles_of(client, "/insights/tickets/?figure=open") == made[::-1]
        second = page(client, f"/insights/tickets/?figure=open&before={Ticket.objects.get(number=made[70]).pk}")
        newer = unescape(re.search(r'rel="prev" href="([^"]+)"', second)[1])
        assert re.findall(r'data-ticket="([^"]+)"', page(client, newer)) == made[70:120][::-1]


def test_an_imported_year_is_offered_and_shown(client, cast):
    with clock.travel(datetime(2016, 3, 2, 2, tzinfo=UTC)):
        incidents.report_incident(actor=cast.li_na, title="vor zehn Jahren", service=cast.erp)
    with time_machine.travel(NOW, tick=False):
        enter(client, cast.wang_fang)
        text = page(client, f"/insights/?organisation={cast.xinghe.pk}")
        assert "Incidents were logged from 2 Mar 2016 to 2 Mar 2016." in text
        assert '<option value="y2016">Year 2016</option>' in text
        offered = re.search(r'<a href="(/insights/[^"]*period=y2016[^"]*)"', text)[1]
        text = page(client, unescape(offered))
        assert "1 Jan 2016 – 31 Dec 2016" in text
        assert any(count == 1 and "from=2016-02-29" in url for url, count in numbers(text))


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_tickets(client, cast, django_assert_num_queries, count):
    month = Month(cast)
    for number in range(count):
        month.report(NOW - NOW, f"n{number}")
    with time_machine.travel(NOW, tick=False):
        enter(client, cast.wang_fang)
        page(client, "/insights/")
        with django_assert_num_queries(19):
            client.get("/insights/")
        with django_assert_num_queries(8):
            client.get("/insights/tickets/?figure=open")
