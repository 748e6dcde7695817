"""Two people merge at once: one does, the other is told where the record went; nothing is lost between them."""

import pytest

from cmdb import services as cmdb
from cmdb.models import ConfigurationItem, RelationType
from core.errors import Refused
from tests.imports import by_hand
from tests.races.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_two_who_merge_each_way_at_once_leave_one_record_that_is_in_use(cast):
    one, other = by_hand(cast, "srv-1"), by_hand(cast, "srv-01")
    ways = [(one, other), (other, one)]
    outcomes = together(4, lambda n: cmdb.merge_items(*ways[n % 2], actor=(cast.wang_fang, cast.admin)[n // 2]))
    assert sum(isinstance(outcome, ConfigurationItem) for outcome in outcomes) == 1
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert len(refused) == 3 and all("was merged into" in str(one) for one in refused)
    assert ConfigurationItem.objects.filter(pk__in=[one.pk, other.pk], merged_into=None).count() == 1


def test_what_is_related_while_it_is_merged_is_related_to_the_survivor_or_refused(cast):
    one, gone = by_hand(cast, "srv-1"), by_hand(cast, "srv-01")
    others, verb = [by_hand(cast, f"app-{letter}") for letter in "xyz"], RelationType.objects.get(slug="runs-on")

    def act(n):
        if n == 3:
            return cmdb.merge_items(one, gone, actor=cast.wang_fang)
        return cmdb.relate(others[n], gone, verb, actor=cast.chen_hao)

    outcomes = together(4, act)
    assert isinstance(outcomes[3], ConfigurationItem)
    made = [outcome for outcome in outcomes[:3] if not isinstance(outcome, Refused)]
    assert not gone.relations_in.exists() and one.relations_in.count() == len(made)
