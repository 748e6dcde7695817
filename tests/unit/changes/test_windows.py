"""Does work fit? Windows of items, of their classes, of the services that fail with them; freezes over all that."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Role
from changes import services as changes
from changes.models import Freeze, MaintenanceWindow
from changes.selectors import windows as fits
from cmdb.models import ItemClass
from core.errors import InvalidInput, NotAllowed
from events.models import Event
from tests.change_calendar import freeze, window
from tests.changes import change_manager
from tests.landscape import landscape

# A Sunday, 01:00 to 05:00 in Shanghai.
OPENS = datetime(2026, 12, 5, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def land(cast):
    return landscape(cast)


@pytest.fixture
def keeper(cast):
    return change_manager(cast)


def verdict(item, start=OPENS, end=OPENS + HOUR):
    return fits.inside_windows([item.pk], start, end)[0]


def test_work_fits_a_window_from_its_first_to_its_last_minute_only(land, keeper):
    window(keeper, items=[land["core"]])
    assert verdict(land["core"], OPENS, OPENS + 4 * HOUR).is_inside
    late = verdict(land["core"], OPENS, OPENS + 4 * HOUR + timedelta(minutes=1))
    assert not late.is_inside and late.missed[0].owner == land["core"]
    assert not verdict(land["core"], OPENS - timedelta(minutes=1), OPENS + HOUR).is_inside


def test_windows_that_touch_are_one(land, keeper):
    window(keeper, items=[land["core"]])
    assert not verdict(land["core"], OPENS + 3 * HOUR, OPENS + 5 * HOUR).is_inside
    window(keeper, "Morning", opens_at=datetime(2026, 1, 1, 5).time(), items=[land["core"]])
    assert verdict(land["core"], OPENS + 3 * HOUR, OPENS + 5 * HOUR).is_inside


def test_own_windows_come_before_those_of_the_class_and_these_before_those_of_services(land, keeper, cast):
    other = OPENS + 48 * HOUR
    window(keeper, "Service", items=[cast.erp])
    assert verdict(land["app"]).missed == [] and verdict(land["app"]).bounds[0].owner.pk == cast.erp.pk
    assert not verdict(land["app"], other, other + HOUR).is_inside
    of_class = ItemClass.objects.get(slug="application")
    window(keeper, "Tuesdays", rule="FREQ=WEEKLY;BYDAY=TU", classes=[of_class])
    assert verdict(land["app"], other, other + HOUR).bounds[0].owner == of_class
    assert verdict(land["app"], other, other + HOUR).is_inside and not verdict(land["app"]).is_inside
    window(keeper, "Own", items=[land["app"]])
    assert verdict(land["app"]).is_inside and verdict(land["app"]).bounds[0].owner == land["app"]


def test_a_class_above_lends_its_windows(land, keeper):
    above = ItemClass.objects.get(slug="server").line()[0]
    window(keeper, classes=[above])
    assert verdict(land["host-1"]).bounds[0].owner == above


def test_what_redundancy_bears_needs_no_window_of_the_service(land, keeper, cast):
    window(keeper, items=[cast.erp])
    noon = OPENS + 12 * HOUR
    assert verdict(land["host-1"], noon, noon + HOUR).is_inside
    assert not verdict(land["core"], noon, noon + HOUR).is_inside  # all three hosts hang on it


def test_the_number_of_statements_does_not_grow_with_the_items(land, keeper, cast, django_assert_num_queries):
    window(keeper, items=[cast.erp])
    for ids in ([land["core"].pk], [item.pk for item in land.values()]):
        with django_assert_num_queries(8):
            fits.inside_windows(ids, OPENS, OPENS + HOUR)


def test_nonsense_is_refused_by_field_and_nothing_is_kept(keeper, land):
    with pytest.raises(InvalidInput) as refused:
        window(keeper, "", rule="FREQ=NEVER", lasts_for=5, zone="Mars/Olympus", until_on=datetime(2025, 1, 1).date())
    assert set(refused.value.fields) == {"name_zh", "rule", "lasts_for", "zone", "until_on", "items"}
    with pytest.raises(InvalidInput) as refused:
        freeze(keeper, OPENS, OPENS, "", reason=" ", scope="services")
    assert set(refused.value.fields) == {"name_zh", "reason", "until_at", "services"}
    assert not MaintenanceWindow.objects.exists() and not Freeze.objects.exists()


def test_only_the_change_manager_keeps_them_and_the_ledger_knows(cast, keeper, land):
    for who in (cast.chen_hao, cast.wang_fang):
        with pytest.raises(NotAllowed):
            window(who, items=[land["core"]])
        with pytest.raises(NotAllowed):
            freeze(who, OPENS, OPENS + HOUR)
    kept = window(keeper, items=[land["core"]])
    changes.discard_window(kept, actor=keeper)
    assert list(Event.objects.filter(subject_kind="maintenance-window").values_list("name", "actor")) == [
        ("window.kept", keeper.pk), ("window.discarded", keeper.pk),
    ]  # fmt: skip


def over(items, **more):
    return [one.freeze for one in fits.freezes_over([item.pk for item in items], OPENS, OPENS + HOUR, **more)]


def test_a_freeze_holds_for_its_time_and_its_scope(cast, keeper, land):
    everything = freeze(keeper, OPENS, OPENS + HOUR)
    freeze(keeper, OPENS + HOUR, OPENS + 2 * HOUR, "Later")
    assert over([land["core"]]) == [everything]
    changes.discard_freeze(everything, actor=keeper)
    of_service = freeze(keeper, OPENS, OPENS + HOUR, scope="services", services=[cast.erp])
    # One host of three may fail, but while the service is frozen nobody uses up what it relies on.
    assert over([land["host-1"]]) == [of_service] and over([cast.email]) == []
    assert over([cast.email], service=cast.erp.pk) == [of_service]
    changes.discard_freeze(of_service, actor=keeper)
    servers = freeze(
        keeper, OPENS, OPENS + HOUR, scope="classes", classes=[ItemClass.objects.get(slug="server").line()[0]]
    )
    assert over([land["host-1"]]) == [servers] and over([cast.email]) == []
    changes.discard_freeze(servers, actor=keeper)
    of_team = freeze(keeper, OPENS, OPENS + HOUR, scope="teams", teams=[cast.network])
    assert over([land["host-1"]]) == [of_team]  # the network team supports it
    assert over([cast.erp]) == [] and over([cast.erp], team=cast.network.pk) == [of_team]


def test_a_freeze_excepts_implementers_by_role(cast, keeper, land):
    freeze(keeper, OPENS, OPENS + HOUR, excepted_roles=[Role.EXPERT])
    assert over([land["core"]], implementer=cast.chen_hao) == []
    assert len(over([land["core"]], implementer=cast.zhang_wei)) == len(over([land["core"]])) == 1


def test_a_freeze_of_another_scope_lets_go_what_it_named(cast, keeper):
    row = freeze(keeper, OPENS, OPENS + HOUR, scope="services", services=[cast.erp])
    changes.keep_freeze(row, actor=keeper, scope="teams", teams=[cast.network])
    assert list(row.services.all()) == [] and list(row.named()) == [cast.network]
