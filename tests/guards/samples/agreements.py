"""An agreement that is negotiated, the calendar and the clock of a ticket it binds."""

from incidents import services as incidents
from sla import services as sla
from sla.models import Calendar, Clock
from sla.services import policies, replaying
from tests import agreements as made


def samples(cast, world):
    policy = policies.save_policy(None, actor=cast.admin, slug="policy", name_en="Policy", steps=[])
    sla.install_defaults()
    counted = incidents.report_incident(actor=cast.li_na, title="counted", service=cast.erp)
    clock = Clock.objects.filter(ticket=counted.pk).first()
    agreed = made.negotiating(cast)
    sla.save_clause(agreed, actor=cast.wang_fang, section="purpose", text_zh="一", text_en="one")
    sla.remark(agreed, actor=cast.zhao_min, body="?")
    calendar = Calendar.objects.create(slug="hours", name_en="Hours")
    replay = replaying.replay_agreement(agreed, since=world.at, until=world.at, actor=cast.wang_fang)
    return {
        "agreement": agreed.agreement_id,
        "v": agreed.number,
        "clause": agreed.clauses.get().pk,
        "remark": agreed.remarks.get().pk,
        "step": "submit",
        "answer": "decline",
        **{
            f"sla:{name}.pk": calendar.pk
            for name in ("calendar", "edit_calendar", "calendar_progress", "follow_zone_rules")
        },
        **{f"sla:{name}.pk": policy.pk for name in ("policy", "remove_policy")},
        "sla:replay.pk": replay.pk,
        "sla:acknowledge.pk": world.incident.pk,  # escalations are tried in tests/portal/test_sla_escalation.py
        "api:clock-detail.pk": clock.pk,
        "api:agreement-detail.pk": clock.agreement.agreement_id,
        "api:calendar-detail.pk": clock.calendar_version.calendar_id,
    }
