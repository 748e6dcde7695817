"""Which open problems a new incident belongs to, and why."""

import pytest
from django.utils import translation

from incidents import services as incidents
from problems.selectors.matching import matches
from tests.landscape import landscape
from tests.problems import known_error, raised
from tickets import services as tickets
from tickets.models import Category

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def report(cast, title="Cannot print", **values):
    return incidents.report_incident(actor=cast.li_na, title=title, **{"service": cast.erp} | values)


def test_the_same_item_fits_and_says_so(cast):
    land = landscape(cast)
    problem = raised(cast, items=[land["core"]])
    raised(cast, items=[land["host-1"]], title="Something else")
    found = matches(report(cast, affected_items=[land["core"]]))
    assert [(one.problem, one.why) for one in found] == [(problem, ("same item: Core",))]


def test_the_same_service_needs_its_category_or_like_words_in_either_language(cast):
    category = Category.objects.create(slug="reports", name_en="Reports")
    slow = raised(cast, items=[], title="报表导出很慢", service=cast.erp)
    raised(cast, items=[], title="报表导出很慢", service=cast.email)
    assert [one.problem for one in matches(report(cast, "Exporting reports is slow"))] == [slow]
    assert matches(report(cast, "Cannot log in")) == []
    filed = raised(cast, items=[], title="Reports are wrong", service=cast.erp, category=category)
    found = matches(report(cast, "Totals do not add up", category=category))
    assert [(one.problem, one.why) for one in found] == [(filed, ("same category", "same service"))]


def test_words_of_the_incidents_it_causes_count_and_what_is_linked_or_over_does_not(cast, deliver):
    first = report(cast, "VPN certificate expired")
    deliver()
    problem = raised(cast, items=[], title="PKI", service=cast.erp, incidents=[first])
    assert [one.problem for one in matches(report(cast, "证书过期 VPN"))] == [problem]
    assert matches(first) == []
    tickets.take_transition(problem, "cancel", actor=cast.chen_hao, values={"reason": "no"})
    assert matches(report(cast, "证书过期 VPN")) == []


def test_known_errors_are_matched(cast):
    land = landscape(cast)
    known = known_error(cast, items=[land["core"]])
    assert [one.problem for one in matches(report(cast, affected_items=[land["core"]]))] == [known]
