"""A claimed incident with a note, a file, links and whatever else every ticket may have."""

from django.core.files.uploadedfile import SimpleUploadedFile

from incidents import services as incidents
from tickets import services as tickets
from tickets.models import Attachment, Category
from tickets.services import approving, tasks

KINDS = ("ticket", "incident", "request", "change", "problem")


def samples(cast, world):
    incident = world.incident
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    note = tickets.comment(
        incident, actor=cast.zhang_wei, body="内部", is_internal=True, uploads=[SimpleUploadedFile("log.txt", b"line")]
    )
    attachment = Attachment.objects.get(comment=note)
    other = incidents.report_incident(actor=cast.li_na, title="another", service=cast.erp)
    link = tickets.link(incident, other, kind="relates", actor=cast.zhang_wei)
    tickets.watch(incident, user=cast.chen_hao, actor=cast.zhang_wei)
    watcher = incident.watchers.get()
    tickets.add_steps(incident, "look", actor=cast.zhang_wei)
    tickets.log_time(incident, actor=cast.zhang_wei, minutes=5)
    boss = approving.Stage("Boss", "all", [cast.zhao_min])
    world.slot = slot = approving.ask(incident, [boss], scope=1, actor=cast.li_na).stages.get().slots.get()
    world.task = task = tasks.plan(incident, [tasks.PlannedTask("look", "Look", team=cast.desk)], actor=cast.zhang_wei)[
        0
    ]
    category = Category.objects.create(slug="software", name_en="Software")
    entry = incident.time_entries.get()
    return {
        "other": incident.number,
        **{f"portal:{name}.pk": slot.pk for name in ("approval", "decide", "add_approver", "hand_over")},
        "portal:unshare.pk": cast.chen_hao.pk,
        **{f"portal:{name}.pk": attachment.pk for name in ("attachment", "picture")},
        "desk:step.pk": incident.checklist.get().pk,
        "desk:remove-time.pk": entry.pk,
        "desk:task.pk": task.pk,
        "desk:task.name": "skip",
        "desk:unlink.pk": link.pk,
        "api:category-detail.pk": category.pk,
        **{f"api:{kind}-decision.pk": slot.pk for kind in KINDS},
        **{f"api:{kind}-{name}-task.pk": task.pk for kind in KINDS for name in ("complete", "skip")},
        **{f"api:{kind}-comment.pk": note.pk for kind in KINDS},
        **{f"api:{kind}-{name}.pk": attachment.pk for kind in KINDS for name in ("attachment", "attachment-content")},
        **{f"api:{kind}-link.pk": link.pk for kind in KINDS},
        **{f"api:{kind}-time-entry.pk": entry.pk for kind in KINDS},
        **{f"api:{kind}-watcher.pk": watcher.pk for kind in KINDS},
    }
