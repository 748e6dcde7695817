"""The configuration database on screen."""

import pytest
from django.urls import reverse

from accounts import services as people
from cmdb import services as cmdb
from cmdb.models import Attribute, ConfigurationItem, ItemClass, Relation, RelationType, Service
from cmdb.selectors import graph as graphs
from core import clock
from events.models import Event
from incidents import services as incidents
from tests.landscape import landscape


@pytest.fixture
def land(cast):
    return landscape(cast)


@pytest.fixture
def desk(client, cast):
    cast.chen_hao.language = "en"
    cast.chen_hao.save()
    client.force_login(cast.chen_hao)
    return client


def test_a_switch_is_traced_to_the_business_service(desk, cast, land):
    ticket = incidents.report_incident(actor=cast.zhang_wei, title="Switch is dark", requester=cast.li_na,
                                       service=cast.email, affected_items=[land["core"]])  # fmt: skip
    page = desk.get(f"/cmdb/{land['core'].pk}/graph/").content.decode()
    services = page[page.index("data-services") : page.index("data-services") + 400]
    assert "ERP" in services and 'id="drawing"' in page and "Open tickets: 1" in page
    borne = desk.get(f"/cmdb/{land['host-1'].pk}/graph/").content.decode()
    assert "No business service fails with it" in borne and "borne by redundancy" in borne
    assert ticket.number in desk.get(f"/cmdb/{land['core'].pk}/").content.decode()
    triage = desk.get(reverse("desk:ticket", args=[ticket.number])).content.decode()
    assert "Impacted services" in triage and f"/cmdb/{cast.erp.pk}/" in triage


def test_more_services_than_are_named_are_counted(desk, cast, land):
    needs = RelationType.objects.get(slug="depends-on")
    for n in range(22):
        service = Service.objects.create(
            slug=f"s-{n}", item_class_id="service", name_en=f"S {n}", organisation=cast.xinghe
        )
        cmdb.relate(service, land["core"], needs, actor=cast.chen_hao)
    assert "and 3 more services" in desk.get(f"/cmdb/{land['core'].pk}/graph/").content.decode()
    ticket = incidents.report_incident(actor=cast.zhang_wei, title="Dark", requester=cast.li_na, service=cast.email,
                                       affected_items=[land["core"]])  # fmt: skip
    assert "and 3 more services" in desk.get(reverse("desk:ticket", args=[ticket.number])).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_same_for_every_length(desk, cast, django_assert_num_queries, many):
    server = ItemClass.objects.get(slug="server")
    for n in range(many):
        cmdb.create_item(actor=cast.chen_hao, item_class=server, slug=f"s-{n}", name_en=f"s-{n}",
                         values={"serial_number": f"SN{n}"})  # fmt: skip
    desk.get("/cmdb/")
    with django_assert_num_queries(8):
        page = desk.get("/cmdb/?class=infrastructure&trust=unverified")
    assert page.content.decode().count('class="cell-title"') == many
    assert desk.get("/cmdb/?q=sn0").content.decode().count('class="cell-title"') == 1


def test_an_item_is_made_edited_related_and_the_second_editor_is_stopped(desk, cast, land):
    wrong = desk.post("/cmdb/new/", {"item_class": "server", "slug": "srv-7", "name_en": "Seven", "criticality": 3,
                                     "value_ip_address": "nowhere"})  # fmt: skip
    assert wrong.status_code == 422 and b"nowhere" in wrong.content
    desk.post("/cmdb/new/", {"item_class": "server", "slug": "srv-7", "name_en": "Seven", "criticality": 3})
    item = ConfigurationItem.objects.get(slug="srv-7")
    form = {"name_en": "Seven", "criticality": 2, "version": item.version, "why": "x"}
    assert desk.post(f"/cmdb/{item.pk}/edit/", form).status_code == 302
    late = desk.post(f"/cmdb/{item.pk}/edit/", form | {"name_en": "Eight"})
    assert late.status_code == 409 and b"Eight" in late.content and b"Changed meanwhile" in late.content
    desk.post(f"/cmdb/{item.pk}/relate/", {"verb": "connects-to", "other": "core"})
    relation = Relation.objects.get(source=item)
    assert relation.target == land["core"]
    desk.post(f"/cmdb/relations/{relation.pk}/remove/")
    assert not Relation.objects.filter(source=item).exists()
    assert desk.get("/cmdb/find/?other=core").content.decode().count("<option") == 1


def test_retiring_shows_what_it_takes_along(desk, cast, land):
    page = desk.get(f"/cmdb/{land['host-1'].pk}/step/retire/")
    assert b"cluster" in page.content
    desk.post(f"/cmdb/{land['host-1'].pk}/step/retire/", {"accepted": "cluster", "reason": "old"})
    assert ConfigurationItem.objects.get(slug="host-1").state == "retired"


