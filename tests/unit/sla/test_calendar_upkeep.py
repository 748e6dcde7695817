"""What is looked after without anybody asking, imports, and zone rules that change under a published version."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from core import clock as wall
from core import time_zones
from core.business_time import BusinessCalendar
from core.errors import InvalidInput
from events.models import Event
from incidents import services as incidents
from notifications.models import Mail
from sla import services
from sla.models import Calendar, Clock, Recalculation
from sla.models.calendar import compiled_calendar
from sla.selectors import followers, zone_rules
from sla.services import calendars, importing, recalculating, upkeep
from tests.monday import MONDAY

OFFICE_DAY = [["09:00", "12:00"], ["13:30", "18:00"]]
WEEK = {str(day): [["09:00", "17:00"]] for day in range(1, 6)}


@pytest.fixture
def office(db):
    with wall.travel(MONDAY):
        services.install_defaults()
    return Calendar.objects.get(slug="office")


def ics(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//EN"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def test_end_of_known_holidays_is_said_once_for_each_version(office):
    with wall.travel(datetime(2026, 11, 1, tzinfo=UTC)):
        upkeep.keep_calendars()
    assert not Event.objects.filter(name="calendar.running_out").exists()
    for day in (3, 4):
        with wall.travel(datetime(2026, 11, day, tzinfo=UTC)):
            upkeep.keep_calendars()
    event = Event.objects.get(name="calendar.running_out")
    assert (event.subject_id, event.data["version"], event.data["valid_through"]) == (office.pk, 1, "2026-12-31")


@pytest.mark.parametrize(
    ("language", "words", "button"),
    [
        ("zh-hans", "法定节假日只录入到 2026-12-31", "打开日历"),
        ("en", "official holidays of a working calendar are known through 2026-12-31", "Open the calendar"),
    ],
)
def test_administrators_are_mailed_once_that_a_calendar_runs_out(cast, office, deliver, language, words, button):
    User.objects.update(language=language)
    for day in (3, 4):
        with wall.travel(datetime(2026, 11, day, tzinfo=UTC)):
            upkeep.keep_calendars()
            deliver()
    mail = Mail.objects.get(kind="calendar")
    assert (mail.user, words in mail.subject) == (cast.admin, True)
    assert words in mail.text and button in mail.text and f"/sla/calendars/{office.pk}/" in mail.text


def test_clocks_left_behind_are_caught_up_with(cast, office):
    with wall.travel(MONDAY):
        incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp, impact=2, urgency=2)
        current = office.current()
        services.publish_calendar(office, zone=current.zone, weekly=current.weekly, exceptions={"2026-11-17": []})
        while recalculating.recalculate():
            pass
        # A ticket that was being reported while the version was published: it still counts by the one before.
        older = Clock.objects.get(metric="resolution")
        older.terms_id = older.rulings.get(reason="started").terms_id
        older.save()
        assert followers.outdated_clocks(office).count() == 1
        upkeep.keep_calendars()
        upkeep.keep_calendars()
        assert Recalculation.objects.filter(state="running").count() == 1
        while recalculating.recalculate():
            pass
    assert not followers.outdated_clocks(office).exists()


@pytest.fixture
def berlin(db):
    """Open on weekdays from nine to five in Berlin."""
    calendar = Calendar.objects.create(slug="berlin", name_en="Berlin")
    with wall.travel(MONDAY):
        services.publish_calendar(calendar, zone="Europe/Berlin", weekly=WEEK)
    return calendar


def frozen(version):
    """The same version as if it had been published under rules without summer time."""
    low, high = version.offsets[0][0], version.offsets[-1][1]
    version.offsets = [[low, high, 3600]]
    version.tzdata = "2020a"
    return version


def test_version_counts_by_the_zone_rules_it_was_published_under(berlin):
    version = frozen(berlin.current())
    july = datetime(2027, 7, 5, 7, 0, tzinfo=UTC)  # a Monday, 09:00 in Berlin's summer time
    assert compiled_calendar(berlin.current().pk).is_open(july)
    assert not version.compiled().is_open(july)
    assert version.compiled().is_open(july + timedelta(hours=1))
    beyond = datetime(2045, 7, 3, 7, 0, tzinfo=UTC)  # where nothing was recorded the installed rules count
    assert version.compiled().is_open(beyond)


def test_recorded_rules_that_still_hold_change_nothing(berlin):
    version = berlin.current()
    assert len(version.offsets) > 20
    plain = BusinessCalendar.of(version.zone, version.weekly)
    start = datetime(2020, 1, 1, tzinfo=UTC)
    end = datetime(2040, 1, 1, tzinfo=UTC)
    assert version.compiled().elapsed(start, end) == plain.elapsed(start, end)
    assert zone_rules.differences(version) == []


def test_moved_zone_rules_are_noticed_mailed_and_published_on_demand(cast, berlin, deliver, monkeypatch):
    monkeypatch.setattr(Calendar, "current", lambda self: frozen(self.versions.order_by("-number").first()))
    with wall.travel(MONDAY):
        moved = zone_rules.differences(berlin.current())
        first = moved[0]
        assert first.before == (datetime(2027, 3, 29, 8, 0, tzinfo=UTC), datetime(2027, 3, 29, 16, 0, tzinfo=UTC))
        assert first.after == (datetime(2027, 3, 29, 7, 0, tzinfo=UTC), datetime(2027, 3, 29, 15, 0, tzinfo=UTC))
        upkeep.keep_calendars()
        assert Event.objects.get(name="calendar.zone_rules_moved").data["release"] == time_zones.installed_release()
        deliver()
        assert time_zones.installed_release() in Mail.objects.get(user=cast.admin, kind="calendar").subject
        version = calendars.follow_zone_rules(berlin, mode="carry", actor=None)
    assert (version.number, version.tzdata) == (2, time_zones.installed_release())
    assert Recalculation.objects.get(calendar=berlin).mode == "carry"


def test_unmoved_zone_rules_publish_nothing(berlin):
    with wall.travel(MONDAY):
        assert calendars.follow_zone_rules(berlin, mode="carry", actor=None).number == 1


def test_official_days_of_a_year_without_make_up_days_are_left_out_rather_than_guessed():
    found = importing.official_days("CN", range(2026, 2029), OFFICE_DAY)
    assert found.known_through == date(2026, 12, 31)
    assert not [day for day in found.exceptions if day > "2026-12-31"]
    assert found.exceptions["2026-10-10"] == OFFICE_DAY  # a Saturday worked instead
    assert found.labels["2026-10-01"]


def test_country_without_make_up_days_names_no_end():
    found = importing.official_days("DE", [2027], OFFICE_DAY)
    assert (found.known_through, found.exceptions["2027-10-03"]) == (None, [])


def test_several_days_and_yearly_repetition_of_a_file_are_expanded_within_the_years():
    content = ics(
        ("DTSTART;VALUE=DATE:20000101", "RRULE:FREQ=YEARLY", "SUMMARY:New Year"),
        ("DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270102", "SUMMARY:over the turn"),
        ("DTSTART:20270301T090000Z", "DTEND:20270301T100000Z", "SUMMARY:a meeting is no holiday"),
        ("DTSTART;VALUE=DATE:20270206", "SUMMARY:春节补班"),
        ("DTSTART;VALUE=DATE:20270213", "SUMMARY:Workshop"),
    )
    found = importing.days_from_ics(content, [2027, 2028], OFFICE_DAY)
    assert found.exceptions == {
        "2027-01-01": [],
        "2027-02-06": OFFICE_DAY,
        "2027-02-13": [],
        "2028-01-01": [],
    }


def test_left_out_moved_and_cancelled_occurrences_of_a_yearly_event_are_honoured():
    content = ics(
        ("DTSTART;VALUE=DATE:20200501", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270501,20280501", "SUMMARY:left out"),
        ("DTSTART;VALUE=DATE:20200601", "RRULE:FREQ=YEARLY", "SUMMARY:moved"),
        ("DTSTART;VALUE=DATE:20200701", "RRULE:FREQ=YEARLY", "SUMMARY:cancelled once"),
        ("DTSTART;VALUE=DATE:20270801", "RDATE;VALUE=DATE:20270901", "DURATION:P2D", "SUMMARY:twice, two days each"),
    )
    changes = (
        ics(
            ("DTSTART;VALUE=DATE:20270603", "RECURRENCE-ID;VALUE=DATE:20270601", "SUMMARY:moved"),
            ("DTSTART;VALUE=DATE:20270701", "RECURRENCE-ID;VALUE=DATE:20270701", "STATUS:CANCELLED", "SUMMARY:-"),
        )
        .replace(b"UID:1", b"UID:2")
        .replace(b"UID:0", b"UID:1")
    )
    found = importing.days_from_ics(content + changes, [2027, 2028, 2029], OFFICE_DAY)
    assert list(found.exceptions) == [
        "2027-06-03", "2027-08-01", "2027-08-02", "2027-09-01", "2027-09-02",
        "2028-06-01", "2028-07-01", "2029-05-01", "2029-06-01", "2029-07-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        (("SUMMARY:x",), "no valid DTSTART"),
        (("DTSTART;VALUE=DATE:20269999",), "no valid DTSTART"),
        (("DTSTART;VALUE=DATE:20270101", "EXDATE;VALUE=DATE:soon"), "no valid EXDATE"),
        (("DTSTART;VALUE=DATE:20270101", "RRULE:FREQ=DAILY"), "only yearly ones"),
        (("DTSTART;VALUE=DATE:20270101", "DTSTART;VALUE=DATE:20270102"), "cannot be read"),
        (("DTSTART;VALUE=DATE:20270101", "RDATE;VALUE=PERIOD:20270201T000000Z/P1D"), "cannot be read"),
        (("DTSTART;VALUE=DATE:20270101", *["RECURRENCE-ID;VALUE=DATE:20270101"] * 2), "cannot be read"),
        (("DTSTART;VALUE=DATE:20270105", "DTEND;VALUE=DATE:20270101"), "ends before it begins"),
        (("DTSTART;VALUE=DATE:20270101", "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20270101"), "all later"),
    ],
)
def test_event_that_cannot_be_understood_is_named_by_its_line(event, problem):
    good = ("DTSTART;VALUE=DATE:20270101", "SUMMARY:x")
    with pytest.raises(InvalidInput) as refusal:
        importing.days_from_ics(ics(good, event), [2027], OFFICE_DAY)
    [words] = refusal.value.fields["file"]
    assert words.startswith("Line 9: ") and problem in words


def test_broken_line_is_named_and_so_is_a_file_that_is_cut_off():
    whole = ics(("DTSTART;VALUE=DATE:20270101", "SUMMARY:x"))
    for content, words in ((whole.replace(b"VERSION:2.0", b"VERSION"), "Line 2: "), (whole[:-20], "cut off")):
        with pytest.raises(InvalidInput) as refusal:
            importing.days_from_ics(content, [2027], OFFICE_DAY)
        assert words in refusal.value.fields["file"][0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"plain text",
        b"\xff\xfe",
        ics(),
        ics(("SUMMARY:no date",)),
        ics(("DTSTART;VALUE=DATE:20269999", "SUMMARY:x")),
        ics(("DTSTART;VALUE=DATE:20270101", "RRULE:FREQ=NEVER", "SUMMARY:x")),
        ics(("DTSTART;VALUE=DATE:20300101", "SUMMARY:another year")),
        b"x" * 1_000_001,
    ],
)
def test_bad_file_is_refused_with_words(content):
    with pytest.raises(InvalidInput) as refusal:
        importing.days_from_ics(content, [2027], OFFICE_DAY)
    assert refusal.value.fields["file"]
