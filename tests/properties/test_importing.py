"""Sources converge: whatever order they come in, the same items hold the same values; once more changes nothing."""

from itertools import permutations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cmdb.authority import settle
from cmdb.models import ConfigurationItem, Source
from tests.imports import by_hand, held, imported, source, undone

# a failure is shown as it was found: making it smaller would take a quarter of an hour of imports
QUICK = [Phase.explicit, Phase.reuse, Phase.generate]
HOSTS = ("h0", "h1", "h2")
COLUMNS = {"host": "slug", "name": "name_en", "sn": "value_serial_number", "gb": "value_memory",
           "env": "environment", "how": "criticality"}  # fmt: skip
ranks = st.sampled_from([40, 50, 60, 60, 70])
fact = st.fixed_dictionaries({
    "name": st.sampled_from(["a", "b"]), "gb": st.sampled_from(["", "32", "64"]),
    "env": st.sampled_from(["", "test", "production"]), "how": st.sampled_from(["", "1", "3"]),
})  # fmt: skip
sheets = st.tuples(ranks, st.dictionaries(st.sampled_from(["value_memory", "name_en"]), ranks),
                   st.dictionaries(st.sampled_from(HOSTS), fact, min_size=1))  # fmt: skip


def rows_of(facts):
    return [{"host": host, **one, "name": f"{host} {one['name']}", "sn": f"S-{host}"} for host, one in facts.items()]


def landscape():
    return {
        slug: held(slug) for slug in ConfigurationItem.objects.filter(slug__in=HOSTS).values_list("slug", flat=True)
    }


def outcome_of(cast, sheets, before):
    """What is held after these sheets came in this order; the database is as before then."""
    with transaction.atomic():
        for host, values in before.items():
            by_hand(cast, host, values)
        for one, facts in sheets:
            imported(cast, Source.objects.get(slug=one), rows_of(facts), COLUMNS)
        found = landscape()
        again = [imported(cast, Source.objects.get(slug=one), rows_of(facts), COLUMNS) for one, facts in sheets]
        assert all(set(run.counts) == {"same"} for run in again), [run.counts for run in again]
        assert landscape() == found
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(sheets, min_size=2, max_size=3),
    before=st.dictionaries(st.sampled_from(HOSTS), st.sampled_from([{}, {"memory": 32}, {"memory": 16}])),
)
def test_sources_converge_in_whatever_order_they_come(cast, told, before):
    with transaction.atomic():
        made = [(source(cast, f"s{n}", rank=rank, ranks=of).slug, facts) for n, (rank, of, facts) in enumerate(told)]
        outcomes = [outcome_of(cast, order, before) for order in permutations(made)]
        transaction.set_rollback(True)
    assert all(outcome == outcomes[0] for outcome in outcomes), outcomes


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(sheets, min_size=2, max_size=2), before=st.dictionaries(st.sampled_from(HOSTS), st.just({})))
def test_undoing_the_last_source_leaves_what_the_others_said(cast, told, before):
    with transaction.atomic():
        (one, facts), (other, more) = (
            (source(cast, f"s{n}", rank=rank, ranks=of), facts) for n, (rank, of, facts) in enumerate(told)
        )
        for host in before:
            by_hand(cast, host)
        imported(cast, one, rows_of(facts), COLUMNS)
        found = landscape()
        run = undone(cast, imported(cast, other, rows_of(more), COLUMNS))
        assert landscape() == found
        assert not run.lines.exclude(left="").exists()
        transaction.set_rollback(True)


said = st.lists(
    st.tuples(st.sampled_from("abcd"), st.tuples(ranks, st.integers(0, 2)).map(list)), unique_by=lambda s: s[0]
)


@given(said, st.none() | st.integers(0, 2), st.randoms())
def test_no_order_of_voices_changes_what_is_settled(said, by_hand, dice):
    shuffled = list(said)
    dice.shuffle(shuffled)
    assert settle(said, by_hand) == settle(shuffled, by_hand)
