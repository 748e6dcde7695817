"""The life of a problem: what each step asks for, and who sees it."""

import pytest

from core.errors import InvalidInput, NotAllowed, Refused
from problems import services
from problems.models import Problem
from tests.problems import FOUND, investigated, known_error, raised
from tickets import services as tickets
from tickets.models import Ticket, TicketLink

pytestmark = pytest.mark.django_db


def test_only_people_of_the_desk_raise_one_and_nobody_else_ever_sees_it(cast, incident):
    with pytest.raises(NotAllowed):
        services.open_problem(actor=cast.li_na, title="x")
    problem = raised(cast, incidents=[incident])
    assert problem.number.startswith("PRB")
    tickets.watch(problem, user=cast.li_na, actor=cast.chen_hao)
    for person, sees in ((cast.li_na, False), (cast.stranger, False), (cast.chen_hao, True), (cast.wang_fang, True)):
        assert Problem.objects.visible_to(person).filter(pk=problem.pk).exists() == sees
        assert Ticket.objects.visible_to(person).filter(pk=problem.pk).exists() == sees
    link = TicketLink.objects.get(source=incident, target=problem.pk)
    assert link.kind == TicketLink.Kind.CAUSED_BY


def test_a_known_error_needs_a_cause_a_method_and_a_workaround_or_none(cast):
    problem = investigated(cast)
    with pytest.raises(Refused, match="root cause"):
        tickets.take_transition(problem, "declare_known_error", actor=cast.chen_hao)
    for name in ("root_cause", "no_method_reason"):
        problem = services.describe(problem, actor=cast.chen_hao, values={name: FOUND[name]})
        with pytest.raises(Refused, match="workaround"):
            tickets.take_transition(problem, "declare_known_error", actor=cast.chen_hao)
    problem = services.describe(problem, actor=cast.chen_hao, values={"has_no_workaround": True})
    with pytest.raises(InvalidInput):
        services.describe(problem, actor=cast.chen_hao, values={"workaround": "Restart"})
    problem = tickets.take_transition(problem, "declare_known_error", actor=cast.chen_hao)
    assert problem.state == "known_error"


def test_a_fix_needs_a_change(cast):
    with pytest.raises(Refused, match="change"):
        tickets.take_transition(known_error(cast), "begin_fix", actor=cast.chen_hao)
