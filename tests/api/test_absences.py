"""Absences through the API: arranged, listed and ended by whoever may, with what they leave open."""

from datetime import timedelta

import pytest

from accounts import services as people
from accounts.models import Delegation
from core import clock

pytestmark = pytest.mark.django_db


def test_the_api_arranges_lists_and_ends(api, cast):
    chief = api(cast.wang_fang)
    start = clock.now() + timedelta(days=1)
    span = {"from_at": start, "until_at": start + timedelta(days=2)}
    given = {name: at.isoformat() for name, at in span.items()} | {"substitute": cast.liu_yang.pk}
    people.arrange_absence(cast.liu_yang, cast.zhang_wei, actor=cast.liu_yang, **span)
    made = chief.post("/api/v1/absences/", given | {"person": cast.chen_hao.pk}, format="json")
    assert made.status_code == 201 and made.json()["person"]["username"] == "chen.hao"
    assert "Liu Yang is away too" in made.json()["warnings"][0]
    assert chief.post("/api/v1/absences/", given | {"person": cast.li_na.pk}, format="json").status_code == 403
    assert chief.post("/api/v1/absences/", {"substitute": cast.liu_yang.pk}, format="json").status_code == 422
    path = f"/api/v1/absences/{made.json()['id']}/"
    seen = [row["id"] for row in chief.get(f"/api/v1/absences/?person={cast.chen_hao.pk}&lasts=true").json()["results"]]
    assert seen == [made.json()["id"]]
    assert api(cast.liu_yang).delete(path).status_code == 403
    assert api(cast.li_na).get(path).status_code == 404
    assert chief.delete(path).status_code == 204
    assert not Delegation.objects.filter(person=cast.chen_hao).exists()
