"""The desk's tools on the ticket page: macros, canned replies, tags, steps, minutes, snooze, drafts, undo, own keys."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cmdb.models import ConfigurationItem
from core import clock
from incidents import services as incidents
from tickets import services as tickets
from tickets.models import BulkJob, CannedReply, Draft, KeyChoice, Macro, Snooze, TicketTemplate

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def english_pages(cast):
    """Pages are asserted in English: the cast reads it here."""
    User.objects.update(language="en")


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.zhang_wei)
    return client


@pytest.fixture
def taken(cast, incident):
    incident = tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    return tickets.take_transition(incident, "start", actor=cast.zhang_wei)


def url(name, ticket, *rest):
    return reverse(f"desk:{name}", args=[ticket.number, *rest])


MACRO = {"name_en": "Solved by reset", "audience": "own", "is_active": "on", "words_as": "step", "tags": "vpn",
         "words_en": "Reset for {requester}", "step": "resolve", "resolution_code": "fixed"}  # fmt: skip


def test_macro_is_written_in_a_form_and_run_on_a_ticket(desk, cast, taken):
    assert desk.post("/desk/prepared/macros/new/", MACRO).status_code == 302
    made = Macro.objects.get()
    assert "Solved by reset" in desk.get(url("more", taken, "macro"), **HTMX).content.decode()
    answer = desk.post(url("more", taken, "macro"), {"macro": made.pk, "version": taken.version}, **HTMX)
    taken.refresh_from_db()
    assert answer.status_code == 200 and (taken.state, taken.resolution_notes) == ("resolved", "Reset for Li Na")
    form = desk.get(f"/desk/prepared/macros/{made.pk}/").content.decode()
    assert "Reset for {requester}" in form and 'value="resolve" selected' in form


def test_macro_form_says_what_the_step_still_needs(desk, cast):
    page = desk.post("/desk/prepared/macros/new/", MACRO | {"resolution_code": ""})
    assert page.status_code == 422 and "also needs: How it was resolved" in page.content.decode()
    page = desk.post("/desk/prepared/macros/new/", MACRO | {"words_en": "Hi {requestor}"}).content.decode()
    assert "There is no such placeholder: {requestor}" in page
    nothing = {"name_en": "x", "audience": "own", "words_as": "reply"}
    assert "at least one thing" in desk.post("/desk/prepared/macros/new/", nothing).content.decode()


def test_stale_macro_is_stopped_with_the_difference(desk, cast, taken):
    made = tickets.keep(Macro(), actor=cast.zhang_wei, name_en="m", acts=[{"do": "tag", "add": ["a"]}])
    seen = taken.version
    tickets.edit(taken, actor=cast.admin, changes={"place": "B2"})
    sent = {"macro": made.pk, "version": seen, "form_id": "dialog"}
    answer = desk.post(url("more", taken, "macro"), sent, **HTMX)
    assert answer.status_code == 409 and "Changed meanwhile" in answer.content.decode()
    assert taken.tags.count() == 0


def test_macro_runs_in_bulk_each_row_with_its_own_outcome_and_is_undone(desk, cast):
    made = tickets.keep(
        Macro(), actor=cast.zhang_wei, name_en="route",
        acts=[{"do": "tag", "add": ["vpn"]}, {"do": "take", "name": "assign", "values": {"team": cast.network.pk}}],
    )  # fmt: skip
    one, two = (incidents.report_incident(actor=cast.li_na, title=t, service=cast.erp) for t in "ab")
    tickets.take_transition(two, "resolve", actor=cast.admin, values={
        "resolution_code": "fixed", "resolution_notes": "x"})  # fmt: skip
    sent = {"action": "macro", "tickets": [one.pk, two.pk], "go": "1", "macro": made.pk}
    told = desk.post("/desk/bulk/", sent, **HTMX).content.decode()
    assert "1 of 2 done." in told and "did nothing" in told and "Undo" in told
    one.refresh_from_db()
    assert one.team == cast.network and two.tags.count() == 0
    told = desk.post(reverse("desk:undo-bulk", args=[BulkJob.objects.get().pk]), **HTMX).content.decode()
    one.refresh_from_db()
    assert "1 of 1 done." in told and (one.state, one.team, one.tags.count()) == ("new", None, 0)


def test_canned_replies_come_filled_in_and_in_the_readers_language(desk, cast, taken):
    tickets.keep(
        CannedReply(), actor=cast.zhang_wei, name_en="Thanks", shortcut="ty", body_zh="谢谢 {requester}", body_en="Thx"
    )
    User.objects.filter(pk=cast.li_na.pk).update(language="zh-hans")
    assert "谢谢 李娜" in desk.get(url("replies", taken), {"q": "ty"}, **HTMX).content.decode()
    assert "Thx" in desk.get(url("replies", taken), {"q": "ty", "mode": "internal"}, **HTMX).content.decode()
    assert "No canned reply fits" in desk.get(url("replies", taken), {"q": "zzz"}, **HTMX).content.decode()
    desk.force_login(cast.chen_hao)
    assert "No canned reply fits" in desk.get(url("replies", taken), {"q": "ty"}, **HTMX).content.decode()


def test_prepared_work_is_changed_by_its_owner_only(desk, cast):
    shared = tickets.keep(CannedReply(), actor=cast.zhang_wei, name_en="T", body_en="x", audience="everybody")
    address = f"/desk/prepared/replies/{shared.pk}/"
    desk.force_login(cast.chen_hao)
    page = desk.get("/desk/prepared/replies/").content.decode()
    assert ">T<" in page and address not in page
    assert desk.get(address).status_code == 403 and desk.post(f"{address}delete/").status_code == 403
    desk.force_login(cast.zhang_wei)
    assert desk.post(f"{address}delete/").status_code == 302 and not CannedReply.objects.exists()


def test_tags_steps_and_minutes_are_kept_on_the_page(desk, cast, taken):
    desk.post(url("more", taken, "tag"), {"add": "VPN, remote"}, **HTMX)
    desk.post(url("more", taken, "steps"), {"text": "!Check the identity"}, **HTMX)
    desk.post(url("more", taken, "time"), {"minutes": "25", "note": "call"}, **HTMX)
    page = desk.get(url("ticket", taken)).content.decode()
    assert "#vpn" in page and "Check the identity" in page and "25 min" in page
    assert '<option value="vpn">' in desk.get("/desk/tags/").content.decode()
    assert taken.number in desk.get("/desk/", {"view": "all", "q": "tag:VPN"}).content.decode()
    assert taken.number not in desk.get("/desk/", {"view": "all", "q": "tag:other"}).content.decode()
    step = taken.checklist.get()
    desk.post(url("step", taken, step.pk), {"done": "1"}, **HTMX)
    step.refresh_from_db()
    assert step.done_by == cast.zhang_wei
    desk.post(url("more", taken, "tag"), {"remove": "vpn"}, **HTMX)
    assert [tag.name for tag in taken.tags.all()] == ["remote"]
    desk.post(url("remove-time", taken, taken.time_entries.get().pk), **HTMX)
    assert not taken.time_entries.exists()


def test_resolving_over_open_mandatory_steps_warns_once(desk, cast, taken):
    tickets.add_steps(taken, "!Check the identity", actor=cast.zhang_wei)
    sent = {"body": "done", "then": "resolve", "version": taken.version, "form_id": "composer"}
    answer = desk.post(url("say", taken), sent, **HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (422, "#stale-composer")
    assert "Check the identity" in answer.content.decode()
    assert "Check the identity" in desk.get(url("transition", taken, "resolve"), **HTMX).content.decode()
    desk.post(url("say", taken), sent | {"anyway": "1"}, **HTMX)
    taken.refresh_from_db()
    assert taken.state == "resolved"


def test_snoozed_ticket_leaves_ones_own_views_until_it_wakes(desk, cast, taken):
    def shown(view="mine"):
        return taken.number in desk.get("/desk/", {"view": view}).content.decode()

    desk.post(url("more", taken, "snooze"), {"choice": "hour"}, **HTMX)
    assert not shown() and shown("snoozed") and shown("all")
    desk.force_login(cast.admin)
    assert shown("open")
    desk.force_login(cast.zhang_wei)
    with clock.travel(clock.now() + timedelta(hours=2)):
        assert shown()
    desk.post(url("wake", taken), **HTMX)
    assert shown() and not Snooze.objects.exists()


def test_draft_follows_its_writer_to_another_browser_until_it_is_sent(desk, cast, taken):
    door = reverse("desk:draft", args=["answer", taken.number])
    assert desk.post(door, {"body": "half an answer", "mode": "internal"}).status_code == 204
    elsewhere = Client()
    elsewhere.force_login(cast.zhang_wei)
    page = elsewhere.get(url("ticket", taken)).content.decode()
    assert "half an answer</textarea>" in page
    elsewhere.force_login(cast.admin)
    assert "half an answer" not in elsewhere.get(url("ticket", taken)).content.decode()
    desk.post(url("say", taken), {"body": "a whole answer", "mode": "internal"}, **HTMX)
    assert not Draft.objects.exists()
    foreign = incidents.report_incident(actor=cast.stranger, title="elsewhere")
    assert desk.post(reverse("desk:draft", args=["answer", foreign.number]), {"body": "x"}).status_code == 404
    assert desk.post("/desk/drafts/answer/", {"body": "x"}).status_code == 404


def test_undo_takes_the_last_act_back_or_says_why_not(desk, cast, taken):
    desk.post(url("transition", taken, "assign"), {"team": cast.network.pk, "version": taken.version}, **HTMX)
    answer = desk.post("/desk/undo/", **HTMX)
    taken.refresh_from_db()
    assert answer["HX-Redirect"] and (taken.team, taken.state) == (cast.desk, "in_progress")
    other = incidents.report_incident(actor=cast.zhao_min, title="same", service=cast.erp)
    desk.post(url("more", taken, "link"), {"kind": "relates", "other": other.number}, **HTMX)
    assert "cannot be taken back" in desk.post("/desk/undo/", follow=True).content.decode()


def test_ticket_from_a_template_brings_its_checklist_and_is_resolved_on_the_phone(desk, cast):
    laptop = ConfigurationItem.objects.create(
        slug="lt-1", item_class_id="desktop", name_en="Laptop 1", organisation=cast.xinghe, owner=cast.li_na
    )
    template = tickets.keep(
        TicketTemplate(), actor=cast.zhang_wei, name_en="Password reset", title="Password reset", service=cast.email,
        checklist="!Check the identity", solution="Reset for {requester}",
    )  # fmt: skip
    drawer = desk.get("/desk/new/", {"template": template.pk, "caller": "li.na"}, **HTMX).content.decode()
    assert 'value="Password reset"' in drawer and "Reset for {requester}" in drawer and 'value="li.na"' in drawer
    assert "Laptop 1" in desk.get("/desk/people/", {"caller": "li.na"}).content.decode()
    sent = {"caller": "13800138000", "title": "Password reset", "service": cast.email.pk, "impact": 3, "urgency": 2,
            "channel": "phone", "template": template.pk, "items-picked": laptop.pk, "solution": "Reset for {requester}",
            "then": "resolve"}  # fmt: skip
    assert desk.post("/desk/new/", sent).status_code == 302
    ticket = cast.li_na.raised_tickets.get()
    assert (ticket.state, ticket.incident.resolution_notes) == ("resolved", "Reset for Li Na")
    assert ticket.checklist.get().is_mandatory and list(ticket.affected_items.all()) == [laptop]
    refused = desk.post("/desk/new/", sent | {"solution": ""})
    assert refused.status_code == 422 and cast.li_na.raised_tickets.count() == 1


def test_keys_are_ones_own_and_can_be_switched_off(desk, cast, taken):
    usual = {f"key{n}": key for n, key in enumerate("jkx[]c/u?iag1234sezmlwrn")}
    assert desk.post("/desk/keys/", usual | {"is_on": "on", "key9": "t"}).status_code == 302
    assert KeyChoice.objects.get().own == {"i": "t"}
    page = desk.get(url("ticket", taken)).content.decode()
    assert json.dumps({"i": "t"}) in page and "<kbd>t</kbd>" in page
    wrong = desk.post("/desk/keys/", usual | {"key9": "j"})
    assert wrong.status_code == 422 and "already stands for: Next row" in wrong.content.decode()
    desk.post("/desk/keys/", {"switch": "1"}, **HTMX)
    assert KeyChoice.objects.get().is_on is False and KeyChoice.objects.get().own == {"i": "t"}
    assert KeyChoice.objects.filter(person=cast.admin).count() == 0
