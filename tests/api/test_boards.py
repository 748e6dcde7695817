"""Boards, their meetings and templates of standard changes over the API: by the portal's own services."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from changes.models import Board, Change, ChangeTemplate
from core import clock
from tests.changes import WRITTEN, asked, board, change_manager, granted, planned, standard_template
from tests.landscape import landscape

pytestmark = pytest.mark.django_db
API = "/api/v1/"
HOUR = timedelta(hours=1)


def test_boards_are_kept_by_those_who_keep_boards(api, cast):
    manager, reader = api(cast.wang_fang), api(cast.chen_hao)
    people = [cast.wang_fang.pk, cast.zhang_wei.pk]
    given = {"name_en": "CAB", "kind": "cab", "members": people, "chair": people[0], "quorum": 2}
    assert reader.post(f"{API}change-boards/", given, "json").status_code == 403
    made = manager.post(f"{API}change-boards/", given, "json")
    assert made.status_code == 201, made.content
    one = f"{API}change-boards/{made.json()['id']}/"
    for wrong, field in (({"quorum": 3}, "quorum"), ({"members": [*people, cast.li_na.pk]}, "members")):
        told = manager.patch(one, wrong, "json")
        assert told.status_code == 422 and list(told.json()["errors"]) == [field]
    assert manager.patch(one, {"quorum": 1}, "json").json()["quorum"] == 1
    assert len(reader.get(one).json()["members"]) == 2
    assert api(cast.li_na).get(one).status_code == 404
    assert manager.delete(one).status_code == 405 and Board.objects.count() == 1


def test_a_meeting_is_called_moved_held_and_minuted(api, cast):
    land, chair = landscape(cast), cast.wang_fang
    cast.erp.criticality = 1
    cast.erp.save()
    cab = board(cast, chair, cast.zhang_wei)
    manager = change_manager(cast)
    granted(asked(planned(cast, items=[land["app"]]), actor=cast.chen_hao, option=9), by=manager)
    change = Change.objects.get()
    lead, member = api(chair), api(cast.zhang_wei)
    meetings = f"{API}change-boards/{cab.pk}/meetings/"
    at = clock.now() + HOUR
    assert member.post(meetings, {"starts_at": at.isoformat()}, "json").status_code == 403
    assert lead.post(meetings, {"starts_at": (at - 2 * HOUR).isoformat()}, "json").status_code == 422
    made = lead.post(meetings, {"starts_at": at.isoformat(), "place": "Room 4"}, "json")
    assert made.status_code == 201, made.content
    one = f"{API}board-meetings/{made.json()['id']}/"
    moved = lead.patch(one, {"starts_at": (at + HOUR).isoformat()}, "json").json()
    assert moved["place"] == "Room 4" and moved["agenda"][0]["change"] == change.number
    said = f"{one}agenda/{moved['agenda'][0]['id']}/"
    assert lead.patch(said, {"note": "Too early"}, "json").status_code == 409
    assert lead.post(f"{one}begin/").json()["state"] == "open"
    assert lead.patch(said, {"note": "A second way back"}, "json").json()["note"] == "A second way back"
    for person in (chair, cast.zhang_wei):
        slot = change.approval_slots.asked().get(approver=person)
        vote = f"{API}changes/{change.number}/approvals/{slot.pk}/decision/"
        assert api(person).post(vote, {"approve": True}, "json").status_code == 200
    few = lead.post(f"{one}close/", {"present": [chair.pk], "minutes": "x"}, "json")
    assert few.status_code == 422 and "present" in few.json()["errors"]
    closed = lead.post(f"{one}close/", {"present": [chair.pk, cast.zhang_wei.pk], "minutes": "Agreed"}, "json").json()
    assert (closed["state"], closed["agenda"][0]["decision"]) == ("closed", "granted")
    assert lead.post(f"{one}cancel/", {"reason": "late"}, "json").status_code == 409
    assert len(member.get(f"{API}board-meetings/?state=closed&board={cab.pk}").json()["results"]) == 1
    assert api(cast.li_na).get(one).status_code == 404


def test_a_template_is_written_offered_used_and_suspended(api, cast):
    land, author, manager = landscape(cast), api(cast.liu_yang), api(change_manager(cast))
    given = {"name_en": "Patch a host", "steps": "Drain\nPatch", "minutes": 90, **WRITTEN}
    assert api(cast.li_na).post(f"{API}change-templates/", given, "json").status_code == 403
    made = author.post(f"{API}change-templates/", given, "json")
    assert made.status_code == 201, made.content
    one = f"{API}change-templates/{made.json()['id']}/"
    use = {"planned_start": (clock.now() + HOUR).isoformat(), "implementer": cast.liu_yang.pk,
           "affected_items": [land["host-1"].pk]}  # fmt: skip
    assert author.post(f"{one}use/", use, "json").status_code == 409
    day = {"valid_until": (clock.now() + timedelta(days=30)).date().isoformat()}
    assert author.post(f"{one}approve/", day, "json").status_code == 403
    assert manager.post(f"{one}approve/", day, "json").json()["is_usable"] is True
    used = author.post(f"{one}use/", use, "json")
    assert used.status_code == 201 and used.json()["type"] == "standard", used.content
    assert used["Location"].endswith(f"/changes/{used.json()['number']}/")
    assert author.post(f"{one}suspend/", {"reason": "x"}, "json").status_code == 403
    told = manager.post(f"{one}suspend/", {"reason": "It broke twice"}, "json").json()
    assert (told["state"], told["reason"]) == ("suspended", "It broke twice")
    assert author.post(f"{one}use/", use, "json").status_code == 409
    changed = author.patch(one, {"minutes": 30}, "json").json()
    assert (changed["state"], changed["minutes"], changed["plan"]) == ("draft", 30, WRITTEN["plan"])
    assert manager.post(f"{one}retire/", {"reason": "Done by hand no more"}, "json").json()["state"] == "retired"


def test_lists_cost_the_same_however_long_they_are(api, cast):
    reader = api(cast.wang_fang)
    standard_template(cast)
    _queries(reader, f"{API}change-templates/")
    cost = len(_queries(reader, f"{API}change-templates/"))
    for _n in range(3):
        standard_template(cast)
    assert ChangeTemplate.objects.count() == 4
    assert len(_queries(reader, f"{API}change-templates/")) == cost


def _queries(reader, address):
    with CaptureQueriesContext(connection) as seen:
        assert reader.get(address).status_code == 200
    return seen
