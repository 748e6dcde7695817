"""The pages of changes as people of the desk use them."""

import pytest
from django.urls import reverse

from changes.models import Board, Change
from cmdb.models import ConfigurationItem
from tests.changes import WRITTEN, answers, asked, change_manager, granted, planned
from tests.landscape import landscape
from tickets import services as tickets

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Patch host 1", "type": "normal", "affected_items": "host-1", "implementer": "liu.yang",
    "watch_hours": "72", "impact": "3", "urgency": "2", **WRITTEN,
}  # fmt: skip


@pytest.fixture
def desk(client, cast):
    cast.chen_hao.language = "en"
    cast.chen_hao.save(update_fields=["language"])
    client.force_login(cast.chen_hao)
    landscape(cast)
    return client


def test_a_change_is_written_and_sent_on_its_way(desk, cast):
    typed = TYPED | {"planned_start": "2099-01-01T22:00", "planned_end": "2099-01-02T00:00"}
    told = desk.post(reverse("changes:new"), typed, follow=True)
    change = Change.objects.get()
    assert change.number in told.content.decode() and change.item_ids()
    step = reverse("changes:step", args=[change.number, "submit"])
    assert desk.post(step, {"version": change.version}).status_code == 302
    assess = reverse("changes:assess", args=[change.number])
    assert "of 5" in desk.get(assess).content.decode()
    assert desk.post(assess, {"tests": "0"}).status_code == 422
    assert desk.post(assess, answers()).status_code == 302
    page = desk.get(reverse("changes:change", args=[change.number])).content.decode()
    assert "Low" in page and "Ask for approval" in page


def test_what_was_typed_stays_when_it_is_refused(desk, cast):
    typed = TYPED | {"planned_start": "2099-01-02T22:00", "planned_end": "2099-01-01T00:00"}
    told = desk.post(reverse("changes:new"), typed)
    page = told.content.decode()
    assert told.status_code == 422 and "ends before it starts" in page and "Restore the snapshot" in page
    told = desk.post(reverse("changes:new"), TYPED | {"affected_items": "host-1, nothing-such"})
    assert "nothing-such" in told.content.decode() and Change.objects.count() == 0


def test_items_are_named_by_short_name_or_name(desk, cast):
    assert (
        desk.post(reverse("changes:new"), TYPED | {"affected_items": "Host-1, HOST-2\nhost-3 core"}).status_code == 302
    )
    assert list(Change.objects.get().affected_items.values_list("slug", flat=True)) == [
        "core",
        "host-1",
        "host-2",
        "host-3",
    ]


def test_what_was_typed_to_find_an_item_means_one_or_is_asked_about(desk, cast):
    land = {one.slug: one.pk for one in ConfigurationItem.objects.all()}
    new = reverse("changes:new")
    told = desk.post(new, TYPED | {"affected_items": "host", "affected_items-picked": [land["core"]]})
    page = told.content.decode()
    assert told.status_code == 422 and "Several items fit “host”" in page and "Restore the snapshot" in page
    assert f'value="{land["core"]}" checked' in page and f'value="{land["host-2"]}"' in page
    searched = {"affected_items": "host", "affected_items-picked": [land["core"], land["host-2"]]}
    assert desk.post(new, TYPED | searched).status_code == 302
    assert set(Change.objects.get().item_ids()) == {land["core"], land["host-2"]}
    assert desk.post(new, TYPED | {"affected_items": "luster"}).status_code == 302
    assert Change.objects.latest("pk").item_ids() == [land["cluster"]]


def test_items_one_may_not_see_stay_where_they_are(desk, cast):
    hidden = ConfigurationItem.objects.get(slug="host-3")
    ConfigurationItem.objects.filter(pk=hidden.pk).update(organisation=cast.other, name_en="Elsewhere")
    change = planned(cast, items=[cast.erp, hidden])
    edit = reverse("changes:edit", args=[change.number])
    assert "Elsewhere" not in desk.get(edit).content.decode()
    typed = TYPED | {"affected_items": "host-1", "version": change.version}
    assert desk.post(edit, typed).status_code == 302
    assert hidden in change.affected_items.all() and cast.erp not in change.affected_items.all()


