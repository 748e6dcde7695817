"""The demo's reading path: one newcomer finishes it, another is on the way."""

from types import SimpleNamespace

import pytest

from core import clock
from demo.teaching import READ, teach
from knowledge.models import Certificate, Enrolment
from knowledge.selectors.learning import progress
from tests import articles

pytestmark = pytest.mark.django_db


def test_one_finishes_and_one_is_on_the_way(cast):
    people = {"zhang.wei": cast.zhang_wei, "sun.lei": cast.chen_hao, "he.xiaoyu": cast.liu_yang}
    written = {place: articles.published(cast, title=f"第 {place} 篇").article for place in READ}
    for at in teach(SimpleNamespace(people=people, teams={"service-desk": cast.desk}), written):
        assert at > clock.now()
    assert Certificate.objects.get().enrolment.user == cast.chen_hao
    on_the_way = progress(Enrolment.objects.get(user=cast.liu_yang))
    assert (on_the_way.done, on_the_way.counted) == (1, 3)
