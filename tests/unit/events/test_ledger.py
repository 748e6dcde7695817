"""The ledger: append-only, proven, delivered once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from core import clock
from events import services as events
from events.models import DaySeal, Delivery, Event
from events.services import delivering
from events.subscribing import Subscription, handlers_for

pytestmark = pytest.mark.django_db
HEARD = []


def hear(event):
    HEARD.append(event.pk)


def fail(event):
    raise ValueError("the handler is broken")


@pytest.fixture
def subscribed(monkeypatch):
    """Only the given subscriptions exist."""

    def use(*subscriptions):
        monkeypatch.setattr("itsm.subscriptions.SUBSCRIPTIONS", list(subscriptions))
        handlers_for.cache_clear()

    HEARD.clear()
    yield use
    handlers_for.cache_clear()


def publish(cast, name="thing.happened", **data):
    with transaction.atomic():
        return events.publish(name, subject=cast.li_na, actor=cast.li_na, **data)


def forge(sql, event):
    """What only the owner of the database could do: switch the guard off and rewrite history."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE events_event DISABLE TRIGGER events_event_refuse")
        cursor.execute(sql, [event.pk])


@pytest.mark.django_db(transaction=True)
def test_event_outside_a_transaction_is_refused(cast):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        events.publish("thing.happened", subject=cast.li_na, actor=None)


@pytest.mark.parametrize("sql", ["UPDATE events_event SET name = 'x'", "DELETE FROM events_event"])
def test_event_cannot_be_changed_or_deleted_even_by_sql(cast, sql):
    publish(cast)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_now_handler_that_fails_undoes_the_event(cast, subscribed):
    subscribed(Subscription(("thing.*",), now=(fail,)))
    before = Event.objects.count()
    with pytest.raises(ValueError, match="broken"):
        publish(cast)
    assert Event.objects.count() == before


def test_later_handler_runs_once_and_only_for_its_names(cast, subscribed, deliver):
    subscribed(Subscription(("thing.*",), later=(hear,)), Subscription(("other.*",), later=(hear,)))
    event = publish(cast)
    assert HEARD == []
    deliver()
    deliver()
    assert [event.pk] == HEARD
    assert Delivery.objects.get(event=event).state == "done"


def test_failing_delivery_is_retried_with_back_off_and_ends_dead_and_can_be_replayed(cast, subscribed, deliver):
    subscribed(Subscription(("thing.*",), later=(fail,)))
    event = publish(cast)
    for attempt in range(1, delivering.MAX_ATTEMPTS + 1):
        Delivery.objects.filter(event=event).update(not_before=clock.now() - timedelta(seconds=1))
        assert events.deliver_due() == 1
        delivery = Delivery.objects.get(event=event)
        assert delivery.attempts == attempt
        assert "the handler is broken" in delivery.last_error
    assert delivery.state == "dead"
    assert deliver() == 0
    events.replay(delivery)
    assert events.deliver_due() == 1


def test_silence_owes_nothing(cast, subscribed):
    subscribed(Subscription(("thing.*",), later=(hear,)))
    with events.silence():
        event = publish(cast)
    assert not event.deliveries.exists()


def test_reactions_name_their_cause_and_a_loop_is_cut(cast, subscribed):
    def again(event):
        events.publish("thing.happened", subject=cast.li_na, actor=None)

    subscribed(Subscription(("thing.*",), now=(again,)))
    with pytest.raises(RuntimeError, match="a loop"):
        publish(cast)


def test_sealed_days_verify_until_a_row_is_forged(cast):
    first = publish(cast)
    with clock.travel(clock.now() + timedelta(days=2)):
        assert events.seal_finished_days() >= 1
        assert events.seal_finished_days() == 0
    assert events.verify().ok
    forge("UPDATE events_event SET name = 'forged' WHERE id = %s", first)
    verdict = events.verify()
    assert (verdict.ok, verdict.event_id) == (False, first.pk)


def test_removed_row_breaks_the_seal_of_its_day(cast):
    event = publish(cast)
    with clock.travel(clock.now() + timedelta(days=2)):
        events.seal_finished_days()
    forge("DELETE FROM events_event WHERE id = %s", event)
    assert events.verify().day == DaySeal.objects.get(count__gt=0).day