def test_classes_are_shaped_by_managers_only(desk, cast):
    assert desk.get("/cmdb/classes/").status_code == 403
    desk.force_login(cast.wang_fang)
    given = {"key": "rank", "name_en": "Rank", "kind": "choice", "options": "a | 甲 | Ay\nb", "position": 5}
    assert desk.post("/cmdb/classes/server/attribute/", given).status_code == 302
    assert Attribute.objects.get(key="rank").choices == {"a": ["甲", "Ay"], "b": ["b", "b"]}
    twice = desk.post("/cmdb/classes/infrastructure/attribute/", given)
    assert twice.status_code == 422


def test_requesters_see_their_devices_and_nothing_else_of_it(client, cast, land):
    ConfigurationItem.objects.filter(slug="host-1").update(used_by=cast.li_na)
    client.force_login(cast.li_na)
    page = client.get("/devices/").content.decode()
    assert "Host-1" in page and "Host-2" not in page
    assert client.get("/cmdb/").status_code == 404


def test_what_happened_is_told_in_words_and_by_name(desk, cast, land):
    server = land["host-1"]
    cmdb.edit_item(server, actor=cast.chen_hao, owner=cast.chen_hao, environment="test", values={"memory": "64"},
                   why="moved")  # fmt: skip
    cmdb.take_step(server, "maintain", actor=cast.chen_hao, values={"reason": "new disk"})
    frozen = cmdb.take_baseline(server, actor=cast.chen_hao, name="Before")
    cmdb.edit_item(server, actor=cast.chen_hao, owner=cast.wang_fang)
    page = desk.get(f"/cmdb/{server.pk}/").content.decode()
    history = page[page.index("History</h3>") :]
    assert "changed the record" in history and "began maintenance" in history and "new disk" in history
    assert cast.chen_hao.display_name in history and "Memory" in history and "Production</del>" in history
    assert "Relation: Host-1 is connected through Core" in history
    assert "item.edited" not in history and "support_team" not in history
    compared = desk.get(f"/cmdb/baselines/{frozen.pk}/").content.decode()
    assert cast.wang_fang.display_name in compared and "owner_id" not in compared


def test_beyond_the_budget_groups_are_joined_to_what_reaches_them(cast, land, monkeypatch):
    monkeypatch.setattr(graphs, "BUDGET", 3)
    around = graphs.around(cast.chen_hao, land["core"])
    drawing = graphs.drawing_of(around, {})
    nodes = {node["id"] for node in drawing["nodes"]}
    assert {"class-server", "class-cluster", "class-service"} <= nodes
    edges = {(edge["source"], edge["target"]): edge["label"] for edge in drawing["edges"]}
    assert edges["class-cluster", "class-application"] == "× 1"
    assert edges[str(land["core"].pk), "class-server"] == "× 1"
    assert all(one in nodes and other in nodes for one, other in edges)


def test_whoever_would_retire_what_too_much_rests_on_hears_so_at_once(desk, land):
    runs, server = RelationType.objects.get(slug="runs-on"), ItemClass.objects.get(slug="server")
    made = ConfigurationItem.objects.bulk_create(
        ConfigurationItem(slug=f"h{n}", name_en=f"h{n}", item_class=server) for n in range(501)
    )
    ends = {"target": land["core"], "provider": land["core"], "relation_type": runs, "created_at": clock.now()}
    Relation.objects.bulk_create(Relation(source=one, dependant=one, **ends) for one in made)
    url = f"/cmdb/{land['core'].pk}/step/retire/"
    page = desk.get(url).content.decode()
    assert 500 <= page.count("<li>") < 520 and "too many to be accepted" in page
    refused = desk.post(url, {"reason": "old", "accepted": "h1"})
    assert refused.status_code == 409 and "504 live items depend on it" in refused.content.decode()


def test_what_a_team_answers_for_is_changed_on_its_page(desk, cast, land):
    path = reverse("cmdb:team-objects", args=[cast.desk.pk])
    assert "It answers for nothing" in desk.get(path).content.decode()
    core = land["core"]
    wrong = desk.post(path, {"items": "no such thing"})
    assert wrong.status_code == 422 and "no such thing" in wrong.content.decode()
    assert desk.post(path, {"items": "", "items-picked": [core.pk, cast.erp.pk]}).status_code == 302
    core.refresh_from_db(), cast.erp.refresh_from_db()
    assert core.support_team == cast.erp.support_team == cast.desk
    assert {item.pk for item in desk.get(path).context["page"].rows} == {core.pk, cast.erp.pk}
    told = Event.objects.filter(name="item.edited", subject_id=core.pk).latest("pk")
    assert "support_team" in told.data["after"] and told.actor == cast.chen_hao
    drop = reverse("cmdb:drop-team-object", args=[cast.desk.pk, core.pk])
    assert desk.post(drop).status_code == 302
    core.refresh_from_db()
    assert core.support_team is None
    cmdb.edit_item(core, actor=cast.chen_hao, support_team=cast.network)
    desk.post(drop)
    core.refresh_from_db()
    assert core.support_team == cast.network, "another team's by now"
    people.update_team(cast.desk, actor=cast.admin, is_active=False)
    refused = desk.post(path, {"items": "", "items-picked": [core.pk]})
    assert refused.status_code == 422 and core.slug in refused.content.decode()
    desk.force_login(cast.li_na)
    assert desk.get(path).status_code == 404
