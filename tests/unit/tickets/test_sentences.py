"""Every event of the ledger reads as a sentence, never as its own name."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import translation

from incidents.workflow import INCIDENT
from tickets.sentences import Names, sentence

ROOT = Path(__file__).parents[3]


def published():
    """Event names on tickets: those of the workflow table and those written out in services."""
    found = {f"incident.{transition.done}" for transition in INCIDENT.transitions}
    for path in ROOT.glob("*/services/*.py"):
        found.update(re.findall(r'"((?:ticket|incident|survey)\.[a-z_]+)"', path.read_text("utf-8")))
    return sorted(found)


@pytest.mark.django_db
@pytest.mark.parametrize("name", published())
def test_every_event_on_a_ticket_reads_as_a_sentence_in_chinese(name):
    event = SimpleNamespace(name=name, data={})
    with translation.override("zh-hans"):
        said = sentence(event, Names([event]))
    assert name not in said
    assert re.search(r"[\u4e00-\u9fff]", said), said
