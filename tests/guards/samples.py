"""One object of everything that a route can name, and which parameter of which route names it."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import services as people
from catalog import services as catalog
from changes import services as changes
from changes.models import CausedIncident, Collision, Freeze, MaintenanceWindow
from cmdb import services as cmdb
from cmdb.models import Announcement, Attribute, Duplicate, Outage
from events.models import Event
from incidents import services as incidents
from integrations.models import Mailbox
from integrations.services import take_in
from knowledge import services as knowledge
from notifications.models import ChatChannel, Mail, Notification
from sla import services as sla
from sla.models import Calendar, Clock
from sla.services import policies, replaying
from surveys.models import Survey
from tests import agreements as made
from tests import articles
from tests.changes import board, planned, standard_template
from tests.guards.routes import ROUTES
from tests.imports import checked, source
from tests.landscape import landscape
from tests.offers import ANSWERS, offer
from tickets import services as tickets
from tickets.models import Attachment, BulkJob, CannedReply, Category, SavedView
from tickets.services import approving, tasks
from tickets.services.skills import require_skill


def make_samples(cast, incident):
    """A value for every parameter: by "route.parameter", else by parameter name, else by "namespace:.parameter"."""
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    note = tickets.comment(
        incident, actor=cast.zhang_wei, body="内部", is_internal=True, uploads=[SimpleUploadedFile("log.txt", b"line")]
    )
    other = incidents.report_incident(actor=cast.li_na, title="another", service=cast.erp)
    attachment = Attachment.objects.get(comment=note)
    view = SavedView.objects.create(owner=cast.zhang_wei, name="mine", query="")
    at, ticket = incident.created_at, incident.ticket_ptr
    job = BulkJob.objects.create(owner=cast.zhang_wei, action="take", ticket_ids=[incident.pk], created_at=at)
    about = {"ticket": ticket, "event": Event.objects.filter(name="incident.reported").first()}
    mail = Mail.objects.create(
        user=cast.li_na, address="li.na@xinghe.example", kind="reported", subject="s", text="t", html="h",
        effect_key="guard", message_id="<guard>", not_before=at, created_at=at, **about,
    )  # fmt: skip
    chat = ChatChannel.objects.create(name="Desk", team=cast.desk, platform="webhook", is_active=False, free_at=at)
    said = chat.messages.create(kind="queued", text="t", state="dead", not_before=at, created_at=at, **about)
    bell = Notification.objects.create(user=cast.li_na, kind="reported", created_at=at, **about)
    survey = Survey.objects.create(
        ticket=ticket, recipient=cast.li_na, created_at=at, expires_at=at, score=1, answered_at=at, follow_up_at=at
    )
    tickets.add_steps(incident, "look", actor=cast.zhang_wei)
    tickets.log_time(incident, actor=cast.zhang_wei, minutes=5)
    canned = tickets.keep(CannedReply(), actor=cast.zhang_wei, name_en="Thanks", body_en="x")
    boss = approving.Stage("Boss", "all", [cast.zhao_min])
    round = approving.ask(incident, [boss], scope=1, actor=cast.li_na)
    slot = round.stages.get().slots.get()
    task = tasks.plan(incident, [tasks.PlannedTask("look", "Look", team=cast.desk)], actor=cast.zhang_wei)[0]
    absence = people.arrange_absence(
        cast.zhang_wei, cast.chen_hao, from_at=at, until_at=at + timedelta(days=1), actor=cast.zhang_wei
    )
    mailbox = Mailbox.objects.create(name="Desk", address="it@xinghe.example", service=cast.erp)
    came = take_in(mailbox, b"From: li.na@xinghe.example\r\n\r\nhello")
    link = tickets.link(incident, other, kind="relates", actor=cast.zhang_wei)
    tickets.watch(incident, user=cast.chen_hao, actor=cast.zhang_wei)
    watcher, kinds = incident.watchers.get(), ("ticket", "incident", "request", "change")
    category = Category.objects.create(slug="software", name_en="Software")
    starts_on = at.date()
    roster = people.save_roster(None, actor=cast.admin, name_en="Duty", team=cast.desk, starts_on=starts_on)
    hours = {"start_at": at, "end_at": at + timedelta(days=1)}
    skill = people.save_skill(None, actor=cast.admin, slug="oracle", name_en="Oracle")
    people.rate(cast.zhang_wei, skill, actor=cast.admin, level=2)
    wanted = require_skill(skill, actor=cast.admin, level=1, service=cast.erp)
    override = people.take_over(roster, cast.zhang_wei, actor=cast.admin, **hours)
    policy = policies.save_policy(None, actor=cast.admin, slug="policy", name_en="Policy", steps=[])
    sla.install_defaults()
    clock = Clock.objects.filter(
        ticket=incidents.report_incident(actor=cast.li_na, title="counted", service=cast.erp).pk
    ).first()
    agreed = made.negotiating(cast)
    sla.save_clause(agreed, actor=cast.wang_fang, section="purpose", text_zh="一", text_en="one")
    sla.remark(agreed, actor=cast.zhao_min, body="?")
    token, _secret = people.issue_token(cast.zhang_wei, "t", ["read"], actor=cast.zhang_wei)
    calendar = Calendar.objects.create(slug="hours", name_en="Hours")
    version = articles.published(cast, audience=articles.of(cast.xinghe))
    article, upload = version.article_id, SimpleUploadedFile("steps.txt", b"1 2 3")
    stored = knowledge.add_file(version.article, upload, actor=cast.zhang_wei)
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
    land = landscape(cast)
    relation = land["app"].relations_out.get()
    frozen = cmdb.take_baseline(land["app"], actor=cast.chen_hao, name="Before")
    campaign = cmdb.open_campaign(actor=cast.wang_fang, name="Yearly", due_on=(at + timedelta(days=9)).date())
    linked = cmdb.add_document(land["app"], actor=cast.chen_hao, title="Manual", url="https://docs.example/")
    kept = cmdb.add_file(land["app"], SimpleUploadedFile("plan.txt", b"1 2 3"), actor=cast.chen_hao)
    doubt = Duplicate.objects.create(first=land["host-1"], second=land["host-2"], signs=["name"], found_at=at)
    asked_for = campaign.attestations.first()
    audit = cmdb.draw_sample(actor=cast.wang_fang, name="Sample", size=1, item_classes=["application"])
    replay = replaying.replay_agreement(agreed, since=at, until=at, actor=cast.wang_fang)
    run = checked(cast, source(cast, organisation=cast.xinghe), [{"host": "srv-1", "name": "One", "sn": "S-1"}])
    item = offer(cast, organisations=[cast.xinghe])
    asked = catalog.submit(item, actor=cast.li_na, answers=ANSWERS)
    change, beside = (planned(cast, items=[land[host]]) for host in ("host-1", "host-2"))
    window = changes.keep_window(
        MaintenanceWindow(), actor=cast.admin, name_en="Nights", items=[land["app"]], from_on=starts_on,
        opens_at=at.time(), lasts_for=60,
    )  # fmt: skip
    freeze = changes.keep_freeze(
        Freeze(), actor=cast.admin, name_en="Year end", reason="x", from_at=at, until_at=at + timedelta(days=9)
    )
    changes.check_collisions()
    collision = Collision.objects.get(first=change, second=beside)
    exception = changes.ask_exception(change, actor=cast.chen_hao, reason="x")
    feed, _secret = changes.open_feed(actor=cast.zhang_wei, content="mine")
    template = standard_template(cast)
    caused = CausedIncident.objects.create(change=change, incident=incident, suggested_at=incident.created_at)
    cab = board(cast, cast.wang_fang, cast.zhang_wei)
    meeting = changes.call_meeting(cab, actor=cast.wang_fang, starts_at=at + timedelta(days=1))
    agenda = meeting.agenda.create(change=change, position=1)
    return {
        **{f"{route.name}.number": asked.number for route in ROUTES if route.name.startswith("api:request-")},
        "portal:revise.number": asked.number,
        **{f"{route.name}.number": change.number for route in ROUTES if route.name.startswith("changes:")},
        "changes:task.pk": task.pk,
        "changes:judge.pk": caused.pk,
        **{
            f"changes:{one}template.pk": template.pk for one in ("", "edit-", "approve-", "suspend-", "retire-", "use-")
        },
        **{f"{route.name}.number": change.number for route in ROUTES if route.name.startswith("api:change-")},
        "changes:.pk": cab.pk,
        **{f"{route.name}.pk": meeting.pk for route in ROUTES if "meeting" in route.name or "agenda" in route.name},
        "changes:figure.key": "closed",
        "changes:call-meeting.pk": cab.pk,
        **dict.fromkeys(("changes:note-on-agenda.item", "api:board-meeting-note.item"), agenda.pk),
        **dict.fromkeys(("api:change-board-detail.pk", "api:change-board-meetings.pk"), cab.pk),
        **{f"{route.name}.pk": template.pk for route in ROUTES if route.name.startswith("api:change-template-")},
        "changes:approve-in-meeting.slot": slot.pk,
        "changes:step.name": "cancel",
        **{f"changes:{name}.pk": window.pk for name in ("window", "discard-window")},
        **{f"changes:{name}.pk": freeze.pk for name in ("freeze", "discard-freeze")},
        "changes:accept-collision.pk": collision.pk,
        "changes:decide-exception.pk": exception.pk,
        "changes:decide-exception.answer": "grant",
        "changes:revoke-feed.pk": feed.pk,
        "api:maintenance-window-detail.pk": window.pk,
        "api:freeze-detail.pk": freeze.pk,
        **{f"api:collision-{name}.pk": collision.pk for name in ("detail", "accept")},
        "api:free-slot.number": change.number,
        **{f"portal:{name}.slug": item.slug for name in ("request-item", "request-draft")},
        "portal:service.slug": cast.erp.slug,
        "api:request-item-detail.pk": item.pk,
        "catalog:category.slug": item.category.slug,
        "catalog:.slug": item.slug,
        **{
            f"sla:{name}.pk": calendar.pk
            for name in ("calendar", "edit_calendar", "calendar_progress", "follow_zone_rules")
        },
        "cmdb:step.name": "maintain",
        "cmdb:trust.name": "verify",
        "cmdb:unrelate.pk": relation.pk,
        "cmdb:baseline.pk": frozen.pk,
        "cmdb:verb.slug": "depends-on",
        "cmdb:act-on-import.name": "discard",
        **{f"cmdb:{name}.pk": run.pk for name in ("import", "import-columns", "import-lines", "act-on-import")},
        **{f"cmdb:{name}.slug": run.source.slug for name in ("source", "source-token")},
        "cmdb:.slug": "server",
        **{f"cmdb:{name}.pk": campaign.pk for name in ("campaign", "close-campaign")},
        "cmdb:audit.pk": audit.pk,
        **{f"cmdb:{name}.pk": kept.pk for name in ("file", "remove-file")},
        "cmdb:unlink-document.pk": linked.pk,
        **{f"api:{name}.item": land["app"].pk for name in ("item-files", "item-file", "item-content")},
        **{f"api:{name}.pk": kept.pk for name in ("item-file", "item-content")},
        "cmdb:tell-apart.pk": doubt.pk,
        **{f"api:duplicate-{name}.pk": doubt.pk for name in ("detail", "apart")},
        "cmdb:check-record.pk": audit.samples.get().pk,
        **{f"portal:{name}-record.pk": asked_for.pk for name in ("object-to", "hand-over")},
        **{f"{route.name}.pk": asked_for.pk for route in ROUTES if route.name.startswith("api:record-")},
        **{f"desk:{name}.pk": land["app"].pk for name in ("remove-item", "dispute-item")},
        **{f"cmdb:{name}.pk": Attribute.objects.first().pk for name in ("attribute", "remove-attribute")},
        "cmdb:.pk": land["app"].pk,
        **{f"api:item-{name}.pk": land["app"].pk for name in ("detail", "step", "verify", "dispute", "merge")},
        "api:relation-detail.pk": relation.pk,
        "api:item-class-detail.pk": land["app"].item_class.pk,
        "number": incident.number,
        "ticket_id": incident.pk,
        "name": "resolve",
        "other": incident.number,
        "score": 5,
        "uidb64": "MQ",
        "token": "not-a-token",
        "code": "not-a-code",
        "handle": "0" * 16,
        "team": cast.desk.pk,
        "user": cast.zhang_wei.pk,
        "portal:unshare.pk": cast.chen_hao.pk,
        "portal:attachment.pk": attachment.pk,
        "portal:picture.pk": attachment.pk,
        "accounts:department.pk": cast.finance.pk,
        "accounts:organisation.pk": cast.xinghe.pk,
        "accounts:team.pk": cast.desk.pk,
        "accounts:add_member.pk": cast.desk.pk,
        "accounts:remove_member.pk": cast.desk.pk,
        "accounts:revoke_token.pk": token.pk,
        **{f"accounts:{name}.pk": roster.pk for name in ("roster", "join_roster", "change_member", "take_over")},
        "accounts:give_back.pk": override.pk,
        "accounts:.pk": cast.zhang_wei.pk,
        "agreement": agreed.agreement_id,
        "v": agreed.number,
        "clause": agreed.clauses.get().pk,
        "remark": agreed.remarks.get().pk,
        "step": "submit",
        "answer": "decline",
        "desk:bulk-job.pk": job.pk,
        "desk:undo-bulk.pk": job.pk,
        "desk:step.pk": incident.checklist.get().pk,
        "desk:remove-time.pk": incident.time_entries.get().pk,
        **{f"desk:{name}.pk": canned.pk for name in ("change-prepared", "discard-prepared")},
        **{f"desk:{name}.kind": "replies" for name in ("prepared", "new-prepared", "change-prepared")},
        "desk:discard-prepared.kind": "replies",
        "desk:draft.kind": "answer",
        "desk:draft-new.kind": "new",
        **{f"portal:{name}.pk": slot.pk for name in ("approval", "decide", "add_approver", "hand_over")},
        **{f"api:{kind}-decision.pk": slot.pk for kind in kinds},
        **{f"api:{kind}-{name}-task.pk": task.pk for kind in kinds for name in ("complete", "skip")},
        "desk:task.pk": task.pk,
        "desk:task.name": "skip",
        "accounts:end_absence.pk": absence.pk,
        "desk:unlink.pk": link.pk,
        "desk:link-article.pk": article,
        "desk:unlink-article.pk": article,
        **{f"desk:{name}.pk": announced.pk for name in ("change-announcement", "discard-announcement")},
        **{f"api:outage-{name}.pk": outage.pk for name in ("detail", "end")},
        "api:announcement-detail.pk": announced.pk,
        **{f"desk:{name}.pk": outage.pk for name in ("change-outage", "end-outage", "discard-outage")},
        **{f"desk:{name}.pk": skill.pk for name in ("skill", "forget-skill")},
        "desk:drop-skill-requirement.pk": wanted.pk,
        "desk:major-step.name": "stand_down",
        "portal:join-major.pk": incident.pk,
        "desk:.pk": view.pk,
        "integrations:.pk": mailbox.pk,
        **{f"integrations:{name}.pk": came.pk for name in ("letter", "raw_letter", "replay_letter")},
        "notifications:follow.pk": bell.pk,
        "notifications:read.pk": bell.pk,
        **{f"notifications:{name}.pk": chat.pk for name in ("chat", "try_chat")},
        **{f"notifications:{name}_chat_message.pk": said.pk for name in ("retry", "drop")},
        "notifications:.pk": mail.pk,
        "sla:policy.pk": policy.pk,
        "sla:replay.pk": replay.pk,
        "sla:remove_policy.pk": policy.pk,
        "sla:acknowledge.pk": incident.pk,  # escalations are tried in tests/portal/test_sla_escalation.py
        "surveys:.pk": survey.pk,
        **{f"knowledge:{name}.pk": stored.pk for name in ("file", "picture", "remove-file")},
        **{f"knowledge:{name}.pk": version.pk for name in ("edit", "preview", "compare", "step")},
        "knowledge:step.name": "confirm",
        "knowledge:revise.language": "en",
        "knowledge:.pk": article,
        "api:article-detail.pk": article,
        "api:article-feedback.pk": article,
        "api:survey-detail.pk": survey.pk,
        "api:survey-answer.pk": survey.pk,
        "api:user-detail.pk": cast.zhang_wei.pk,
        "api:team-detail.pk": cast.desk.pk,
        "api:service-detail.pk": cast.erp.pk,
        "api:category-detail.pk": category.pk,
        "api:clock-detail.pk": clock.pk,
        "api:agreement-detail.pk": clock.agreement.agreement_id,
        "api:calendar-detail.pk": clock.calendar_version.calendar_id,
        **{f"api:{kind}-comment.pk": note.pk for kind in kinds},
        **{f"api:{kind}-attachment.pk": attachment.pk for kind in kinds},
        **{f"api:{kind}-attachment-content.pk": attachment.pk for kind in kinds},
        **{f"api:{kind}-link.pk": link.pk for kind in kinds},
        **{f"api:{kind}-time-entry.pk": incident.time_entries.get().pk for kind in kinds},
        **{f"api:{kind}-watcher.pk": watcher.pk for kind in kinds},
    }


def url_of(route, samples):
    space = route.name.partition(":")[0]
    values = {
        p: next((samples[k] for k in (f"{route.name}.{p}", p, f"{space}:.{p}") if k in samples), None)
        for p in route.parameters
    }
    missing = [p for p, value in values.items() if value is None]
    assert not missing, f"{route.name or route.template} needs a sample for {missing} in tests/guards/samples.py"
    return route.template.format(**values)
