"""What a new system counts by before anybody edits it: an office calendar and a default agreement."""

from django.db import transaction

from core import clock
from sla.models import Agreement, AgreementVersion, Calendar, Target
from sla.services.agreements import put_in_force
from sla.services.calendars import publish_calendar
from sla.services.importing import official_days

FIRST_YEAR = 2010  # Logs of another tool reach back for years, and are judged by the holidays of their own time.
OFFICE_DAY = [["09:00", "12:00"], ["13:30", "18:00"]]
ALL_DAY = [["00:00", "24:00"]]
HOUR = 3600
DAY = 7.5 * HOUR  # one office day
# (response, resolution) in business seconds by priority. P1 counts around the clock.
PROMISES = {1: (HOUR / 4, 4 * HOUR), 2: (HOUR / 2, DAY), 3: (2 * HOUR, 3 * DAY), 4: (4 * HOUR, 5 * DAY)}
# The same for service requests. P1 is what cannot wait, P4 what has to be bought first.
DELIVERIES = {1: (HOUR, 4 * HOUR), 2: (2 * HOUR, DAY), 3: (4 * HOUR, 3 * DAY), 4: (DAY, 10 * DAY)}
PAUSING = ["caller", "vendor", "change", "scheduled"]


@transaction.atomic
def install_defaults():
    """Create the office and round-the-clock calendars (Chinese holidays and make-up days) and the agreements on
    incidents and on requests that apply where no other does.

    Changes nothing that exists already; returns the version in force of the agreement on incidents.
    """
    year = clock.recorded_now().year
    office = _calendar("office", "工作时间", "Office hours")
    always = _calendar("always", "全天候", "Around the clock")
    if office.current() is None:
        official = official_days("CN", range(FIRST_YEAR, year + 2), OFFICE_DAY, language="zh_CN")
        publish_calendar(
            office,
            zone="Asia/Shanghai",
            weekly={str(day): OFFICE_DAY for day in range(1, 6)},
            exceptions=official.exceptions,
            labels=official.labels,
            valid_through=official.known_through,
        )
    if always.current() is None:
        publish_calendar(always, zone="UTC", weekly={str(day): ALL_DAY for day in range(1, 8)})
    _agreement("standard-requests", "标准服务请求", "Standard service requests", "request", DELIVERIES, always, office)
    return _agreement("standard", "标准服务级别", "Standard service level", "incident", PROMISES, always, office)


def _agreement(slug, name_zh, name_en, kind, promises, always, office):
    """The version in force of a starting agreement, made when there is none."""
    names = {"name_zh": name_zh, "name_en": name_en, "rank": 900}
    agreement = Agreement.objects.get_or_create(slug=slug, defaults=names)[0]
    version = agreement.versions.filter(state=AgreementVersion.State.ACTIVE).first()
    if version is not None:
        return version
    version = AgreementVersion.objects.create(agreement=agreement, number=agreement.versions.count() + 1)
    for priority, lengths in promises.items():
        for metric, seconds in zip(("response", "resolution"), lengths, strict=True):
            Target.objects.create(
                version=version,
                kind=kind,
                metric=metric,
                priority=priority,
                seconds=int(seconds),
                calendar=always if priority == 1 and kind == "incident" else office,
                pausing_reasons=PAUSING,
                on_reopen="final" if metric == "response" else "resume",
            )
    return put_in_force(version)


def _calendar(slug, name_zh, name_en):
    return Calendar.objects.get_or_create(slug=slug, defaults={"name_zh": name_zh, "name_en": name_en})[0]
