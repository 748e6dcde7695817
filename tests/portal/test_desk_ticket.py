"""The ticket page: moving a ticket, being told about changes, and never losing what was typed."""

import pytest
from django.urls import reverse

from accounts.models import User
from core import clock
from incidents import services as incidents
from portal.desk import presence
from tickets import services as tickets
from tickets.models import Comment, Presence, TicketLink, Watcher
from tickets.services import articles

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def english_pages(cast):
    """Pages are asserted in English: the cast reads it here."""
    User.objects.update(language="en")


def url(name, ticket, *rest):
    return reverse(f"desk:{name}", args=[ticket.number, *rest])


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.zhang_wei)
    return client


@pytest.fixture
def taken(cast, incident):
    incident = tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    return tickets.take_transition(incident, "start", actor=cast.zhang_wei)


@pytest.mark.parametrize("comments", [1, 3])
def test_ticket_page_costs_a_fixed_number_of_queries(desk, cast, taken, comments, django_assert_num_queries):
    for n in range(comments):
        tickets.comment(taken, actor=cast.zhang_wei, body=f"note {n}", is_internal=True)
    page = url("ticket", taken)
    desk.get(page)
    with django_assert_num_queries(27):
        assert desk.get(page).status_code == 200


def test_internal_notes_are_labelled_and_public_replies_are_not(desk, cast, taken):
    tickets.comment(taken, actor=cast.zhang_wei, body="for us", is_internal=True)
    tickets.comment(taken, actor=cast.zhang_wei, body="for you")
    page = desk.get(url("ticket", taken), {"shown": "internal"}).content.decode()
    assert "for us" in page and "for you" not in page and "is-internal" in page
    page = desk.get(url("ticket", taken), {"shown": "public"}).content.decode()
    assert "for us" not in page and "for you" in page


def test_agent_who_may_not_see_a_ticket_gets_404_on_every_door(desk, cast):
    foreign = incidents.report_incident(actor=cast.stranger, title="elsewhere")
    assert desk.get(url("ticket", foreign)).status_code == 404
    for name, rest in (("say", ()), ("properties", ()), ("watch", ()), ("here", ()), ("transition", ("claim",))):
        assert desk.post(url(name, foreign, *rest)).status_code == 404
    assert desk.get(url("more", foreign, "link")).status_code == 404


def test_take_it_names_who_was_faster(desk, cast, incident):
    version = incident.version
    tickets.take_transition(incident, "claim", actor=cast.admin, values={"team": cast.desk})
    answer = desk.post(url("transition", incident, "claim"), {"version": version}, **HTMX)
    assert answer.status_code == 409
    assert "Admin has already taken it." in answer.content.decode()
    incident.refresh_from_db()
    assert incident.assignee == cast.admin


def test_take_it_brings_the_ticket_into_my_own_team(desk, cast, incident):
    answer = desk.post(url("transition", incident, "claim"), {"version": incident.version}, **HTMX)
    assert answer.status_code == 200 and answer["HX-Retarget"] == "#ticket"
    incident.refresh_from_db()
    assert (incident.assignee, incident.team) == (cast.zhang_wei, cast.desk)


def test_stale_reply_is_stopped_with_the_difference_and_keeps_the_text(desk, cast, taken):
    seen = taken.version
    tickets.edit(taken, actor=cast.admin, changes={"place": "B2"})
    sent = {"body": "my long answer", "mode": "public", "version": seen, "form_id": "composer"}
    answer = desk.post(url("say", taken), sent, **HTMX)
    told = answer.content.decode()
    taken.refresh_from_db()
    assert answer.status_code == 409 and answer["HX-Retarget"] == "#stale-composer"
    assert "Changed meanwhile by Admin" in told and "B2" in told and "Send anyway" in told
    assert f'value="{taken.version}" hx-swap-oob="true"' in told
    assert Comment.objects.count() == 0
    desk.post(url("say", taken), sent | {"version": taken.version}, **HTMX)
    assert Comment.objects.get().body == "my long answer"


