"""Proposals of recurring incidents in the browser: accepted, merged, dismissed, with what was typed kept."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cmdb.models import ConfigurationItem
from incidents import services as incidents
from problems import services
from problems.models import Problem, Proposal, RecurrenceRule
from tests.landscape import landscape


@pytest.fixture
def proposed(cast):
    """The address of a proposal of two incidents on an item of this name."""
    cast.land = landscape(cast)
    RecurrenceRule.objects.exclude(basis="item").delete()
    RecurrenceRule.objects.update(incidents=2)

    def proposed(name):
        item = ConfigurationItem.objects.create(
            slug=name.lower(), item_class_id="switch", name_en=name, organisation=cast.xinghe
        )
        for n in range(2):
            made = incidents.report_incident(
                actor=cast.li_na, title=f"{name} down {n}", affected_items=[item], service=cast.email
            )
            services.look_at(made.pk)
        return reverse("problems:proposal", args=[Proposal.objects.get(item=item).pk])

    return proposed


def test_one_is_accepted_one_merged_and_one_dismissed(cast, sign_in, proposed, watch):
    watch.allow("422")
    first, second, third = (proposed(name) for name in ("Alpha", "Beta", "Gamma"))
    page = sign_in(cast.wang_fang, first)
    expect(page.locator("#its-incidents")).to_be_in_viewport()
    page.locator("summary", has_text="Open a problem").click()
    page.get_by_label("Title").fill("Alpha goes down")
    page.get_by_role("button", name="Open a problem").click()
    expect(page.locator("main")).to_contain_text("Alpha goes down")
    problem = Problem.objects.get()
    assert problem.incidents().count() == 2

    page.goto(second)
    page.locator("summary", has_text="Merge into another").click()
    page.get_by_label("Number of the problem").fill("PRB999999")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_label("Number of the problem")).to_have_value("PRB999999")
    page.get_by_label("Number of the problem").fill(problem.number)
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator("#incidents")).to_contain_text("Beta down 1")

    page.goto(third)
    page.locator("summary", has_text="Dismiss").click()
    page.get_by_label("Why it is no problem").fill("It was being moved")
    page.get_by_role("button", name="Dismiss").click()
    page.goto(reverse("problems:proposals") + "?state=dismissed")
    expect(page.locator("main")).to_contain_text("Gamma")
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["accepted", "dismissed", "merged"]
