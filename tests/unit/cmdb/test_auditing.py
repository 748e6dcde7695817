"""Samples drawn at random, checked fact by fact, and what may be said of all records from them."""

import pytest
from django.urls import reverse

from cmdb import rules
from cmdb import services as cmdb
from cmdb.models import Sample
from cmdb.selectors import auditing
from core.errors import InvalidInput, NotAllowed, Refused
from tests.landscape import landscape


@pytest.fixture
def land(cast):
    return landscape(cast)


@pytest.mark.parametrize(
    ("right", "checked", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (27, 30, 0.7438, 0.9654), (81, 263, 0.2553, 0.3662)],
)  # the last is the example of Newcombe (1998), method 3
def test_the_interval_is_that_of_wilson(right, checked, low, high):
    assert rules.wilson(right, checked) == pytest.approx((low, high), abs=0.0001)
    assert rules.wilson(0, 0) is None


def test_a_seed_draws_the_same_sample_again(cast, land):
    first = cmdb.draw_sample(actor=cast.wang_fang, name="One", size=4, seed=7)
    again = cmdb.draw_sample(actor=cast.wang_fang, name="Two", size=4, seed=first.seed)
    drawn = [list(one.samples.values_list("item", flat=True)) for one in (first, again)]
    assert drawn[0] == drawn[1] and len(set(drawn[0])) == 4
    servers = cmdb.draw_sample(actor=cast.wang_fang, name="Servers", size=99, item_classes=["infrastructure"])
    assert (servers.population, servers.samples.count()) == (3, 3)
    with pytest.raises(NotAllowed):
        cmdb.draw_sample(actor=cast.chen_hao, name="x", size=1)
    with pytest.raises(InvalidInput):
        cmdb.draw_sample(actor=cast.wang_fang, name="x", size=0)


def test_what_is_right_is_verified_what_is_wrong_disputed_and_both_are_counted(cast, land):
    audit = cmdb.draw_sample(actor=cast.wang_fang, name="Servers", size=3, item_classes=["server"])
    good, bad, left = audit.samples.select_related("item").order_by("item__slug")
    findings = {key: "" for key, _name, _words in auditing.facts_to_check(cast.chen_hao, good.item)}
    assert {"owner", "state", "memory"} <= findings.keys()
    cmdb.check_record(good, actor=cast.chen_hao, findings=findings)
    cmdb.check_record(bad, actor=cast.chen_hao, findings=findings | {"memory": "it has 128"})
    with pytest.raises(Refused, match="meanwhile"):
        cmdb.check_record(bad, actor=cast.chen_hao, findings=findings)
    with pytest.raises(InvalidInput):
        cmdb.check_record(left, actor=cast.chen_hao, findings={"owner": ""})
    for one in (good, bad):
        one.item.refresh_from_db()
    assert (good.item.trust, bad.item.trust, bad.item.dispute) == ("verified", "disputed", "Memory: it has 128")
    whole, facts = auditing.accuracy(list(auditing.samples_of(cast.chen_hao, audit)))
    assert (whole.right, whole.checked, whole.percent) == (1, 2, 50.0)
    assert (facts[0].name, facts[0].right, facts[0].checked) == ("Memory", 1, 2)
    assert all(one.right == 2 for one in facts[1:])


def test_a_record_is_checked_on_screen_and_nothing_typed_is_lost(client, cast, land):
    for person in (cast.wang_fang, cast.chen_hao):
        person.language = "en"
        person.save()
    client.force_login(cast.wang_fang)
    made = client.post(reverse("cmdb:new-audit"), {"name": "Switches", "size": 5, "item_classes": ["switch"]})
    sample = Sample.objects.get()
    assert made.url == reverse("cmdb:audit", args=[sample.audit_id])
    client.force_login(cast.chen_hao)
    page = client.get(reverse("cmdb:check-record", args=[sample.pk])).content.decode()
    assert "Support team: " in page and "checked" not in page.split("audit-form")[1].split("</form>")[0]
    keys = [key for key, _name, _words in auditing.facts_to_check(cast.chen_hao, sample.item)]
    given = {f"is_{key}": "right" for key in keys} | {"is_owner": "wrong"}
    half = client.post(reverse("cmdb:check-record", args=[sample.pk]), given)
    assert half.status_code == 422 and b"Say what is wrong." in half.content
    client.post(reverse("cmdb:check-record", args=[sample.pk]), given | {"note_owner": "It is 陈浩"})
    shown = client.get(reverse("cmdb:audit", args=[sample.audit_id])).content.decode()
    assert "0.0 to 79.3 % with 95 % confidence" in shown and "0 of 1 checked records" in shown
    assert client.get(reverse("cmdb:new-audit")).status_code == 403
