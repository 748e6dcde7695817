"""Claims of deliveries beside one another."""

import threading
import time

import pytest
from django.db import connection, transaction

from events import services as events
from events.models import Delivery
from events.services import delivering
from events.subscribing import Subscription, handlers_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]

DONE = []


def note(event):
    DONE.append(event.pk)


@pytest.fixture
def owed(cast, monkeypatch):
    """A delivery of our own that nobody has claimed yet, and no other."""
    while events.deliver_due():
        pass
    monkeypatch.setattr("itsm.subscriptions.SUBSCRIPTIONS", [Subscription(("thing.*",), later=(note,))])
    handlers_for.cache_clear()
    with transaction.atomic():
        event = events.publish("thing.happened", subject=cast.li_na, actor=None)
    yield Delivery.objects.get(event=event)
    handlers_for.cache_clear()


def test_delivery_whose_row_is_held_for_a_moment_is_done_all_the_same(owed):
    """Another claim that looked at the row a moment too late holds it until its transaction ends."""
    ((pk, attempt),) = delivering._claim(1)
    holds = threading.Event()

    def hold():
        with transaction.atomic():
            Delivery.objects.select_for_update().get(pk=pk)
            holds.set()
            time.sleep(0.5)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert holds.wait(timeout=30)
    delivering._run(pk, attempt)
    holder.join(timeout=30)
    owed.refresh_from_db()
    assert owed.state == "done"
