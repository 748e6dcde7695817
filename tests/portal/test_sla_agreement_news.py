"""Who hears of an agreement, by mail and behind the bell, and who is led to it."""

import pytest
from django.urls import reverse

from notifications.models import Mail, Notification
from sla import services
from sla.models import AgreementVersion
from sla.services import ending
from sla.services.agreements import today
from tests import agreements as made
from tests.agreement_pages import at_home, text_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(cast):
    return at_home(cast.wang_fang)


@pytest.fixture
def customer(cast):
    return at_home(cast.zhao_min)


def test_the_people_named_are_told_by_mail_what_waits_for_them(cast, deliver):
    version = made.negotiating(cast)
    services.remark(version, actor=cast.zhao_min, body="?")
    deliver()
    mails = {(mail.user_id, mail.event.name): mail for mail in Mail.objects.filter(kind="agreement")}
    assert set(mails) == {(cast.zhao_min.pk, "agreement.sent"), (cast.wang_fang.pk, "agreement.remarked")}
    assert url("agreement_version", version) in mails[cast.zhao_min.pk, "agreement.sent"].text
    AgreementVersion.objects.filter(pk=made.in_force(cast, slug="b", rank=5).pk).update(review_on=today())
    services.remind_of_reviews()
    deliver()
    assert Mail.objects.get(event__name="agreement.review_due").user == cast.wang_fang


def bell_of(client):
    return text_of(client.get(reverse("notifications:bell")))


def test_the_bell_rings_for_agreements_and_leads_to_them(cast, customer, manager, deliver):
    version = made.negotiating(cast)
    said = services.remark(version, actor=cast.zhao_min, body="?")
    services.answer_remark(said, "decline", actor=cast.wang_fang)
    services.take_step(version, "submit", actor=cast.wang_fang)
    deliver()
    bell = bell_of(customer)
    for words in ("sent it to the other side", "declined a remark", "submitted it for signature"):
        assert words in bell
    assert "Xinghe v1" in bell and "made a remark" in bell_of(manager)
    asked = Notification.objects.get(user=cast.zhao_min, event__name="agreement.submitted")
    followed = customer.get(reverse("notifications:follow", args=[asked.pk]))
    assert followed["Location"] == url("agreement_version", version)
    asked.refresh_from_db()
    assert asked.read_at and "Xinghe v1" in text_of(customer.get(reverse("notifications:list")))


def test_a_bell_about_an_agreement_is_silent_once_its_reader_is_not_named_any_more(cast, customer, deliver):
    version = made.negotiating(cast)
    deliver()
    assert "Xinghe v1" in bell_of(customer)
    services.edit_version(version, actor=cast.wang_fang, other_signer=cast.li_na)
    assert "Xinghe" not in bell_of(customer)


def test_a_discarded_draft_stays_unknown_to_the_other_side(cast, customer, manager, deliver):
    version = made.draft(cast)
    assert version.other_signer == cast.zhao_min
    page = text_of(manager.get(url("agreement_version", version)))
    assert "Discard the draft" in page and "Terminate" not in page
    assert manager.post(url("agreement_step", version, step="discard")).status_code == 302
    deliver()
    assert "Discarded" in text_of(manager.get(url("agreement_version", version)))
    assert customer.get(url("agreement_version", version)).status_code == 404
    assert "Xinghe" not in bell_of(customer)
    assert not Mail.objects.filter(user=cast.zhao_min).exists()


def test_what_was_sent_and_then_terminated_stays_with_the_other_side(cast, customer, deliver):
    version = made.negotiating(cast)
    services.take_step(version, "terminate", actor=cast.wang_fang, reason="No need any more")
    deliver()
    assert "Terminated" in text_of(customer.get(url("agreement_version", version)))
    assert "terminated it" in bell_of(customer)


def test_both_sides_are_reminded_once_before_an_agreement_ends(cast, customer, deliver):
    made.in_force(cast, slug="long", rank=5, customer=cast.stranger.organisation)
    version = made.negotiating(cast)
    services.edit_version(version, actor=cast.wang_fang, ends_on=today() + ending.NOTICE)
    services.take_step(version, "submit", actor=cast.wang_fang)
    made.sign(version, cast.wang_fang, cast.zhao_min)
    assert (services.remind_of_ends(), services.remind_of_ends()) == (1, 0)
    deliver()
    told = Notification.objects.filter(event__name="agreement.expiring").values_list("user", flat=True)
    assert set(told) == {cast.wang_fang.pk, cast.zhao_min.pk}
    assert f"The agreement ends on {today() + ending.NOTICE}" in bell_of(customer)


@pytest.mark.parametrize(("who", "has_way"), [("zhao_min", True), ("li_na", False), ("wang_fang", False)])
def test_the_portal_leads_the_people_named_to_their_agreements(cast, who, has_way):
    client, home = at_home(getattr(cast, who)), reverse("portal:home")
    way = f'href="{reverse("sla:agreements")}"'
    version = made.draft(cast)
    assert way not in text_of(client.get(home))
    services.take_step(version, "send", actor=cast.wang_fang)
    assert (way in text_of(client.get(home))) is has_way
