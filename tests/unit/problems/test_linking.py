"""Incidents behind which a problem stands: linked, answered, moved, and those that wait for it."""

import pytest

from core.errors import InvalidInput, NotAllowed, Refused
from incidents import services as incidents
from knowledge.models import ArticleVersion
from problems import services
from problems.models import Problem
from tests.problems import FOUND, known_error, raised
from tickets import services as tickets
from tickets.models import Comment, TicketArticle, TicketLink

pytestmark = pytest.mark.django_db
HOLD = {"pending_reason": "problem"}


def taken(cast, incident):
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    return tickets.take_transition(incident, "start", actor=cast.zhang_wei)


def test_who_works_either_may_link_them_and_twice_changes_nothing(cast, incident):
    problem = raised(cast)
    for _ in range(2):
        services.link_incident(problem, incident, actor=cast.chen_hao)
    assert list(problem.incidents()) == [incident.ticket_ptr]
    with pytest.raises(NotAllowed):
        services.link_incident(problem, incident, actor=cast.li_na)
    with pytest.raises(InvalidInput):
        services.link_incident(problem, raised(cast).ticket_ptr, actor=cast.chen_hao)


def test_a_duplicate_hands_over_all_its_links_in_one_act(cast, incident):
    original, double = raised(cast), raised(cast)
    other = incidents.report_incident(actor=cast.li_na, title="again", service=cast.erp)
    for problem, one in ((original, incident), (double, incident), (double, other)):
        services.link_incident(problem, one, actor=cast.chen_hao)
    double = services.close_as_duplicate(double, original, actor=cast.chen_hao)
    assert (double.state, double.closing_code) == ("closed", "duplicate")
    assert set(original.incidents().values_list("number", flat=True)) == {incident.number, other.number}
    assert not double.incidents().exists()
    assert services.original_of(double).pk == original.pk
    with pytest.raises(Refused, match=original.number):
        services.link_incident(double, other, actor=cast.chen_hao)
    with pytest.raises(Refused, match=original.number):
        tickets.link(other, double, kind=TicketLink.Kind.RELATES, actor=cast.zhang_wei)
    for wrong, refusal in ((double, Refused), (original, InvalidInput)):
        with pytest.raises(refusal):
            services.close_as_duplicate(original, wrong, actor=cast.chen_hao)


def test_what_waits_for_the_problem_goes_on_when_something_helps(cast, incident, deliver):
    incident = tickets.take_transition(taken(cast, incident), "hold", actor=cast.zhang_wei, values=HOLD)
    problem = raised(cast, incidents=[incident])
    for name in ("assess", "investigate"):
        problem = tickets.take_transition(problem, name, actor=cast.chen_hao)
    without = {**FOUND, "workaround": "", "has_no_workaround": True}
    problem = services.describe(problem, actor=cast.chen_hao, values=without)
    tickets.take_transition(problem, "declare_known_error", actor=cast.chen_hao)
    deliver()
    incident.refresh_from_db()
    assert incident.state == "pending"
    services.describe(problem, actor=cast.chen_hao, values={"workaround": "Restart it", "has_no_workaround": False})
    deliver()
    incident.refresh_from_db()
    assert incident.state == "in_progress"


def test_what_waits_for_a_problem_that_is_closed_goes_on(cast, incident, deliver):
    incident = tickets.take_transition(taken(cast, incident), "hold", actor=cast.zhang_wei, values=HOLD)
    problem = raised(cast, incidents=[incident])
    tickets.take_transition(problem, "cancel", actor=cast.chen_hao, values={"reason": "x"})
    deliver()
    incident.refresh_from_db()
    assert incident.state == "in_progress"


def test_publishing_answers_every_open_incident_once_and_drafts_an_article(cast, incident, deliver):
    gone = incidents.report_incident(actor=cast.li_na, title="gone", service=cast.erp)
    tickets.take_transition(gone, "cancel", actor=cast.zhang_wei, values={"reason": "x"})
    problem = known_error(cast, incidents=[incident, gone], service=cast.erp)
    draft = services.publish_workaround(problem, actor=cast.chen_hao, language="en")
    deliver()
    said = Comment.objects.get()
    assert (said.ticket_id, said.author, said.is_internal) == (incident.pk, cast.chen_hao, False)
    assert FOUND["workaround"] in said.body and problem.number not in said.body
    assert (draft.article.kind, draft.state, draft.author) == ("known_error", "draft", cast.chen_hao)
    assert FOUND["workaround"] in draft.body and TicketArticle.objects.get().ticket_id == problem.pk
    with pytest.raises(Refused):
        services.publish_workaround(problem, actor=cast.chen_hao, language="en")
    services.describe(problem, actor=cast.chen_hao, values={"workaround": "Unplug it"})
    again = services.publish_workaround(problem, actor=cast.chen_hao, language="en")
    deliver()
    assert again.pk == draft.pk and "Unplug it" in ArticleVersion.objects.get().body
    assert Comment.objects.count() == 2


def test_an_incident_that_is_linked_later_is_answered_at_once(cast, incident, deliver):
    problem = known_error(cast)
    services.publish_workaround(problem, actor=cast.chen_hao, language="zh-hans")
    services.link_incident(problem, incident, actor=cast.zhang_wei)
    assert FOUND["workaround"] in Comment.objects.get().body


def test_behind_every_major_incident_stands_a_problem(cast, incident):
    incident = taken(cast, incident)
    values = {"commander": cast.wang_fang, "extent": "full", "cadence": "30"}
    incidents.take_major(incident, "declare", actor=cast.wang_fang, values=values)
    incident.refresh_from_db()
    solved = {"resolution_code": "fixed", "resolution_notes": "x"}
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=solved)
    incidents.take_major(incident, "stand_down", actor=cast.wang_fang)
    problem = Problem.objects.get()
    assert list(problem.incidents()) == [incident.ticket_ptr] and problem.service == incident.service
    review = dict.fromkeys(("what_happened", "impact", "went_well", "to_change"), "x")
    TicketLink.objects.all().delete()
    with pytest.raises(Refused, match="problem"):
        incidents.take_major(incident, "review", actor=cast.wang_fang, values=review)
    services.link_incident(problem, incident, actor=cast.wang_fang)
    incidents.take_major(incident, "review", actor=cast.wang_fang, values=review)
