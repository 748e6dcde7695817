"""The pages of working calendars: read by the desk, written by managers, checked before they are published."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from core import clock as wall
from incidents import services as incidents
from sla import services
from sla.models import Calendar, CalendarVersion, Clock, Recalculation
from sla.services import recalculating, replaying

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
ICS = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//x//x//EN\r
BEGIN:VEVENT\r
UID:1\r
DTSTART;VALUE=DATE:20200501\r
RRULE:FREQ=YEARLY\r
SUMMARY:Founders' day\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
DTSTART;VALUE=DATE:20270508\r
DTEND;VALUE=DATE:20270510\r
SUMMARY:\xe8\xb0\x83\xe4\xbc\x91\xe4\xb8\x8a\xe7\x8f\xad\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.fixture
def office(cast):
    User.objects.update(language="en")
    for who in vars(cast).values():
        if isinstance(who, User):
            who.language = "en"
    with wall.travel(MONDAY):
        services.install_defaults()
    return Calendar.objects.get(slug="office")


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wang_fang)
    return client


def typed(page, **changes):
    """What the browser would send for the editor as it is shown."""
    form, rows = page.context["form"], page.context["rows"]
    fields = [field for part in (form, rows.management_form, *rows.forms) for field in part]
    sent = {field.html_name: field.value() for field in fields}
    shown = {
        name: form[name].field.prepare_value(form[name].value()) if name.startswith("day_") else value
        for name, value in sent.items()
        if value is not None and value is not False
    }
    for row in rows.forms:
        shown[row["hours"].html_name] = row["hours"].field.prepare_value(row["hours"].value()) or ""
    return {name: value for name, value in shown.items() if value is not None} | changes


def edit(office):
    return reverse("sla:edit_calendar", args=[office.pk])


def published(client, url, **changes):
    """Check, then publish what was checked."""
    checked = client.post(url, typed(client.get(url), **changes, act="check"))
    assert checked.status_code == 200, checked.context["form"].errors
    return checked, client.post(url, typed(checked, **changes, act="publish", checked=checked.context["fingerprint"]))


def test_list_and_page_tell_hours_in_words_and_the_year(client, cast, office):
    client.force_login(cast.zhang_wei)
    page = client.get(reverse("sla:calendars")).content.decode()
    assert "Mon–Fri" in page and "09:00–12:00, 13:30–18:00" in page and "Asia/Shanghai" in page
    page = client.get(reverse("sla:calendar", args=[office.pk]) + "?year=2026").content.decode()
    assert page.count('class="month"') == 12
    assert 'class="day is-holiday" title="2026-10-01 closed' in page.replace("\n", "")
    assert 'class="day is-make_up"' in page
    assert reverse("sla:edit_calendar", args=[office.pk]) not in page


@pytest.mark.parametrize(("count", "queries"), [(1, 7), (3, 7)])
def test_list_takes_as_many_queries_for_three_calendars_as_for_one(
    client, cast, office, django_assert_num_queries, count, queries
):
    for number in range(count):
        calendar = Calendar.objects.create(slug=f"c{number}", name_en=f"c{number}")
        services.publish_calendar(calendar, zone="UTC", weekly={"1": [["09:00", "17:00"]]})
    client.force_login(cast.zhang_wei)
    with django_assert_num_queries(queries):
        client.get(reverse("sla:calendars"))


def test_end_of_known_holidays_is_warned_of_sixty_days_before(client, cast, office):
    client.force_login(cast.zhang_wei)
    warning = "Official holidays are known through 2026-12-31 only"
    url = reverse("sla:calendar", args=[office.pk])
    with wall.travel(datetime(2026, 11, 1, tzinfo=UTC)):
        assert warning not in client.get(url).content.decode()
    with wall.travel(datetime(2026, 11, 3, tzinfo=UTC)):
        assert warning in client.get(url).content.decode()


def test_only_managers_edit(client, cast, office):
    client.force_login(cast.zhang_wei)
    assert client.get(edit(office)).status_code == 403
    assert client.post(edit(office), {"act": "publish"}).status_code == 403
    client.force_login(cast.li_na)
    assert client.get(edit(office)).status_code == 404


def test_change_is_checked_then_published_and_carried_to_open_clocks(manager, cast, office):
    with wall.travel(MONDAY):
        ticket = incidents.report_incident(actor=cast.li_na, title="慢", service=cast.erp, impact=2, urgency=2)
    with wall.travel(MONDAY + timedelta(hours=1)):
        checked, answer = published(manager, edit(office), day_1="10:00-12:00，13:30至18:00", note="later start")
        page = checked.content.decode()
        assert "2 running clocks count by this calendar: 2 change" in page
        assert ticket.number in page
        assert Recalculation.objects.get().state == "running"
        assert answer.status_code == 302
        progress = manager.get(reverse("sla:calendar_progress", args=[office.pk]), headers={"HX-Request": "true"})
        assert "0 brought up to date, 2 to go" in progress.content.decode()
        while recalculating.recalculate():
            pass
        page = manager.get(reverse("sla:calendar", args=[office.pk])).content.decode()
    assert "2 clocks brought up to date" in page and "later start" in page
    version = office.current()
    assert (version.number, version.weekly["1"]) == (2, [["10:00", "12:00"], ["13:30", "18:00"]])
    assert Clock.objects.get(metric="response").due_at == MONDAY + timedelta(hours=3)


def test_nothing_is_published_that_was_not_checked_as_it_stands(manager, office):
    answer = manager.post(edit(office), typed(manager.get(edit(office)), day_1="", act="publish", checked="other"))
    assert "What publishing would change" in answer.content.decode()
    assert CalendarVersion.objects.filter(calendar=office).count() == 1


def test_calendar_in_which_nobody_works_asks_for_confirmation(manager, office):
    closed = {f"day_{n}": "" for n in range(1, 8)}
    with wall.travel(datetime(2026, 11, 23, tzinfo=UTC)):
        _, answer = published(manager, edit(office), **closed)
        assert answer.status_code == 422
        assert "Nobody works in this calendar for the next 60 days" in answer.content.decode()
        _, answer = published(manager, edit(office), **closed, is_confirmed="on")
    assert answer.status_code == 302
    assert office.current().weekly == {}


@pytest.mark.parametrize("hours", ["9 to 5", "09:00", "25:00-26:00", "09:00-18:00 tea"])
def test_wrong_hours_are_told_beside_their_day_and_kept(manager, office, hours):
    answer = manager.post(edit(office), typed(manager.get(edit(office)), day_3=hours, act="check"))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"day_3"}
    assert f'value="{hours}"' in answer.content.decode()


def test_overnight_shift_and_midnight_are_understood(manager, office):
    published(manager, edit(office), day_5="08:00-12:00, 22:00-06:00", day_6="20:00-24:00")
    weekly = office.current().weekly
    assert (weekly["5"], weekly["6"]) == ([["08:00", "12:00"], ["22:00", "06:00"]], [["20:00", "24:00"]])


def test_exceptions_are_added_and_removed(manager, office):
    url = edit(office)
    extra = manager.get(url).context["rows"].extra_forms[0].prefix
    new = {f"{extra}-on": "2026-12-24", f"{extra}-hours": "09:00-12:00", f"{extra}-label": "Eve"}
    published(manager, url, **new)
    assert office.current().exceptions["2026-12-24"] == [["09:00", "12:00"]]
    assert office.current().labels["2026-12-24"] == "Eve"
    rows = manager.get(url).context["rows"].initial_forms
    eve = next(row.prefix for row in rows if row["on"].value() == "2026-12-24")
    published(manager, url, **{f"{eve}-DELETE": "on"})
    assert "2026-12-24" not in office.current().exceptions


def test_same_date_twice_is_refused(manager, office):
    first, second = (row.prefix for row in manager.get(edit(office)).context["rows"].extra_forms[:2])
    twice = {f"{first}-on": "2026-12-24", f"{second}-on": "2026-12-24"}
    answer = manager.post(edit(office), typed(manager.get(edit(office)), **twice, act="check"))
    assert answer.status_code == 422
    assert "This date is listed twice." in answer.content.decode()


def test_official_days_come_into_the_form_and_say_what_changes(manager, office):
    asked = {"country": "CN", "first_year": "2025", "last_year": "2025"}
    first = typed(manager.get(edit(office)))
    rows = {name: "on" for name in first if name.endswith("-on") and str(first[name]).startswith("2025-10")}
    without = first | {name.replace("-on", "-DELETE"): "on" for name in rows}
    answer = manager.post(edit(office), without | asked | {"act": "import_official"})
    changed = {change["on"]: change["after"] for change in answer.context["changes"]}
    assert changed["2025-10-01"] == "holiday"
    assert changed["2025-10-11"] == "09:00–12:00, 13:30–18:00"  # a Saturday worked instead
    assert CalendarVersion.objects.filter(calendar=office).count() == 1


def test_days_of_an_icalendar_file_are_taken_over(manager, office):
    file = SimpleUploadedFile("days.ics", ICS)
    sent = typed(manager.get(edit(office)), first_year="2027", last_year="2028", file=file, act="import_file")
    answer = manager.post(edit(office), sent)
    assert {change["on"]: change["after"] for change in answer.context["changes"]} == {
        "2027-05-01": "holiday",
        "2027-05-08": "09:00–12:00, 13:30–18:00",
        "2027-05-09": "09:00–12:00, 13:30–18:00",
        "2028-05-01": "holiday",
    }


@pytest.mark.parametrize("content", [b"no calendar", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_bad_file_gets_a_clear_error_and_keeps_what_was_typed(manager, office, content):
    file = SimpleUploadedFile("days.ics", content)
    sent = typed(manager.get(edit(office)), first_year="2027", file=file, act="import_file", day_2="10:00-11:00")
    answer = manager.post(edit(office), sent)
    assert answer.status_code == 422
    assert "iCalendar file" in str(answer.context["form"].errors["file"])
    assert 'value="10:00-11:00"' in answer.content.decode()


def test_new_calendar_is_written_with_its_first_version(manager, office):
    url = reverse("sla:new_calendar")
    sent = typed(manager.get(url), name_en="Berlin", slug="berlin", zone="Europe/Berlin", act="publish")
    answer = manager.post(url, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    version = Calendar.objects.get(slug="berlin").current()
    assert (version.zone, version.weekly["1"], bool(version.tzdata)) == ("Europe/Berlin", [["09:00", "18:00"]], True)
    sent = typed(manager.get(url), name_en="x", slug="berlin", zone="Mars/Olympus", act="publish")
    assert manager.post(url, sent).context["form"].errors.keys() == {"zone"}
    sent["zone"] = "UTC"
    assert manager.post(url, sent).context["form"].errors.keys() == {"slug"}


def test_typed_change_is_tried_on_past_months_without_being_saved(manager, cast, office):
    with wall.travel(MONDAY):
        incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp)
    url = edit(office)
    never = {f"day_{number}": "" for number in range(1, 8)}
    checked = manager.post(url, typed(manager.get(url), **never, act="check"))
    assert 'formtarget="_blank"' in checked.content.decode()
    run = manager.post(url, typed(checked, **never, act="try"))["Location"]
    while replaying.go_on():
        pass
    page = manager.get(run).content.decode()
    assert "Office hours, draft" in page and "1 tickets, 2 clocks compared; 2 would show" in page
    assert office.versions.count() == 1
