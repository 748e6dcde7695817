"""The catalogue as people meet it, and as its keepers write it."""

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from catalog import services
from catalog.models import Draft, RequestItem, ServiceRequest
from cmdb import services as cmdb
from cmdb.models import ConfigurationItem, RelationType, Service
from sla import services as sla
from tests.offers import ANSWERS, LAPTOP_FORM, MANAGER_THEN_OWNER, ORDER_THEN_HAND_OVER, offer
from tickets.models import ApprovalSlot
from tickets.services import approving

pytestmark = pytest.mark.django_db
TYPED = {"a-reason": "新同事用", "a-model": "strong", "a-memory": "64"}


@pytest.fixture(autouse=True)
def readers(cast):
    User.objects.update(language="en")


@pytest.fixture
def item(cast):
    sla.install_defaults()
    cast.li_na.manager, cast.zhao_min.manager = cast.zhao_min, cast.wang_fang
    cast.li_na.save(update_fields=["manager"])
    cast.zhao_min.save(update_fields=["manager"])
    return offer(cast, route=MANAGER_THEN_OWNER, tasks=ORDER_THEN_HAND_OVER, price="6999.00")


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_catalogue_shows_shelves_and_finds_by_words_in_both_languages(client, cast, item):
    client.force_login(cast.li_na)
    assert "A laptop" in page(client, "/catalogue/") and "Workplace" in page(client, "/catalogue/")
    assert "A laptop" in page(client, "/catalogue/?q=笔记本")
    assert "Nothing in the catalogue fits" in page(client, "/catalogue/?q=unicorn")


def test_item_says_promise_price_and_who_approves(client, cast, item):
    client.force_login(cast.li_na)
    text = page(client, "/catalogue/laptop/")
    for words in ("Usually within 3 working days", "6999.00", "Line manager", "Owner", "What for"):
        assert words in text


def test_item_of_another_audience_is_not_there(client, cast, item):
    services.save_item(item, actor=cast.wang_fang, organisations=[cast.xinghe])
    client.force_login(cast.stranger)
    page(client, "/catalogue/laptop/", 404)
    assert "A laptop" not in page(client, "/catalogue/")


def test_form_is_sent_and_the_same_form_sent_twice_is_one_request(client, cast, item):
    client.force_login(cast.li_na)
    sending = "6f3b0f1e-8f0f-4b3e-9d43-0f6f5c6d7e8f"
    for _time in range(2):
        assert client.post("/catalogue/laptop/", {**TYPED, "form": 1, "sending": sending}).status_code == 302
    asked = ServiceRequest.objects.get()
    assert (asked.answers.get().values, asked.requester) == (ANSWERS, cast.li_na)
    text = page(client, f"/tickets/{asked.number}/")
    assert "Workstation" in text and "64 GB" in text


def test_refused_form_keeps_what_was_typed_and_shows_what_must_be_filled_in(client, cast, item):
    client.force_login(cast.li_na)
    response = client.post("/catalogue/laptop/", {"a-reason": "急用<b>", "a-model": "strong", "form": 1})
    text = response.content.decode()
    assert response.status_code == 422 and "急用&lt;b&gt;" in text and "This field is required." in text
    assert not ServiceRequest.objects.exists()
    assert Draft.objects.get(person=cast.li_na).posted["a-reason"] == ["急用<b>"]


def test_hidden_field_comes_without_scripts_when_the_form_is_brought_up_to_date(client, cast, item):
    client.force_login(cast.li_na)
    assert 'data-answer="memory" hidden' in page(client, "/catalogue/laptop/")
    shown = client.post("/catalogue/laptop/", {"a-model": "strong", "form": 1, "refresh": "1"}).content.decode()
    assert 'data-answer="memory" hidden' not in shown and 'data-answer="memory"' in shown


def test_draft_is_kept_and_comes_back_until_it_is_discarded(client, cast, item):
    client.force_login(cast.li_na)
    client.post("/catalogue/laptop/draft/", {"a-reason": "写到一半"})
    assert "写到一半" in page(client, "/catalogue/laptop/") and "Not sent yet" in page(client, "/catalogue/")
    client.post("/catalogue/laptop/draft/", {"discard": "1"})
    assert not Draft.objects.exists()


def test_item_withdrawn_while_open_says_so_and_keeps_the_words(client, cast, item):
    client.force_login(cast.li_na)
    services.save_item(item, actor=cast.wang_fang, is_active=False)
    assert client.post("/catalogue/laptop/", {**TYPED, "form": 1}).status_code in (404, 409)


