"""Two people at one instant on problems: whoever comes second finds what the first one did, and nothing is half."""

import pytest

from core.errors import Refused
from incidents import services as incidents
from problems import services
from problems.models import Problem
from tests.problems import known_error, raised
from tests.races.together import together
from tickets import services as tickets
from tickets.models import TicketLink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def refused(outcomes):
    """What was refused; anything else that went wrong is a failure."""
    wrong = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert not wrong, wrong
    return [one for one in outcomes if isinstance(one, Refused)]


def test_of_two_that_are_closed_as_duplicates_of_each_other_one_stays(cast, incident):
    pair = [raised(cast, incidents=[incident]), raised(cast)]
    outcomes = together(2, lambda n: services.close_as_duplicate(pair[n], pair[1 - n], actor=cast.chen_hao))
    assert len(refused(outcomes)) == 1
    stays = Problem.objects.get(is_open=True)
    assert list(stays.incidents()) == [incident.ticket_ptr]


def test_nobody_links_to_what_becomes_a_duplicate(cast, incident):
    original, double = raised(cast), raised(cast)
    acts = [
        lambda: services.close_as_duplicate(double, original, actor=cast.chen_hao),
        lambda: services.link_incident(double, incident, actor=cast.zhang_wei),
    ]
    late = refused(together(2, lambda n: acts[n]()))
    links = TicketLink.objects.filter(source=incident, kind=TicketLink.Kind.CAUSED_BY)
    assert [link.target_id for link in links] == ([] if late else [original.pk])


def test_a_workaround_is_published_once(cast, deliver):
    incident = incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp)
    problem = known_error(cast, incidents=[incident])
    publish = services.publish_workaround
    late = refused(together(2, lambda n: publish(problem, actor=cast.chen_hao, language="en")))
    deliver()
    assert len(late) == 1 and incident.comments.count() == 1 and problem.article_links.count() == 1


def test_a_step_is_taken_once(cast):
    problem = raised(cast)
    outcomes = together(2, lambda n: tickets.take_transition(problem, "assess", actor=cast.chen_hao))
    assert len(refused(outcomes)) == 1