def test_who_asked_for_it_reads_how_it_stands_in_plain_words(client, cast):
    manager = change_manager(cast)
    change = planned(cast, items=[cast.erp], requester=cast.li_na)
    client.force_login(cast.li_na)
    cast.li_na.language = "en"
    cast.li_na.save(update_fields=["language"])
    page = reverse("portal:ticket", args=[change.number])
    assert "Being written" in client.get(page).content.decode()
    granted(asked(change, actor=cast.chen_hao), by=manager)
    granted(change, by=cast.wang_fang)
    told = client.get(page).content.decode()
    assert "It is carried out from" in told and "Restore the snapshot" not in told


def test_whoever_was_overtaken_sees_it_and_loses_nothing(desk, cast):
    change = planned(cast, items=[cast.erp])
    edit = reverse("changes:edit", args=[change.number])
    typed = TYPED | {"affected_items": "erp", "version": change.version, "title": "Mine"}
    Change.objects.filter(pk=change.pk).update(version=change.version + 1)
    told = desk.post(edit, typed)
    assert told.status_code == 409 and "Mine" in told.content.decode()
    assert desk.post(edit, typed | {"version": change.version + 1}).status_code == 302


def test_who_is_asked_finds_their_vote_on_the_page_of_the_change(client, cast):
    change_manager(cast)
    change = asked(planned(cast, items=[cast.erp]), actor=cast.chen_hao)
    slot = change.approval_slots.asked().first()
    page = reverse("changes:change", args=[change.number])
    for person, is_asked in ((slot.approver, True), (cast.liu_yang, False)):
        client.force_login(person)
        assert (reverse("portal:approval", args=[slot.pk]) in client.get(page).content.decode()) is is_asked


def test_obstacles_are_told_on_the_page_and_when_scheduling_anyway(desk, cast):
    manager = change_manager(cast)
    change = planned(cast, items=[cast.erp], test_evidence="")
    change = granted(asked(change, actor=cast.chen_hao), by=manager)
    page = desk.get(reverse("changes:change", args=[change.number])).content.decode()
    assert "Missing: test evidence" in page
    told = desk.post(reverse("changes:step", args=[change.number, "schedule"]), {})
    assert told.status_code == 409 and "Missing: test evidence" in told.content.decode()


def test_the_list_finds_by_type_number_and_words(desk, cast):
    change = planned(cast, items=[cast.erp])
    urgent = planned(cast, items=[cast.erp], type="emergency", title="Stop the worm")
    where = reverse("changes:changes")
    for query, shown, hidden in (
        ({"type": "emergency"}, urgent, change),
        ({"q": change.number}, change, urgent),
        ({"q": "worm"}, urgent, change),
    ):
        page = desk.get(where, query).content.decode()
        assert shown.number in page and hidden.number not in page


def test_an_item_shows_its_changes(desk, cast):
    change = planned(cast, items=[cast.erp])
    assert change.number in desk.get(reverse("cmdb:item", args=[cast.erp.pk])).content.decode()


def test_a_change_works_at_the_desk_like_any_ticket(desk, cast):
    change = planned(cast, items=[cast.erp])
    page = desk.get(reverse("desk:ticket", args=[change.number])).content.decode()
    assert "Send for assessment" in page and reverse("changes:change", args=[change.number]) in page
    queue = reverse("desk:queue") + "?view=unassigned"
    assert change.number not in desk.get(queue).content.decode(), "a draft is with its author"
    tickets.take_transition(change, "submit", actor=cast.chen_hao)
    assert change.number in desk.get(queue).content.decode()
    assert change.number in desk.get(reverse("portal:search"), {"q": change.number}, follow=True).content.decode()


def test_boards_are_kept_by_change_managers_alone(client, cast):
    typed = {
        "name_en": "CAB", "name_zh": "", "kind": "cab", "organisation": "", "members": [cast.wang_fang.pk],
        "chair": cast.wang_fang.pk, "quorum": "1", "is_active": "on",
    }  # fmt: skip
    client.force_login(cast.chen_hao)
    assert client.post(reverse("changes:new-board"), typed).status_code == 403
    client.force_login(change_manager(cast))
    assert client.post(reverse("changes:new-board"), typed | {"quorum": "5"}).status_code == 422
    assert client.post(reverse("changes:new-board"), typed).status_code == 302
    assert Board.objects.get().members.get() == cast.wang_fang
    assert "CAB" in client.get(reverse("changes:boards")).content.decode()