def test_request_for_somebody_else_is_theirs(client, cast, item):
    client.force_login(cast.zhao_min)
    client.post("/catalogue/laptop/", {**TYPED, "form": 1, "on_behalf_of": "李娜"})
    asked = ServiceRequest.objects.get()
    assert (asked.requester, asked.opened_by) == (cast.li_na, cast.zhao_min)
    response = client.post("/catalogue/laptop/", {**TYPED, "form": 1, "on_behalf_of": "nobody at all"})
    assert response.status_code == 422 and "Nobody of that name" in response.content.decode()


def test_files_of_a_form_are_attached_and_named_in_the_answers(client, cast):
    form = {"fields": [{"key": "photo", "kind": "attachment", "label": {"en": "Photo"}, "required": True}]}
    offer(cast, form=form)
    client.force_login(cast.li_na)
    assert client.post("/catalogue/laptop/", {"form": 1}).status_code == 422
    client.post("/catalogue/laptop/", {"form": 1, "a-photo": SimpleUploadedFile("desk.txt", b"words")})
    asked = ServiceRequest.objects.get()
    assert asked.answers.get().values == {"photo": ["desk.txt"]}
    assert asked.attachments.get().name == "desk.txt"


def test_sent_back_request_is_revised_with_what_was_written(client, cast, item):
    asked = services.submit(item, actor=cast.li_na, answers=ANSWERS)
    approving.decide(ApprovalSlot.objects.get(state="asked"), actor=cast.zhao_min, approve=False, reason="太贵")
    client.force_login(cast.li_na)
    assert "太贵" in page(client, f"/tickets/{asked.number}/")
    assert "新同事用" in page(client, f"/tickets/{asked.number}/revise/")
    client.post(f"/tickets/{asked.number}/revise/", {"a-reason": "便宜的", "a-model": "light", "form": 1})
    asked.refresh_from_db()
    assert (asked.state, asked.answers.count()) == ("awaiting_approval", 2)
    client.force_login(cast.zhao_min)
    page(client, f"/tickets/{asked.number}/revise/", 404)


def test_request_is_worked_at_the_desk_like_any_ticket(client, cast, item):
    asked = services.submit(item, actor=cast.li_na, answers=ANSWERS)
    client.force_login(cast.zhang_wei)
    text = page(client, f"/desk/t/{asked.number}/")
    assert "Workstation" in text and "Awaiting approval" in text
    assert asked.number in page(client, "/desk/?view=open")
    assert asked.number not in page(client, "/desk/?view=unassigned")


def test_service_page_tells_hours_scope_and_agreement(client, cast, item):
    services.save_item(item, actor=cast.wang_fang, in_scope_en="A new device", out_of_scope_en="Private devices")
    client.force_login(cast.li_na)
    text = page(client, f"/catalogue/services/{cast.erp.slug}/")
    for words in ("A new device", "Private devices", "Standard service level", "09:00", "A laptop"):
        assert words in text


def test_service_names_the_services_it_needs_directly_or_through_items_and_no_others(client, cast, item):
    server = ConfigurationItem.objects.create(slug="db01", item_class_id="server", name_en="db01")
    hidden = Service.objects.create(slug="hidden", item_class_id="service", name_en="Theirs", organisation=cast.other)
    needs = RelationType.objects.get(slug="depends-on")
    for source, target in ((cast.erp, server), (server, cast.email), (cast.erp, hidden)):
        cmdb.relate(source, target, needs, actor=cast.admin)
    client.force_login(cast.li_na)
    assert "Depends on" in page(client, "/catalogue/services/erp/") and "Depends on" not in page(
        client, "/catalogue/services/email/"
    )
    shown = page(client, "/catalogue/services/erp/")
    assert f'href="{reverse("portal:service", args=["email"])}"' in shown and "Theirs" not in shown


def test_keepers_alone_write_the_catalogue(client, cast, item):
    for path in ("", "new/", "items/laptop/", "items/laptop/form/", "items/laptop/route/", "import/", "export/"):
        for person, status in ((cast.li_na, 404), (cast.zhang_wei, 404), (cast.wang_fang, 200)):
            client.force_login(person)
            page(client, f"/manage/catalogue/{path}", status)


def test_builder_adds_moves_changes_and_publishes_without_dragging(client, cast, item):
    client.force_login(cast.wang_fang)
    address = "/manage/catalogue/items/laptop/form/"
    client.post(address, {"op": "add", "kind": "date"})
    client.post(address, {"op": "up", "at": "3"})
    change = {"op": "change", "at": "2", "f2-key": "until", "f2-kind": "date", "f2-label_en": "Until when"}
    assert client.post(address, change).status_code == 200
    item.refresh_from_db()
    assert [one["key"] for one in item.draft_form["fields"]] == ["reason", "model", "until", "memory"]
    assert item.current_form.number == 1
    client.post(f"{address}publish/")
    item.refresh_from_db()
    assert (item.current_form.number, item.draft_form) == (2, None)


