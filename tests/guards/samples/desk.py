"""What the desk keeps for itself, and a major incident."""

from datetime import timedelta

from accounts import services as people
from cmdb import services as cmdb
from cmdb.models import Announcement, Outage
from incidents import services as incidents
from tickets import services as tickets
from tickets.models import BulkJob, CannedReply, SavedView
from tickets.services.skills import require_skill


def samples(cast, world):
    incident, at = world.incident, world.at
    view = SavedView.objects.create(owner=cast.zhang_wei, name="mine", query="")
    job = BulkJob.objects.create(owner=cast.zhang_wei, action="take", ticket_ids=[incident.pk], created_at=at)
    canned = tickets.keep(CannedReply(), actor=cast.zhang_wei, name_en="Thanks", body_en="x")
    skill = people.save_skill(None, actor=cast.admin, slug="oracle", name_en="Oracle")
    people.rate(cast.zhang_wei, skill, actor=cast.admin, level=2)
    wanted = require_skill(skill, actor=cast.admin, level=1, service=cast.erp)
    incidents.take_major(
        incident,
        "declare",
        actor=cast.wang_fang,
        values={"commander": cast.chen_hao, "extent": "full", "cadence": "30"},
    )
    announced = cmdb.announce(
        Announcement(), actor=cast.wang_fang, title_en="x", organisation=cast.xinghe, from_at=at,
        until_at=at + timedelta(days=1),
    )  # fmt: skip
    outage = cmdb.keep_outage(Outage(), actor=cast.wang_fang, service=cast.erp, from_at=at)
    return {
        "desk:.pk": view.pk,
        **{f"desk:{name}.pk": job.pk for name in ("bulk-job", "undo-bulk")},
        **{f"desk:{name}.pk": canned.pk for name in ("change-prepared", "discard-prepared")},
        **{
            f"desk:{name}.kind": "replies"
            for name in ("prepared", "new-prepared", "change-prepared", "discard-prepared")
        },
        "desk:draft.kind": "answer",
        "desk:draft-new.kind": "new",
        **{f"desk:{name}.pk": announced.pk for name in ("change-announcement", "discard-announcement")},
        **{f"desk:{name}.pk": outage.pk for name in ("change-outage", "end-outage", "discard-outage")},
        **{f"desk:{name}.pk": skill.pk for name in ("skill", "forget-skill")},
        "desk:drop-skill-requirement.pk": wanted.pk,
        "desk:major-step.name": "stand_down",
        "portal:join-major.pk": incident.pk,
        **{f"api:outage-{name}.pk": outage.pk for name in ("detail", "end")},
        "api:announcement-detail.pk": announced.pk,
    }
