"""The first tickets under an agreement, at the same instant and after one that was rolled back."""

import pytest
from django.db import transaction

from incidents import services as incidents
from sla.models import Clock, Terms
from sla.services import matching
from tests import agreements
from tests.races.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_those_who_write_the_same_terms_in_different_orders_never_wait_for_one_another():
    for n in range(40):
        contents = [{"metric": "response", "round": n, "row": row} for row in range(30)]
        first, second = together(2, lambda thread, rows=contents: matching.stored(rows[:: 1 - 2 * thread]))
        assert first == second[::-1]
    assert Terms.objects.count() == 40 * 30


def test_first_ticket_that_was_rolled_back_leaves_no_trace_for_the_next_in_the_same_process(cast):
    """Its terms went with it; whoever still held their keys could start no clock until the process ended."""
    agreements.in_force(cast)
    with pytest.raises(ZeroDivisionError):
        _reported_and_rolled_back(cast)
    assert not Terms.objects.exists()
    ticket = report(cast)
    assert Clock.objects.filter(ticket=ticket).count() == 2


@transaction.atomic
def _reported_and_rolled_back(cast):
    report(cast)
    raise ZeroDivisionError


def report(cast):
    return incidents.report_incident(actor=cast.li_na, title="慢", service=cast.erp, impact=2, urgency=2)
