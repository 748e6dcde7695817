"""An import and a person, one number: whoever is second sees the first."""

import threading

import pytest
from django.db import connection
from django.utils import translation

from cmdb import services as cmdb
from cmdb.models import ConfigurationItem, ItemClass
from cmdb.services import importing
from cmdb.services.importing import working
from core.errors import InvalidInput
from tests.imports import by_hand, checked, imported, source

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]

ROW = {"host": "srv-1", "name": "One", "sn": "S-1", "ip": "10.0.0.1", "gb": "64"}
SERVERS = {"values__serial_number": "S-1"}


def in_a_thread(action):
    """Run `action` beside the test, on a connection of its own; returns a list that its outcome is put into, and how to
    wait for it."""
    outcome = []

    def run():
        try:
            with translation.override("en"):
                outcome.append(action())
        except Exception as error:
            outcome.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return outcome, lambda: thread.join(timeout=20)


@pytest.fixture
def while_writing(monkeypatch):
    """`while_writing(action, before)`: run `action` beside the import once all is written and before it commits, either
    before its last look or after it."""

    def arrange(action, *, before):
        real, seen = working.unique.look_again, []

        def looks(*args):
            if before and not seen:
                seen.append(in_a_thread(action))
                seen[0][1]()
            real(*args)
            if not before and not seen:
                seen.append(in_a_thread(action))
                # it waits at the closed door: nothing happens until the import is over
                threading.Event().wait(0.5)
                assert not seen[0][0]

        monkeypatch.setattr(working.unique, "look_again", looks)
        return seen

    return arrange


def enter(cast, **facts):
    """Somebody enters the serial number of the file."""
    server = ItemClass.objects.get(slug="server")
    return cmdb.create_item(actor=cast.chen_hao, item_class=server, slug="hand", name_en="hand",
                            values={"serial_number": "S-1"}, **facts)  # fmt: skip


def test_what_somebody_entered_while_an_import_wrote_is_seen_and_shown(cast, while_writing):
    run = checked(cast, source(cast), [ROW])
    seen = while_writing(lambda: enter(cast), before=True)
    importing.order_apply(run, actor=cast.chen_hao)
    importing.work(run.pk)
    run.refresh_from_db()
    assert isinstance(seen[0][0][0], ConfigurationItem)
    assert ConfigurationItem.objects.filter(**SERVERS).count() == 1
    assert run.state == "planned" and run.counts == {"update": 1} and "Look at it again" in run.problem


def test_whoever_comes_while_an_import_ends_waits_and_is_refused(cast, while_writing):
    run = checked(cast, source(cast), [ROW])
    seen = while_writing(lambda: enter(cast), before=False)
    importing.order_apply(run, actor=cast.chen_hao)
    importing.work(run.pk)
    outcome, wait = seen[0]
    wait()
    assert isinstance(outcome[0], InvalidInput) and list(outcome[0].fields) == ["value_serial_number"]
    assert ConfigurationItem.objects.filter(**SERVERS).count() == 1
    run.refresh_from_db()
    assert run.state == "applied"


def test_a_number_that_was_given_away_meanwhile_is_not_given_back(cast, while_writing):
    by_hand(cast, "srv-1", {"serial_number": "S-1"})
    run = imported(cast, source(cast, rank=80, rules=[["slug"]]), [ROW | {"sn": "S-2"}])
    seen = while_writing(lambda: enter(cast), before=True)
    importing.order_undo(run, actor=cast.chen_hao)
    importing.work(run.pk)
    run.refresh_from_db()
    assert isinstance(seen[0][0][0], ConfigurationItem) and run.state == "undone"
    assert ConfigurationItem.objects.get(slug="srv-1").values["serial_number"] == "S-2"
    assert "Another item has this value already. (S-1)" in run.lines.get().left
    assert ConfigurationItem.objects.filter(**SERVERS).count() == 1


def test_an_agent_that_reports_what_somebody_enters_finds_the_item(cast, monkeypatch):
    agents = source(cast, "agents", kind="agent")
    real, seen = importing.reporting.unique.look_again, []

    def looks(*args):
        if not seen:
            seen.append(in_a_thread(lambda: enter(cast)))
            seen[0][1]()
        real(*args)

    monkeypatch.setattr(importing.reporting.unique, "look_again", looks)
    report = importing.take_report(agents, key="a-1", cells={"slug": "found", "name_en": "found",
                                                             "value_serial_number": "S-1"})  # fmt: skip
    assert report.item.slug == "hand" and ConfigurationItem.objects.filter(**SERVERS).count() == 1
