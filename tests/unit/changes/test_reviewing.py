"""After the work: what came of it, who says so, and what waited for it goes on."""

from datetime import timedelta

import pytest

from changes import services
from changes.models import CausedIncident
from changes.selectors import reviewing
from cmdb import services as cmdb
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from incidents import services as incidents
from tests.changes import asked, change_manager, granted, planned
from tests.landscape import landscape
from tickets import services as tickets
from tickets.models import TicketLink

HOUR = timedelta(hours=1)
CLOSED = {"outcome": "successful", "records": "untouched", "review_notes": "Looked at"}


@pytest.fixture
def land(cast):
    return landscape(cast)


@pytest.fixture
def begun(cast, land):
    """A change of the application server, begun an hour ago; the clock has moved there."""
    manager = change_manager(cast)
    change = granted(asked(planned(cast, items=[land["app"]], watch_hours=1), actor=cast.chen_hao), by=manager)
    with clock.travel(change.planned_start):
        change = tickets.take_transition(change, "start", actor=cast.liu_yang)
    with clock.travel(change.planned_start + HOUR):
        yield change


def fault(cast, **about):
    return incidents.report_incident(actor=cast.li_na, title="It is down", **about)


def test_incidents_on_what_it_reaches_are_suggested_and_no_others(cast, land, begun, deliver):
    reached = fault(cast, service=cast.erp)
    fault(cast, service=cast.email)
    deliver()
    cause = CausedIncident.objects.get()
    assert (cause.incident, cause.change_id, cause.state) == (reached, begun.pk, "suggested")


def test_the_review_ends_when_each_is_judged_and_the_watch_is_over(cast, land, begun, deliver):
    fault(cast, service=cast.erp)
    deliver()
    change = tickets.take_transition(begun, "finish", actor=cast.liu_yang)
    with pytest.raises(Refused, match="being watched"):
        tickets.take_transition(change, "close", actor=cast.chen_hao, values=CLOSED)
    cause = CausedIncident.objects.get()
    with clock.travel(change.watch_until + HOUR):
        with pytest.raises(Refused, match="each suggested"):
            tickets.take_transition(change, "close", actor=cast.chen_hao, values=CLOSED)
        with pytest.raises(NotAllowed):
            services.judge(cause, actor=cast.li_na, is_caused=True)
        services.judge(cause, actor=cast.chen_hao, is_caused=True)
        link = TicketLink.objects.get(source=cause.incident_id)
        assert (link.target_id, link.kind) == (change.pk, "caused_by")
        services.judge(cause, actor=cast.chen_hao, is_caused=False)
        assert not TicketLink.objects.filter(source=cause.incident_id).exists()
        change = tickets.take_transition(change, "close", actor=cast.chen_hao, values=CLOSED)
        with pytest.raises(Refused, match="closed"):
            services.judge(cause, actor=cast.chen_hao, is_caused=True)


def test_what_came_after_the_watch_is_not_suspected(cast, land, begun, deliver):
    change = tickets.take_transition(begun, "finish", actor=cast.liu_yang)
    with clock.travel(change.watch_until + HOUR):
        fault(cast, service=cast.erp)
        deliver()
    assert not CausedIncident.objects.exists()


def test_a_person_names_what_the_graph_did_not_see(cast, land, begun):
    with clock.travel(begun.actual_start - HOUR):
        before = fault(cast, service=cast.email)
    with pytest.raises(InvalidInput):
        services.name_cause(begun, before, actor=cast.chen_hao)
    cause = services.name_cause(begun, fault(cast, service=cast.email), actor=cast.chen_hao)
    assert cause.state == "confirmed"


def test_the_review_shows_what_changed_in_the_records(cast, land, begun):
    land["app"].refresh_from_db()
    facts = {"why": "moved", "version": land["app"].version, "environment": "test"}
    cmdb.edit_item(land["app"], actor=cast.chen_hao, values=land["app"].values, **facts)
    record = reviewing.records_of(begun, cast.chen_hao)[0]
    assert record.item == land["app"]
    assert [(str(one.before), str(one.after)) for one in record.differences] == [("Production", "Test")]


def test_what_waited_for_the_change_goes_on_when_it_is_over(cast, land):
    incident = fault(cast, service=cast.erp)
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    tickets.take_transition(incident, "hold", actor=cast.zhang_wei, values={"pending_reason": "change"})
    change = services.open_change(actor=cast.zhang_wei, title="Mend it", solves=incident)
    assert TicketLink.objects.get(source=incident.pk).kind == "solved_by"
    tickets.take_transition(change, "cancel", actor=cast.zhang_wei, values={"reason": "Restart helped"})
    incident.refresh_from_db()
    assert incident.state == "in_progress"