def test_stale_reply_without_javascript_carries_the_text_to_a_page(desk, cast, taken):
    seen = taken.version
    tickets.edit(taken, actor=cast.admin, changes={"place": "B2"})
    answer = desk.post(url("say", taken), {"body": "my long answer", "mode": "internal", "version": seen})
    page = answer.content.decode()
    taken.refresh_from_db()
    assert answer.status_code == 409 and "my long answer</textarea>" in page
    assert 'name="mode" value="internal"' in page and f'name="version" value="{taken.version}"' in page


def test_stale_dialog_and_properties_are_stopped_too(desk, cast, taken):
    seen = taken.version
    tickets.edit(taken, actor=cast.admin, changes={"place": "B2"})
    sent = {"reason": "x", "resolution_code": "fixed", "resolution_notes": "done", "version": seen, "form_id": "dialog"}
    assert desk.post(url("transition", taken, "resolve"), sent, **HTMX)["HX-Retarget"] == "#stale-dialog"
    sent = {"title": "new", "impact": 1, "urgency": 1, "priority": 4, "version": seen, "form_id": "properties"}
    answer = desk.post(url("properties", taken), sent, **HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#stale-properties")
    taken.refresh_from_db()
    assert taken.state == "in_progress" and taken.title != "new"


def test_dialog_works_with_and_without_javascript(desk, cast, taken):
    door = url("transition", taken, "hold")
    assert "<dialog" in desk.get(door, **HTMX).content.decode()
    assert f'action="{door}"' in desk.get(door).content.decode()
    wrong = desk.post(door, {"version": taken.version, "note": "typed"}, **HTMX)
    assert wrong.status_code == 422 and "typed" in wrong.content.decode()
    done = desk.post(door, {"version": taken.version, "pending_reason": "vendor"})
    assert done.status_code == 302
    taken.refresh_from_db()
    assert taken.state == "pending"


def test_escalation_offers_only_teams_of_a_higher_line(desk, cast, taken):
    page = desk.get(url("transition", taken, "escalate"), **HTMX).content.decode()
    assert "Database" in page and "Service desk</option>" not in page


def test_properties_change_only_what_differs_and_the_matrix_speaks(desk, cast, taken):
    sent = {"title": taken.title, "impact": 1, "urgency": 1, "priority": taken.priority, "priority_reason": "",
            "service": taken.service_id, "category": "", "contact": taken.contact, "place": taken.place,
            "version": taken.version, "form_id": "properties"}  # fmt: skip
    assert desk.post(url("properties", taken), sent, **HTMX).status_code == 200
    taken.refresh_from_db()
    assert (taken.impact, taken.urgency, taken.priority) == (1, 1, 1)


def test_another_priority_needs_its_reason(desk, cast, taken):
    door = url("priority", taken)
    answer = desk.post(door, {"priority": 1, "version": taken.version, "form_id": "dialog"}, **HTMX)
    assert answer.status_code == 422 and "Say why" in answer.content.decode()
    desk.post(door, {"priority": 1, "priority_reason": "the board meets", "version": taken.version}, **HTMX)
    taken.refresh_from_db()
    assert taken.priority == 1


def test_send_and_resolve_does_both_or_neither(desk, cast, taken):
    taken.service = None
    type(taken).objects.filter(pk=taken.pk).update(service=None)
    sent = {"body": "reset it", "then": "resolve", "code": "fixed", "version": taken.version, "form_id": "composer"}
    answer = desk.post(url("say", taken), sent, **HTMX)
    assert answer.status_code == 422 and "service" in answer.content.decode()
    type(taken).objects.filter(pk=taken.pk).update(service=cast.erp)
    answer = desk.post(url("say", taken), sent, **HTMX)
    assert answer.status_code == 200 and "desk:next" in answer["HX-Trigger"]
    taken.refresh_from_db()
    assert (taken.state, taken.resolution_notes) == ("resolved", "reset it")


def _said_solved(desk, ticket, **more):
    sent = {"body": "reset it", "then": "resolve", "code": "fixed", "version": ticket.version, "form_id": "composer"}
    return desk.post(url("say", ticket), sent | more, **HTMX)


def test_sent_and_resolved_it_is_still_one_click_to_a_draft(desk, cast, taken):
    offer = f'action="{url("write-down", taken)}"'
    answer = _said_solved(desk, taken, pane="preview")
    assert offer in answer.content.decode() and 'hx-swap-oob="beforeend:#toasts"' in answer.content.decode()
    draft = desk.post(url("write-down", taken))
    assert "reset it" in desk.get(draft["Location"]).content.decode()


def test_the_word_of_what_was_resolved_waits_on_the_page_one_is_led_on_to(desk, cast, taken):
    offer = f'action="{url("write-down", taken)}"'
    answer = _said_solved(desk, taken)
    assert offer not in answer.content.decode() and "toast" not in answer["HX-Trigger"]
    next_page = desk.get("/desk/").content.decode()
    assert offer in next_page and "Sent and resolved." in next_page
    assert offer not in desk.get("/desk/").content.decode(), "told once"


def test_what_was_written_down_is_not_offered_again(desk, cast, taken):
    articles.write_down(taken, actor=cast.zhang_wei, language="en")
    taken.refresh_from_db()
    _said_solved(desk, taken)
    page = desk.get("/desk/").content.decode()
    assert "Sent and resolved." in page and "Write it down" not in page


def test_related_acts_run_through_their_services(desk, cast, taken):
    other = incidents.report_incident(actor=cast.zhao_min, title="same", service=cast.erp)
    desk.post(url("more", taken, "link"), {"kind": "relates", "other": other.number.lower()}, **HTMX)
    made = TicketLink.objects.get()
    assert other.number in desk.get(url("ticket", taken)).content.decode()
    desk.post(url("unlink", taken, made.pk), **HTMX)
    assert not TicketLink.objects.exists()
    desk.post(url("more", taken, "watcher"), {"person": "zhao.min"}, **HTMX)
    assert Watcher.objects.filter(ticket_id=taken.pk, user=cast.zhao_min).exists()
    merged = desk.post(url("more", other, "merge"), {"other": taken.number})
    assert merged.url == url("ticket", taken)
    other.refresh_from_db()
    assert other.state == "cancelled"
    missing = desk.post(url("more", taken, "parent"), {"other": "INC999999"}, **HTMX)
    assert missing.status_code == 422 and "no ticket INC999999" in missing.content.decode()


def test_unlink_refuses_links_of_other_tickets(desk, cast, taken):
    one, two = (incidents.report_incident(actor=cast.zhao_min, title=t, service=cast.erp) for t in "ab")
    made = tickets.link(one, two, kind="relates", actor=cast.zhang_wei)
    assert desk.post(url("unlink", taken, made.pk)).status_code == 404


def test_presence_names_others_forgets_after_a_minute_and_tells_of_changes(client, cast, taken):
    presence.seen(taken, user=cast.admin, doing="typing")
    client.force_login(cast.zhang_wei)
    told = client.post(url("here", taken), {"version": taken.version}).content.decode()
    assert "Admin is typing" in told and "has changed" not in told
    assert "has changed" in client.post(url("here", taken), {"version": "1"}).content.decode()
    with clock.travel(clock.now() + presence.LIVES_FOR * 2):
        assert "Admin" not in client.post(url("here", taken), {"version": taken.version}).content.decode()
    assert list(Presence.objects.values_list("user", flat=True)) == [cast.zhang_wei.pk]


def test_ticket_for_a_caller_is_taken_down_and_claimed(desk, cast):
    sent = {"caller": "li.na", "title": "password", "service": cast.email.pk, "impact": 3, "urgency": 2,
            "channel": "phone", "take_it": "on"}  # fmt: skip
    answer = desk.post("/desk/new/", sent)
    assert answer.status_code == 302
    ticket = cast.li_na.raised_tickets.get()
    assert (ticket.channel, ticket.assignee, ticket.contact) == ("phone", cast.zhang_wei, "13800138000")
    wrong = desk.post("/desk/new/", sent | {"caller": "nobody at all", "title": "typed title"})
    assert wrong.status_code == 422 and "typed title" in wrong.content.decode()


def test_caller_lookup_shows_only_visible_people_and_what_they_reported(desk, cast, incident):
    cast.stranger.search_keys = "钱多 qian.duo"
    cast.stranger.save()
    assert "qian.duo" not in desk.get("/desk/people/", {"caller": "qian"}).content.decode()
    assert incident.number in desk.get("/desk/people/", {"caller": "li.na"}).content.decode()
