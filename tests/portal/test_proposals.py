"""The pages of recurring incidents: what is told, who decides, and that nothing typed is lost."""

import pytest
from django.urls import reverse

from accounts.models import User
from cmdb.models import ConfigurationItem
from incidents import services as incidents
from problems import services
from problems.models import Problem, Proposal, RecurrenceRule
from tests.problems import raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(cast):
    User.objects.update(language="en")
    RecurrenceRule.objects.filter(basis="item").update(incidents=3)
    switch = ConfigurationItem.objects.create(
        slug="core-sw-02", item_class_id="switch", name_en="core-sw-02", organisation=cast.xinghe
    )
    for n in range(3):
        made = incidents.report_incident(
            actor=cast.li_na, title=f"Port down {n}", service=cast.email, affected_items=[switch]
        )
        services.look_at(made.pk)
    return Proposal.objects.get()


def page(client, person, name, *args, data=None):
    client.force_login(person)
    path = reverse(f"problems:{name}", args=args)
    return client.get(path) if data is None else client.post(path, data)


def test_the_list_says_why_and_the_page_shows_exactly_its_incidents(client, cast, proposal):
    incidents.report_incident(actor=cast.li_na, title="Something else", service=cast.email)
    text = page(client, cast.zhang_wei, "proposals").content.decode()
    assert "3 incidents on core-sw-02 in 1 day" in text
    text = page(client, cast.wang_fang, "proposal", proposal.pk).content.decode()
    assert all(f"Port down {n}" in text for n in range(3)) and "Something else" not in text
    assert "3 incidents, 3 are enough" in text and reverse("problems:accept-proposal", args=[proposal.pk]) in text
    for person in (cast.li_na, cast.stranger):
        assert page(client, person, "proposal", proposal.pk).status_code == 404
    first_line = page(client, cast.zhang_wei, "proposal", proposal.pk).content.decode()
    assert reverse("problems:accept-proposal", args=[proposal.pk]) not in first_line
    assert page(client, cast.zhang_wei, "accept-proposal", proposal.pk, data={"title": "x"}).status_code == 403


def test_accepting_leads_to_the_problem_and_a_second_decision_keeps_what_was_typed(client, cast, proposal):
    answer = page(client, cast.wang_fang, "accept-proposal", proposal.pk, data={"title": "Switch fails"})
    problem = Problem.objects.get()
    assert answer.url == reverse("problems:problem", args=[problem.number]) and problem.title == "Switch fails"
    late = {"reason": "A training in the lab", "silent_until": "2099-01-01"}
    answer = page(client, cast.admin, "dismiss-proposal", proposal.pk, data=late)
    assert answer.status_code == 409 and "Wang Fang decided meanwhile" in answer.content.decode()


def test_an_open_problem_on_the_same_item_takes_it_with_one_click(client, cast, proposal):
    problem = raised(cast, items=[proposal.item])
    text = page(client, cast.wang_fang, "proposal", proposal.pk).content.decode()
    assert f'name="into" value="{problem.number}"' in text
    answer = page(client, cast.wang_fang, "merge-proposal", proposal.pk, data={"into": problem.number})
    assert answer.url == reverse("problems:problem", args=[problem.number])
    assert problem.incidents().count() == proposal.rows.count()


def test_wrong_input_says_so_in_its_place(client, cast, proposal):
    answer = page(client, cast.wang_fang, "dismiss-proposal", proposal.pk, data={
        "reason": "A training in the lab", "silent_until": "2001-01-01",
    })  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 422 and "A training in the lab" in text and "a year ahead at most" in text
    for typed in ("PRB999999", "", "<script>"):
        answer = page(client, cast.wang_fang, "merge-proposal", proposal.pk, data={"into": typed})
        assert answer.status_code == 422 and "<script>x" not in answer.content.decode()
    assert Proposal.objects.get().is_open


def test_the_list_is_one_set_of_queries_however_long(client, cast, proposal, django_assert_max_num_queries):
    for n in range(12):
        item = ConfigurationItem.objects.create(
            slug=f"h{n}", item_class_id="server", name_en=f"h{n}", organisation=cast.xinghe
        )
        Proposal.objects.create(
            organisation=cast.xinghe, rule=proposal.rule, basis="item", item=item, first_at=proposal.first_at,
            last_at=proposal.last_at, created_at=proposal.created_at,
        )  # fmt: skip
    client.force_login(cast.wang_fang)
    client.get(reverse("problems:proposals"))
    with django_assert_max_num_queries(16):
        client.get(reverse("problems:proposals"))


def test_managers_write_the_rules_and_others_read_them(client, cast, proposal):
    rule = proposal.rule
    values = {
        "name_en": "Items", "basis": "item", "incidents": "4", "days": "7", "likeness": "45", "factor": "1.5",
        "weight": "10", "weight_grave": "2", "weight_change": "5", "position": "1", "is_active": "on",
    }  # fmt: skip
    assert page(client, cast.wang_fang, "recurrence-rule", rule.pk, data=values).status_code == 302
    rule.refresh_from_db()
    assert (rule.incidents, rule.days, float(rule.factor)) == (4, 7, 1.5)
    answer = page(client, cast.wang_fang, "recurrence-rule", rule.pk, data=values | {"incidents": "1", "days": "900"})
    assert answer.status_code == 422 and answer.content.decode().count("field-error") == 2
    assert "4 in 7 days" in page(client, cast.zhang_wei, "recurrence-rules").content.decode()
    assert page(client, cast.zhang_wei, "recurrence-rule", rule.pk).status_code == 403
