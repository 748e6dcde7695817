"""A request on phones, from the form to a rating: two approvals, one of them out of the mail, and two tasks."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from catalog.models import ServiceRequest
from notifications import links
from notifications.models import Mail
from notifications.services.sending import message_of
from sla import services as sla
from surveys.models import Survey
from tests.offers import MANAGER_THEN_OWNER, ORDER_THEN_HAND_OVER, offer

PHONE = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def laptop(cast):
    """Approved by 赵敏, 李娜's manager, then by 王芳 who owns it; the network orders it, the desk hands it over."""
    sla.install_defaults()
    User.objects.filter(pk=cast.li_na.pk).update(manager=cast.zhao_min)
    return offer(cast, route=MANAGER_THEN_OWNER, tasks=ORDER_THEN_HAND_OVER)


def fits(page):
    """Nothing sticks out to the side, and every name at the bottom fits its place in the one row."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("[...document.querySelectorAll('.tabbar a')].every((a) => a.scrollWidth <= a.clientWidth)")


def path_in(mail, server):
    body = links.filled(mail, links.mark("approve"))
    return body.partition(server)[2].partition("#")[0]


def test_request_with_two_approvals_is_fulfilled_on_phones(cast, laptop, deliver, sign_in, visit, quiet_server):
    hers = sign_in(cast.li_na, "/catalogue/laptop/", **PHONE)
    fits(hers)
    hers.get_by_label("What for").fill("A new colleague")
    hers.get_by_label("Light one").check()
    hers.get_by_role("button", name="Send request").click()
    expect(hers.locator(".status-line")).to_contain_text("Waiting for approval")
    fits(hers)
    asked = ServiceRequest.objects.get()
    deliver()

    by_mail = visit(path_in(Mail.objects.get(kind="approval", user=cast.zhao_min), quiet_server.url), **PHONE)
    expect(by_mail.get_by_text("A new colleague")).to_be_visible()
    fits(by_mail)
    by_mail.get_by_role("button", name="Approve").click()
    expect(by_mail.get_by_role("status").filter(has_text="You approved it")).to_be_visible()

    owners = sign_in(cast.wang_fang, "/approvals/", **PHONE)
    owners.get_by_role("link", name=re.compile("A laptop")).first.click()
    fits(owners)
    owners.get_by_role("button", name="Approve").click()
    expect(owners.get_by_text(f"You approved {asked.number}.")).to_be_visible()
    hers.reload()
    expect(hers.locator(".status-line")).to_contain_text("Approved")
    deliver()

    for person, task in ((cast.chen_hao, "Order it"), (cast.zhang_wei, "Hand it over")):
        page = sign_in(person, f"/desk/t/{asked.number}/", **PHONE)
        row = page.locator(".task", has=page.locator(".task-words > p > strong", has_text=task))
        row.get_by_role("button", name=f"Done: {task}").click()
        expect(row).to_have_class(re.compile("is-done"))
    deliver()

    hers.reload()
    expect(hers.locator(".status-line")).to_contain_text("Delivered")
    fits(hers)
    hers.get_by_role("button", name="Yes, I have it").click()
    expect(hers.locator(".status-line")).to_contain_text("Closed")
    deliver()
    letter = message_of(Mail.objects.get(kind="resolved", user=cast.li_na)).body
    rating = visit(re.search(rf"{quiet_server.url}(/survey/\S+/5/)", letter).group(1), **PHONE)
    expect(rating.get_by_role("status").filter(has_text="your rating is recorded")).to_be_visible()
    fits(rating)
    assert Survey.objects.get(ticket=asked.pk).score == 5