def test_builder_keeps_several_conditions_and_offers_room_for_one_more(client, cast, item):
    client.force_login(cast.wang_fang)
    address = "/manage/catalogue/items/laptop/form/"
    change = {"op": "change", "at": "0", "f0-key": "reason", "f0-kind": "text", "f0-label_en": "Why?"}
    first = {"f0-shows_field_0": "model", "f0-shows_test_0": "is", "f0-shows_value_0": "strong"}
    second = {"f0-shows_field_1": "memory", "f0-shows_test_1": "more_than", "f0-shows_value_1": "16"}
    assert 'name="f0-shows_field_1"' in client.post(address, change | first).content.decode()
    shown = client.post(address, change | first | second).content.decode()
    item.refresh_from_db()
    conditions = [
        {"field": "model", "test": "is", "value": "strong"},
        {"field": "memory", "test": "more_than", "value": "16"},
    ]
    assert item.draft_form["fields"][0]["visible_if"] == conditions
    assert 'name="f0-shows_field_2"' in shown and "and only if" in shown
    client.post(address, change | first | second | {"f0-shows_field_0": ""})
    item.refresh_from_db()
    assert item.draft_form["fields"][0]["visible_if"] == conditions[1:]


def test_builder_shows_why_a_form_cannot_be_published(client, cast, item):
    client.force_login(cast.wang_fang)
    change = {
        "op": "change",
        "at": "1",
        "f1-key": "model",
        "f1-kind": "choice",
        "f1-label_en": "Model",
        "f1-choices": "",
    }
    text = client.post("/manage/catalogue/items/laptop/form/", change).content.decode()
    assert "fields.1.choices" in text
    client.post("/manage/catalogue/items/laptop/form/publish/")
    assert RequestItem.objects.get().current_form.number == 1


def test_route_and_tasks_are_edited_as_lists(client, cast, item):
    client.force_login(cast.wang_fang)
    management = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    stage = {"form-0-name_en": "Lead", "form-0-mode": "any", "form-0-who": "lead\nperson li.na", "form-0-ORDER": "1"}
    assert client.post("/manage/catalogue/items/laptop/route/", management | stage).status_code == 302
    item.refresh_from_db()
    assert item.route == [
        {"name": {"en": "Lead"}, "mode": "any", "who": [{"kind": "lead"}, {"kind": "person", "value": "li.na"}]}
    ]
    ring = {"form-0-key": "a", "form-0-title_en": "A", "form-0-after": "a", "form-0-ORDER": "1"}
    response = client.post("/manage/catalogue/items/laptop/tasks/", management | ring)
    assert response.status_code == 422 and "wait for each other" in response.content.decode()


def test_export_brought_back_changes_nothing_and_mistakes_are_told_by_path(client, cast, item):
    client.force_login(cast.wang_fang)
    text = client.get("/manage/catalogue/export/").content.decode()
    same = services.import_catalogue(text, actor=cast.wang_fang)
    assert (same.added, same.changed, same.problems) == ([], [], {})
    data = yaml.safe_load(text)
    data["items"][0]["form"]["fields"][1]["choices"] = []
    data["items"].append({"slug": "x"})
    told = client.post("/manage/catalogue/import/", {"text": yaml.safe_dump(data)}).content.decode()
    assert "items.0.fields.1.choices" in told and "items.1.category" in told
    data = yaml.safe_load(text)
    data["items"][0]["name"]["en"] = "A notebook"
    changed = {"text": yaml.safe_dump(data)}
    client.post("/manage/catalogue/import/", changed)
    assert RequestItem.objects.get().name_en == "A laptop"
    client.post("/manage/catalogue/import/", changed | {"apply": "1"})
    assert RequestItem.objects.get().name_en == "A notebook"


@pytest.mark.parametrize(
    "text", ["a: [", "!!python/object/apply:os.system ['x']", "format: 1\nitems: &a [*a]", "format: 9", "[]"]
)
def test_text_that_is_no_catalogue_is_refused(client, cast, text):
    client.force_login(cast.wang_fang)
    assert client.post("/manage/catalogue/import/", {"text": text}).status_code == 422


def test_empty_catalogue_and_form_without_fields_still_show(client, cast):
    client.force_login(cast.li_na)
    assert "The catalogue is empty" in page(client, "/catalogue/")
    offer(cast, form={"fields": []})
    page(client, "/catalogue/laptop/")
    assert LAPTOP_FORM["fields"]
