"""What the desk keeps beside tickets: macros, tags, steps, minutes, snoozes, undo, drafts."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from incidents import services as incidents
from notifications.models import Notification
from tickets import placeholders, rules
from tickets import services as tickets
from tickets.models import Category, Draft, Macro, Snooze, Tag, TimeEntry
from tickets.services.tagging import tag_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(cast, incident):
    incident = tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    return tickets.take_transition(incident, "start", actor=cast.zhang_wei)


def macro(cast, *acts):
    return tickets.keep(Macro(), actor=cast.zhang_wei, name_en="Mail reset", acts=list(acts))


def say(en, zh="", is_internal=False):
    return {"do": "say", "is_internal": is_internal, "words": {"en": en, "zh": zh}}


def test_macro_does_its_acts_in_order_and_speaks_the_language_of_the_reader(cast, incident):
    mail = Category.objects.create(slug="mail", name_en="Mail")
    made = macro(
        cast,
        {"do": "edit", "changes": {"category": mail.pk, "service": cast.email.pk}},
        {"do": "tag", "add": ["Password Reset"]},
        say("Hello {requester}", "您好，{requester}：{number}"),
        {"do": "take", "name": "resolve", "values": {"resolution_code": "fixed"}, "into": "resolution_notes",
         "words": {"zh": "已重置 {service} 密码", "en": ""}},
    )  # fmt: skip
    incident = tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.run_macro(made, incident, actor=cast.zhang_wei)
    incident.refresh_from_db()
    assert (incident.category, incident.service, incident.state) == (mail, cast.email, "resolved")
    assert incident.comments.get().body == f"您好，李娜：{incident.number}"
    assert incident.resolution_notes == "已重置 企业邮箱 密码"
    assert [tag.name for tag in incident.tags.all()] == ["password-reset"]


def test_macro_that_meets_a_refusal_does_nothing_at_all(cast, incident):
    made = macro(cast, {"do": "tag", "add": ["a"]}, say("hi"), {"do": "take", "name": "reopen", "values": {}})
    with pytest.raises(Refused, match="“Mail reset” did nothing: “Reopen” is not possible"):
        tickets.run_macro(made, incident, actor=cast.zhang_wei)
    assert incident.comments.count() == 0 and incident.tags.count() == 0
    version = incident.version
    tickets.edit(incident, actor=cast.zhang_wei, changes={"place": "B2"})
    with pytest.raises(Refused, match="changed meanwhile"):
        tickets.run_macro(macro(cast, say("hi")), incident, actor=cast.zhang_wei, version=version)


def test_macro_takes_no_other_path_than_its_actor_may(cast, incident):
    made = macro(cast, {"do": "edit", "changes": {"place": "x"}})
    with pytest.raises(Refused, match="did nothing"):
        tickets.run_macro(made, incident, actor=cast.li_na)
    gone = macro(cast, {"do": "edit", "changes": {"service": 10**9}})
    with pytest.raises(Refused, match="not there any more"):
        tickets.run_macro(gone, incident, actor=cast.zhang_wei)


def test_placeholders_are_words_and_never_marks(cast, incident):
    incident.title = "**x** [click](http://evil) @admin\n# {requester}"
    filled = placeholders.filled("{title} {nonsense} {today}", incident, cast.zhang_wei)
    assert r"\*\*x\*\* \[click\](http://evil)" in filled and "@admin" not in filled
    assert "{requester}" in filled and "{nonsense}" in filled and "\n" not in filled
    with pytest.raises(InvalidInput) as refused:
        placeholders.check("body_en", "Hi {requestor}")
    assert "{requestor}" in str(refused.value.fields)


def test_prepared_work_of_others_is_not_changed(cast):
    made = macro(cast, say("x"))
    with pytest.raises(NotAllowed):
        tickets.keep(made, actor=cast.chen_hao, name_en="mine")
    with pytest.raises(NotAllowed):
        tickets.discard(made, actor=cast.chen_hao)
    tickets.discard(made, actor=cast.admin)


def test_tags_have_one_spelling_and_a_limit(cast, taken):
    assert tag_name(" ＃VPN  断线 ") == "vpn-断线"
    tickets.tag(taken, actor=cast.zhang_wei, add=["VPN", "#vpn", "Ｖpn"])
    assert [tag.name for tag in taken.tags.all()] == ["vpn"]
    tickets.tag(taken, actor=cast.zhang_wei, remove=["VPN"])
    assert taken.tags.count() == 0 and Tag.objects.filter(name="vpn").exists()
    with pytest.raises(InvalidInput):
        tickets.tag(taken, actor=cast.zhang_wei, add=[f"t{n}" for n in range(21)])
    with pytest.raises(NotAllowed):
        tickets.tag(taken, actor=cast.li_na, add=["x"])


def test_steps_are_ticked_by_name_and_time(cast, taken):
    tickets.add_steps(taken, "!Check the identity\n\nReset\n!", actor=cast.zhang_wei)
    first, second = taken.checklist.all()
    assert (first.text, first.is_mandatory, second.is_mandatory) == ("Check the identity", True, False)
    tickets.tick_step(first, actor=cast.zhang_wei, is_done=True)
    first.refresh_from_db()
    assert first.done_by == cast.zhang_wei and first.done_at
    tickets.tick_step(first, actor=cast.zhang_wei, is_done=False)
    first.refresh_from_db()
    assert first.done_by is None
    with pytest.raises(NotAllowed):
        tickets.tick_step(first, actor=cast.li_na, is_done=True)


def test_minutes_are_kept_within_a_day_and_taken_back_by_whoever_gave_them(cast, taken):
    entry = tickets.log_time(taken, actor=cast.zhang_wei, minutes=25, note="call")
    for wrong in (0, 1441):
        with pytest.raises(InvalidInput):
            tickets.log_time(taken, actor=cast.zhang_wei, minutes=wrong)
    with pytest.raises(NotAllowed):
        tickets.remove_time(entry, actor=cast.chen_hao)
    assert not TimeEntry.objects.visible_to(cast.li_na).exists()
    assert TimeEntry.objects.visible_to(cast.chen_hao).exists()
    tickets.remove_time(entry, actor=cast.zhang_wei)
    assert not TimeEntry.objects.exists()


def test_snooze_ends_by_itself_with_a_bell_and_by_an_answer(cast, taken, deliver):
    until = clock.now() + timedelta(hours=1)
    tickets.snooze(taken, actor=cast.zhang_wei, until=until)
    assert tickets.wake_due() == 0
    with clock.travel(until + timedelta(seconds=1)):
        assert tickets.wake_due() == 1 and tickets.wake_due() == 0
    deliver()
    assert Notification.objects.filter(user=cast.zhang_wei, kind="resumed").count() == 1
    tickets.snooze(taken, actor=cast.zhang_wei, until=until)
    tickets.comment(taken, actor=cast.li_na, body="still broken")
    assert not Snooze.objects.exists()
    for wrong in (clock.now(), clock.now() + timedelta(days=400)):
        with pytest.raises(InvalidInput):
            tickets.snooze(taken, actor=cast.zhang_wei, until=wrong)


def test_undo_takes_back_the_last_act_through_the_same_door(cast, incident):
    actor = cast.zhang_wei
    tickets.take_transition(incident, "claim", actor=actor, values={"team": cast.desk})
    ticket = tickets.undo(tickets.last_act(actor), actor=actor)
    assert (ticket.state, ticket.team, ticket.assignee) == ("new", None, None)
    tickets.edit(incident, actor=actor, changes={"priority": 1, "priority_reason": "board"})
    ticket = tickets.undo(tickets.last_act(actor), actor=actor)
    assert (ticket.priority, ticket.priority_reason) == (incident.priority, "")
    tickets.tag(incident, actor=actor, add=["a"])
    tickets.undo(tickets.last_act(actor), actor=actor)
    assert incident.tags.count() == 0
    tickets.snooze(incident, actor=actor, until=clock.now() + timedelta(hours=1))
    tickets.undo(tickets.last_act(actor), actor=actor)
    assert not Snooze.objects.exists()


def test_undo_returns_a_handed_over_ticket_to_the_work_it_was_in(cast, taken):
    tickets.take_transition(taken, "assign", actor=cast.zhang_wei, values={"team": cast.network})
    ticket = tickets.undo(tickets.last_act(cast.zhang_wei), actor=cast.zhang_wei)
    assert (ticket.state, ticket.team, ticket.assignee) == ("in_progress", cast.desk, cast.zhang_wei)


def test_undo_says_so_when_it_cannot(cast, taken):
    actor = cast.zhang_wei
    with pytest.raises(Refused, match="nothing to undo"):
        tickets.undo(tickets.last_act(cast.chen_hao), actor=cast.chen_hao)
    other = incidents.report_incident(actor=cast.zhao_min, title="same", service=cast.erp)
    tickets.link(taken, other, kind="relates", actor=actor)
    with pytest.raises(Refused, match="cannot be taken back"):
        tickets.undo(tickets.last_act(actor), actor=actor)
    tickets.edit(taken, actor=actor, changes={"place": "B1"})
    act = tickets.last_act(actor)
    tickets.edit(taken, actor=cast.admin, changes={"contact": "1"})
    with pytest.raises(Refused, match="changed since"):
        tickets.undo(act, actor=actor)
    with clock.travel(clock.now() + timedelta(minutes=2)):
        assert tickets.last_act(actor) == []


def test_whose_turn_prefers_the_least_loaded_then_whoever_waited_longest():
    def member(pk, load, given_at=None):
        return SimpleNamespace(pk=pk, load=load, given_at=given_at)

    early, late = clock.now() - timedelta(hours=2), clock.now()
    people = [member(1, 5, early), member(2, 3, late), member(3, 3, early)]
    assert rules.whose_turn(people, by_load=True).pk == 3
    assert rules.whose_turn(people, by_load=False).pk == 1
    assert rules.whose_turn([*people, member(4, 9)], by_load=False).pk == 4
    assert rules.whose_turn([], by_load=True) is None


def test_drafts_are_kept_per_form_and_swept_after_a_month(cast, incident):
    kept = tickets.keep_draft(person=cast.zhang_wei, kind="answer", ticket=incident, values={"body": "half"})
    again = tickets.keep_draft(person=cast.zhang_wei, kind="answer", ticket=incident, values={"body": "half a"})
    assert kept.pk == again.pk and Draft.objects.get().values == {"body": "half a"}
    tickets.keep_draft(person=cast.zhang_wei, kind="new", values={"title": "x"})
    tickets.keep_draft(person=cast.zhang_wei, kind="answer", ticket=incident, values={"body": " "})
    assert Draft.objects.get().kind == "new"
    with clock.travel(clock.now() + timedelta(days=31)):
        assert tickets.sweep_drafts() == 1
