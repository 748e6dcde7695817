"""An agreement from the provider's desk to the customer's signature, and the next ticket counts by what they signed."""

from django.urls import reverse
from playwright.sync_api import expect

from incidents import services as incidents
from sla.models import Clock
from tests import agreements as made


def test_two_people_negotiate_and_sign_and_the_next_ticket_counts_by_it(cast, sign_in):
    version = made.draft(cast, hours=(1, 8))
    address = reverse("sla:agreement_version", args=[version.agreement_id, version.number])

    provider = sign_in(cast.wang_fang, address)
    provider.get_by_role("button", name="Send to the other side").click()
    expect(provider.locator("main")).to_contain_text("In negotiation")

    customer = sign_in(cast.zhao_min, address)
    promise = customer.locator("td", has_text="1 h").first
    promise.get_by_text("Comment or propose").click()
    promise.get_by_label("Comment").fill("Month end cannot wait an hour.")
    promise.get_by_label("Counter-proposal").or_(promise.get_by_label("Length")).fill("30m")
    promise.get_by_role("button", name="Send").click()
    expect(customer.locator("main")).to_contain_text("Month end cannot wait an hour.")

    provider.goto(address)
    provider.get_by_role("button", name="Accept").click()
    expect(provider.locator("main")).to_contain_text("30 min")
    provider.get_by_role("button", name="Submit for signature").click()
    provider.get_by_role("button", name="Sign", exact=True).click()
    expect(provider.locator("main")).to_contain_text("Waiting for signatures")

    customer.goto(address)
    customer.get_by_role("button", name="Sign", exact=True).click()
    expect(customer.locator("main")).to_contain_text("In force")

    incident = incidents.report_incident(
        actor=cast.li_na, title="Ledger does not open", service=cast.erp, impact=1, urgency=1
    )
    clock = Clock.objects.get(ticket=incident.pk, metric="response")
    assert (clock.agreement_id, clock.target_seconds) == (version.pk, 1800)
