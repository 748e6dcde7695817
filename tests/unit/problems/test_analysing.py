"""Analyses of a problem: begun, saved by two at once, with evidence and actions, and what the problem knows of them."""

from datetime import date

import pytest

from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from problems import services
from problems.causes import outline
from problems.causes.outline import Row
from problems.models import AnalysisTemplate
from problems.selectors.analysis import tree_at
from problems.selectors.happenings import happenings
from tests.changes import planned
from tests.problems import closed, investigated
from tickets import services as tickets
from tickets.models import TicketLink

pytestmark = pytest.mark.django_db


def begun(cast, text="The power supply is old\n  Nobody replaces it in time", method="whys"):
    analysis = services.begin_analysis(investigated(cast), actor=cast.chen_hao, method=method, head="It restarts")
    return services.save_outline(
        analysis, actor=cast.chen_hao, rows=outline.rows_of_text(text), head="It restarts", version=1
    )


def _save(analysis, rows, *, actor, version):
    return services.save_outline(analysis, actor=actor, rows=rows, head="It restarts", version=version)


def _texts(analysis):
    return [(depth, node.text) for depth, node in analysis.tree.walk()]


def test_a_template_is_begun_with_and_every_state_is_kept(cast):
    template = AnalysisTemplate.objects.get(name_en="4P for services")
    problem = investigated(cast)
    analysis = services.begin_analysis(problem, actor=cast.chen_hao, method="whys", template=template)
    assert analysis.method == "fishbone" and analysis.tree.head == problem.title
    assert [text for _depth, text in _texts(analysis)][:2] == ["People", "Processes"]
    assert {node.by for node in analysis.tree.roots} == {"chen.hao"}
    saved = _save(analysis, [Row("", 0, "Partners")], actor=cast.chen_hao, version=1)
    assert _texts(saved) == [(0, "Partners")]
    assert len(tree_at(saved, 1).roots) == 4 and tree_at(saved, 7) is None
    events = Event.objects.filter(name__startswith="problem.analysis").order_by("pk")
    assert [event.name for event in events] == ["problem.analysis_begun", "problem.analysis_changed"]


def test_two_editors_of_different_causes_both_keep_what_they_did(cast):
    analysis = begun(cast)
    first, second = outline.rows_of(analysis.tree)
    _save(analysis, [first, Row(second.id, 1, "Nobody plans it", "confirmed")], actor=cast.wang_fang, version=2)
    both = _save(analysis, [first, second, Row("", 1, "No alarm")], actor=cast.chen_hao, version=2)
    assert _texts(both) == [(0, "The power supply is old"), (1, "Nobody plans it"), (1, "No alarm")]
    assert both.tree.roots[0].children[0].by == "wang.fang" and both.version == 4


def test_two_editors_of_one_cause_are_told_and_nothing_is_lost(cast):
    analysis = begun(cast)
    first, second = outline.rows_of(analysis.tree)
    _save(analysis, [Row(first.id, 0, "theirs"), second, Row("", 0, "added")], actor=cast.wang_fang, version=2)
    mine = [Row(first.id, 0, "mine"), second]
    with pytest.raises(services.Overtaken) as refusal:
        _save(analysis, mine, actor=cast.chen_hao, version=2)
    told = refusal.value
    assert [(clash.mine, clash.theirs) for clash in told.clashes] == [("mine", "theirs")]
    assert told.analysis.changed_by == cast.wang_fang and told.more["current"] == 3
    analysis.refresh_from_db()
    assert _texts(analysis)[0] == (0, "theirs")
    again = _save(analysis, outline.rows_of(told.tree), actor=cast.chen_hao, version=3)
    assert [text for _depth, text in _texts(again)] == ["mine", "Nobody replaces it in time", "added"]


def test_saving_what_is_there_already_is_no_change(cast):
    analysis = begun(cast)
    assert _save(analysis, outline.rows_of(analysis.tree), actor=cast.chen_hao, version=2).version == 2


