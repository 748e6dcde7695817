"""Owners confirm their records; what is wrong is said where it is noticed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cmdb import services as cmdb
from cmdb.models import Attestation, Campaign, ConfigurationItem, ItemClass
from cmdb.selectors.picking import meant
from core import clock
from core.errors import InvalidInput, NotAllowed
from incidents import services as incidents
from notifications.models import Mail, Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def laptops(cast):
    """Two laptops of 李娜, who is no member of staff, and one of 王芳."""
    kind = ItemClass.objects.get(slug="desktop")
    made = [
        cmdb.create_item(actor=cast.chen_hao, item_class=kind, slug=f"nb-{n}", name_en=f"Laptop {n}", owner=owner,
                         state="live", organisation=cast.xinghe,
                         values={"serial_number": f"SN-{n}", "mac_address": f"aa:bb:cc:00:11:0{n}"})
        for n, owner in enumerate((cast.li_na, cast.li_na, cast.wang_fang))
    ]  # fmt: skip
    for person in (cast.li_na, cast.wang_fang, cast.chen_hao, cast.zhang_wei):
        person.language = "en"
        person.save()
    return made


def ask(cast, **options):
    day = (clock.now() + timedelta(days=5)).date()
    return cmdb.open_campaign(
        actor=cast.wang_fang, name="Laptops 2026", due_on=day, item_classes=["workplace"], **options
    )


def test_owners_are_told_answer_in_a_click_and_the_last_answer_closes(client, cast, laptops, deliver):
    campaign = ask(cast)
    deliver()
    assert [one.user for one in Notification.objects.filter(campaign=campaign)] == [cast.li_na]  # nobody of own acts
    letter = Mail.objects.get(event__name="attestation.opened")
    assert "/records/" in letter.text and "Laptops 2026" in letter.text
    client.force_login(cast.li_na)
    page = client.get(reverse("portal:records")).content.decode()
    assert page.count('name="right"') == 2 and "SN-0" in page and "SN-2" not in page
    assert "2 records wait" in client.get(reverse("portal:devices")).content.decode()
    bell = client.get(reverse("notifications:follow", args=[Notification.objects.get().pk]))
    assert bell.url == reverse("portal:records")
    first, second, others = campaign.attestations.order_by("item__slug")
    client.post(reverse("portal:confirm-records"), {"right": [first.pk, others.pk]})
    laptops[0].refresh_from_db()
    assert (laptops[0].trust, laptops[0].verified_by, laptops[0].verified_how) == (
        "verified",
        cast.li_na,
        "Laptops 2026",
    )
    others.refresh_from_db()
    assert others.answer == ""  # not hers to answer
    empty = client.post(reverse("portal:object-to-record", args=[second.pk]), {f"{second.pk}-why": ""})
    assert empty.status_code == 422
    client.post(reverse("portal:object-to-record", args=[second.pk]), {f"{second.pk}-why": "I gave it back"})
    laptops[1].refresh_from_db()
    assert (laptops[1].trust, laptops[1].dispute) == ("disputed", "I gave it back")
    client.force_login(cast.wang_fang)
    client.post(reverse("portal:confirm-records"), {"all": "1", "shown": [others.pk]})
    assert Campaign.objects.get().closed_at is not None


def test_reminders_come_every_three_days_until_it_is_closed(cast, laptops, deliver):
    campaign = ask(cast)
    assert cmdb.remind_owners() == 0
    with clock.travel(clock.now() + timedelta(days=3, minutes=1)):
        assert (cmdb.remind_owners(), cmdb.remind_owners()) == (1, 0)
    deliver()
    told = Notification.objects.filter(event__name="attestation.reminded").values_list("user__username", flat=True)
    assert set(told) == {cast.li_na.username, cast.wang_fang.username}
    cmdb.close_campaign(campaign, actor=cast.wang_fang)
    with clock.travel(clock.now() + timedelta(days=9)):
        assert cmdb.remind_owners() == 0
    assert not Attestation.objects.owed_by(cast.li_na).exists()


def test_who_asks_what_and_what_is_refused(cast, laptops):
    with pytest.raises(NotAllowed):
        cmdb.open_campaign(actor=cast.chen_hao, name="x", due_on=clock.now().date())
    with pytest.raises(InvalidInput):
        cmdb.open_campaign(actor=cast.wang_fang, name="x", due_on=clock.now().date() - timedelta(days=2))
    with pytest.raises(InvalidInput, match="correct"):
        cmdb.open_campaign(actor=cast.wang_fang, name="x", due_on=clock.now().date(), item_classes=["storage"])
    cmdb.verify_item(laptops[0], actor=cast.chen_hao, how="seen")
    assert ask(cast, only_unsure=True).attestations.count() == 2


def test_the_desk_sees_how_far_it_is(client, cast, laptops):
    campaign = ask(cast)
    cmdb.confirm_records(campaign.attestations.filter(item=laptops[0]), actor=cast.li_na)
    client.force_login(cast.chen_hao)
    page = client.get(reverse("cmdb:campaign", args=[campaign.pk])).content.decode()
    assert "Not answered (2)" in page and "Right (1)" in page and "Close the campaign" not in page
    assert client.post(reverse("cmdb:close-campaign", args=[campaign.pk])).status_code == 403
    assert client.get(reverse("cmdb:new-campaign")).status_code == 403
    client.force_login(cast.wang_fang)
    wrong = client.post(reverse("cmdb:new-campaign"), {"name": "Kept", "due_on": "2001-01-01"})
    assert wrong.status_code == 422 and b"Kept" in wrong.content and b"This day is over." in wrong.content


def test_a_record_is_disputed_on_a_ticket_and_its_owner_is_told(client, cast, laptops, deliver):
    ticket = incidents.report_incident(actor=cast.zhang_wei, title="dead", requester=cast.li_na, service=cast.email,
                                       affected_items=[laptops[0]])  # fmt: skip
    client.force_login(cast.zhang_wei)
    page = client.get(reverse("desk:ticket", args=[ticket.number])).content.decode()
    assert "The record is wrong" in page
    client.post(reverse("desk:dispute-item", args=[ticket.number, laptops[0].pk]), {"why": "It is at home"})
    laptops[0].refresh_from_db()
    assert (laptops[0].trust, laptops[0].disputed_in) == ("disputed", ticket.number)
    other = reverse("desk:dispute-item", args=[ticket.number, laptops[1].pk])
    assert client.post(other, {"why": "x"}).status_code == 404
    deliver()
    assert ticket.number in Mail.objects.get(event__name="item.disputed", user=cast.li_na).text
    shown = client.get(reverse("cmdb:item", args=[laptops[0].pk])).content.decode()
    assert shown.count(ticket.number) >= 2 and "It is at home" in shown
    item = cmdb.verify_item(laptops[0], actor=cast.li_na, how="looked")
    assert (item.dispute, item.disputed_in) == ("", "")


@pytest.mark.parametrize("typed", ["laptop 0", "sn-0", "AA-BB-CC-00-11-00", "aabbcc001100"])
def test_an_item_is_found_by_what_identifies_it(cast, laptops, typed):
    assert [one.slug for one in meant(cast.zhang_wei, typed)] == ["nb-0"]


def test_an_item_is_found_by_its_holder_and_added_to_a_ticket(client, cast, laptops):
    for typed in (cast.li_na.username, "lina", "李娜"):
        assert {one.slug for one in meant(cast.zhang_wei, typed)} == {"nb-0", "nb-1"}, typed
    assert meant(cast.zhang_wei, "--") == [] and meant(cast.zhang_wei, "x") == []
    ticket = incidents.report_incident(actor=cast.zhang_wei, title="t", requester=cast.li_na, service=cast.email)
    client.force_login(cast.zhang_wei)
    asked = {"items": "lina", "items-picked": [laptops[2].pk]}
    offered = client.get(reverse("cmdb:find-items"), asked).content.decode()
    assert offered.count("<input") == 3 and offered.count("checked") == 1
    client.post(reverse("desk:add-items", args=[ticket.number]), {"items-picked": [laptops[0].pk, laptops[2].pk]})
    client.post(reverse("desk:add-items", args=[ticket.number]), {"items": "sn-1"})
    assert ConfigurationItem.objects.filter(tickets=ticket).count() == 3
    assert client.post(reverse("desk:add-items", args=[ticket.number]), {"items": "laptop"}).status_code == 422
    client.post(reverse("desk:remove-item", args=[ticket.number, laptops[2].pk]))
    assert ConfigurationItem.objects.filter(tickets=ticket).count() == 2


def test_what_is_somebody_elses_is_handed_over_on_the_page(client, cast, laptops):
    campaign = ask(cast)
    client.force_login(cast.li_na)
    one = campaign.attestations.get(item=laptops[0].pk)
    url = reverse("portal:hand-over-record", args=[one.pk])
    wrong = client.post(url, {f"to-{one.pk}-person": "nobody like this"})
    assert wrong.status_code == 422 and "nobody like this" in wrong.content.decode()
    assert client.post(url, {f"to-{one.pk}-person": "li.na"}).status_code == 422
    page = client.post(url, {f"to-{one.pk}-person": "zhao.min"}, follow=True).content.decode()
    assert "is asked instead of you now" in page and page.count('name="right"') == 1
    laptops[0].refresh_from_db()
    assert laptops[0].owner == cast.zhao_min
