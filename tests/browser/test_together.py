"""Several people at one ticket: nothing is overwritten, everybody sees who else is there."""

from playwright.sync_api import expect

from accounts.models import Role
from incidents import services as incidents
from tests.cast import person
from tickets import services as tickets
from tickets.models import Comment

POLLS_AFTER_MS = 21_000


def with_clock(page):
    """Timers of the page that the test turns forward instead of waiting."""
    page.clock.install()


def turn(page, path):
    """Let the page's next poll of an address that contains `path` come and be answered."""
    with page.expect_response(lambda response: path in response.url):
        page.clock.fast_forward(POLLS_AFTER_MS)


def test_stale_reply_stops_shows_the_change_and_keeps_the_text(cast, incident, sign_in, watch):
    watch.allow("409")
    page = sign_in(cast.zhang_wei, f"/desk/t/{incident.number}/")
    body = page.locator("#composer-body")
    body.fill("Please restart your computer.")
    tickets.comment(incident, actor=cast.li_na, body="It works again by itself!")
    body.press("Control+Enter")
    stale = page.get_by_role("alert").filter(has_text="Changed meanwhile by Li Na")
    expect(stale).to_be_visible()
    expect(body).to_have_value("Please restart your computer.")
    assert Comment.objects.count() == 1

    page.get_by_role("button", name="Send anyway").click()
    expect(page.locator("#timeline")).to_contain_text("Please restart your computer.")
    expect(page.locator("#timeline")).to_contain_text("It works again by itself!")
    assert Comment.objects.count() == 2


def test_stale_properties_are_not_written(cast, incident, sign_in, watch):
    watch.allow("409")
    page = sign_in(cast.zhang_wei, f"/desk/t/{incident.number}/")
    form = page.locator("#properties")
    form.get_by_label("Place").fill("Building B, 3rd floor")
    tickets.edit(incident, actor=cast.wang_fang, changes={"contact": "ext. 4711"})
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("Changed meanwhile by Wang Fang")
    expect(form.get_by_label("Place")).to_have_value("Building B, 3rd floor")
    incident.refresh_from_db()
    assert (incident.contact, incident.place) == ("ext. 4711", "")


def test_two_agents_see_each_other_look_and_type(cast, incident, sign_in):
    path = f"/desk/t/{incident.number}/"
    first = sign_in(cast.zhang_wei, path, prepare=with_clock)
    second = sign_in(cast.chen_hao, path, prepare=with_clock)
    turn(second, "/here/")
    turn(first, "/here/")
    expect(first.locator("#presence")).to_contain_text("Chen Hao is looking at this too")
    with second.expect_response(lambda response: "/here/" in response.url):
        second.locator("#composer-body").press_sequentially("I know")
    turn(first, "/here/")
    expect(first.locator("#presence")).to_contain_text("Chen Hao is typing")


def test_new_ticket_waits_behind_a_pill_and_rows_change_in_place(cast, incident, sign_in):
    page = sign_in(cast.zhang_wei, "/desk/?view=open", prepare=with_clock)
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(1)
    incidents.report_incident(actor=cast.zhao_min, title="VPN 断线", service=cast.email)
    tickets.edit(incident, actor=cast.wang_fang, changes={"title": "ERP 登录失败（财务部）"})
    turn(page, "/desk/live/")
    pill = page.get_by_role("link", name="1 new ticket")
    expect(pill).to_be_visible()
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("财务部")
    pill.click()
    expect(rows).to_have_count(2)


def test_slower_of_two_agents_is_told_who_took_it(cast, incident, sign_in, watch):
    watch.allow("409")
    faster = person("he.qing", "何青", cast.xinghe, Role.AGENT, teams=[cast.desk])
    page = sign_in(cast.zhang_wei, f"/desk/t/{incident.number}/")
    expect(page.locator("#ticket [data-key=i]")).to_be_visible()
    tickets.take_transition(incident, "claim", actor=faster, values={"team": cast.desk})
    page.keyboard.press("i")
    expect(page.get_by_role("alert").filter(has_text="He Qing")).to_be_visible()
    incident.refresh_from_db()
    assert incident.assignee == faster