def test_the_problem_knows_when_a_leaf_is_confirmed(cast):
    analysis = begun(cast)
    assert not analysis.has_confirmed_leaf
    first, second = outline.rows_of(analysis.tree)
    _save(analysis, [first, Row(second.id, 1, second.text, "confirmed")], actor=cast.chen_hao, version=2)
    assert analysis.problem.analyses.get().has_confirmed_leaf


def test_an_action_is_a_task_of_the_problem_with_its_owner(cast):
    analysis = begun(cast)
    node = analysis.tree.roots[0]
    due = date(2026, 4, 1)
    said = {"text": "Plan replacements", "owner": cast.zhang_wei, "due": due}
    saved = services.add_action(analysis, node.id, actor=cast.chen_hao, **said)
    action = saved.tree.roots[0].actions[0]
    task = saved.problem.tasks.get(key=action.id)
    assert (task.title, task.assignee, action.due) == ("Plan replacements", cast.zhang_wei, "2026-04-01")
    assert task.due_on == due and not task.is_mandatory
    with pytest.raises(InvalidInput):
        services.add_action(analysis, node.id, actor=cast.chen_hao, **said | {"owner": cast.li_na})


def test_what_is_imported_is_identical_and_its_actions_are_taken_on(cast):
    analysis = begun(cast)
    node = analysis.tree.roots[0]
    services.add_action(analysis, node.id, actor=cast.chen_hao, text="Plan", owner=cast.zhang_wei, due=date(2026, 4, 1))
    analysis.refresh_from_db()
    problem = investigated(cast, items=[])
    other = services.begin_analysis(problem, actor=cast.chen_hao, method="whys", tree=analysis.tree)
    assert other.tree == analysis.tree and other.problem.tasks.count() == 0
    action = other.tree.actions()[0]
    services.take_on(other, action.id, actor=cast.chen_hao, owner=cast.chen_hao)
    assert other.problem.tasks.get().assignee == cast.chen_hao
    with pytest.raises(Refused):
        services.take_on(other, action.id, actor=cast.chen_hao, owner=cast.chen_hao)


def test_evidence_is_added_and_taken_away_whatever_others_do_meanwhile(cast):
    analysis = begun(cast)
    node = analysis.tree.roots[0]
    services.add_evidence(analysis, node.id, actor=cast.chen_hao, kind="metric", ref="temp", text="71 °C")
    saved = services.add_evidence(analysis, node.id, actor=cast.wang_fang, kind="note", ref="", text="It was hot")
    assert [one.text for one in saved.tree.roots[0].evidence] == ["71 °C", "It was hot"]
    gone = services.remove_evidence(analysis, node.id, actor=cast.chen_hao, kind="metric", ref="temp", text="71 °C")
    assert [one.text for one in gone.tree.roots[0].evidence] == ["It was hot"]
    with pytest.raises(InvalidInput):
        services.add_evidence(analysis, node.id, actor=cast.chen_hao, kind="note", ref="", text=" ")


def test_only_who_investigates_an_open_problem_analyses_it(cast):
    analysis = begun(cast)
    with pytest.raises(NotAllowed):
        services.begin_analysis(analysis.problem, actor=cast.li_na, method="whys")
    with pytest.raises(NotAllowed):
        services.keep_template(AnalysisTemplate(), actor=cast.zhang_wei, name_en="x")
    tickets.take_transition(analysis.problem, "cancel", actor=cast.chen_hao, values={"reason": "x"})
    with pytest.raises(Refused):
        _save(analysis, [], actor=cast.chen_hao, version=2)


def test_what_happened_is_told_in_the_order_in_which_it_happened(cast):
    told = happenings(begun(cast).problem, cast.chen_hao)
    assert [one.text for one in told] == ["The problem was written down"]


def test_a_change_that_a_problem_or_its_incident_is_caused_by_stands_in_the_line_of_time(cast, incident):
    problem = begun(cast).problem
    services.link_incident(problem, incident, actor=cast.chen_hao)
    for source in (problem, incident):
        change = planned(cast, items=[cast.email])
        tickets.link(source, change, kind=TicketLink.Kind.CAUSED_BY, actor=None)
        closed(cast, change)
        assert change in [one.ticket for one in happenings(problem, cast.chen_hao)]
