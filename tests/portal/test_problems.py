"""The pages of problems as people of the desk use them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from problems import services
from problems.models import Problem
from tests.problems import FOUND, host, known_error, observed, raised
from tickets import services as tickets
from tickets.models import ApprovalSlot, TicketLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, cast):
    for person in (cast.chen_hao, cast.zhang_wei):
        person.language = "en"
        person.save(update_fields=["language"])
    client.force_login(cast.chen_hao)
    return client


def page_of(problem, name="problem"):
    return reverse(f"problems:{name}", args=[problem.number])


def test_from_an_incident_a_problem_is_opened_prefilled(desk, cast, incident):
    form = desk.get(reverse("problems:new"), {"of": incident.number}).content.decode()
    assert incident.title in form and f'value="{incident.number}"' in form
    typed = {
        "of": incident.number, "title": incident.title, "service": cast.erp.pk, "impact": 3, "urgency": 2,
        "watch_days": 30, "affected_items": "", **FOUND,
    }  # fmt: skip
    wrong = desk.post(reverse("problems:new"), typed | {"watch_days": "900"})
    assert wrong.status_code == 422 and FOUND["root_cause"] in wrong.content.decode()
    told = desk.post(reverse("problems:new"), typed, follow=True)
    problem = Problem.objects.get()
    assert problem.number in told.content.decode()
    assert list(problem.incidents()) == [incident.ticket_ptr]


def test_steps_are_taken_on_the_page_and_what_is_missing_is_said(desk, cast):
    problem = raised(cast)
    for name in ("assess", "investigate"):
        assert desk.post(reverse("problems:step", args=[problem.number, name])).status_code == 302
    page = desk.get(page_of(problem)).content.decode()
    assert "Still missing for a known error" in page and "root cause" in page
    refused = desk.post(reverse("problems:step", args=[problem.number, "declare_known_error"]))
    assert refused.status_code == 409 and "root cause" in refused.content.decode()


def test_whoever_was_overtaken_keeps_what_they_typed(desk, cast):
    problem = raised(cast)
    services.describe(problem, actor=cast.wang_fang, values={"root_cause": "First"})
    typed = {"title": "Mine", "watch_days": 30, "affected_items": "host-1", "version": problem.version}
    told = desk.post(page_of(problem, "edit"), typed)
    assert told.status_code == 409 and "Mine" in told.content.decode()


def test_a_known_error_that_fits_is_linked_with_one_click(desk, cast, incident):
    problem = known_error(cast, items=[cast.erp], service=cast.erp)
    tickets.edit(incident, actor=cast.zhang_wei, changes={"affected_items": [cast.erp]})
    services.publish_workaround(problem, actor=cast.chen_hao, language="en")
    desk.force_login(cast.zhang_wei)
    box = desk.get(reverse("problems:beside", args=[incident.number]), headers={"HX-Request": "true"}).content.decode()
    assert problem.number in box and "Link it and send the workaround" in box
    desk.post(reverse("problems:link", args=[incident.number]), {"problem": problem.number})
    assert TicketLink.objects.filter(source=incident, target=problem.pk).exists()
    assert FOUND["workaround"] in incident.comments.get().body
    wrong = desk.post(reverse("problems:link", args=[incident.number]), {"problem": "PRB999999"})
    assert wrong.status_code == 422 and "PRB999999" in wrong.content.decode()


def test_the_workaround_is_published_from_the_page(desk, cast, incident, deliver):
    problem = known_error(cast, incidents=[incident])
    assert "Publish the workaround" in desk.get(page_of(problem)).content.decode()
    told = desk.post(page_of(problem, "publish"), follow=True).content.decode()
    assert "Published" in told
    deliver()
    assert incident.comments.count() == 1
    again = desk.post(page_of(problem, "publish"), follow=True).content.decode()
    assert "already" in again


def test_the_risk_is_accepted_by_somebody_else(desk, cast):
    problem = known_error(cast)
    form = {"reason": "Replaced next year", "review_on": "2020-01-01", "approver": "wang.fang"}
    told = desk.post(page_of(problem, "accept-risk"), form)
    assert told.status_code == 422 and "Replaced next year" in told.content.decode()
    form["review_on"] = (timezone.localdate() + timedelta(days=30)).isoformat()
    assert desk.post(page_of(problem, "accept-risk"), form).status_code == 302
    assert ApprovalSlot.objects.asked().get(ticket=problem.pk).approver == cast.wang_fang


def test_a_duplicate_is_closed_and_what_is_wrong_is_said(desk, cast):
    original, double = raised(cast), raised(cast)
    itself = desk.post(page_of(double, "duplicate"), {"original": double.number})
    assert itself.status_code == 422 and "no duplicate of itself" in itself.content.decode()
    assert desk.post(page_of(double, "duplicate"), {"original": original.number.lower()}).status_code == 302
    double.refresh_from_db()
    assert double.closing_code == "duplicate"
    assert desk.get(page_of(double, "duplicate")).status_code == 404


def test_known_errors_are_found_by_words_item_and_service(desk, cast):
    problem = known_error(cast, service=cast.erp)
    raised(cast, title="Not known yet")
    address = reverse("problems:known-errors")
    for asked, finds in (
        ({}, True), ({"q": "firmware"}, True), ({"q": "nothing"}, False), ({"item": host(cast).slug}, True),
        ({"item": "elsewhere"}, False), ({"service": cast.erp.pk}, True), ({"service": cast.email.pk}, False),
        ({"q": problem.number}, True),
    ):  # fmt: skip
        assert (problem.number in desk.get(address, asked).content.decode()) == finds, asked


def test_every_figure_opens_exactly_its_list(desk, cast, incident):
    known_error(cast, incidents=[incident])
    observed(cast, items=[cast.email])
    page = desk.get(reverse("problems:figures")).content.decode()
    for key, count in (("known", 1), ("unfixed", 1), ("judged", 0), ("incidents", 1), ("explained", 1)):
        shown = desk.get(reverse("problems:figure", args=[key])).content.decode()
        assert shown.count("data-listed") == count, key
        assert f'figures/{key}/?days=30" data-count="{count}"' in page or count == 0, key


def test_tasks_are_given_and_done_on_the_page(desk, cast):
    problem = raised(cast)
    assert desk.post(page_of(problem, "add-task"), {"title": ""}).status_code == 422
    desk.post(page_of(problem, "add-task"), {"title": "Read the log", "assignee": cast.chen_hao.pk})
    task = problem.tasks.get()
    desk.post(reverse("problems:task", args=[problem.number, task.pk]), {"do": "complete"})
    task.refresh_from_db()
    assert task.state == "done" and "Read the log" in desk.get(page_of(problem)).content.decode()


def test_requesters_find_nothing_of_all_this(client, cast, incident):
    problem = raised(cast, incidents=[incident])
    client.force_login(cast.li_na)
    for address in (reverse("problems:problems"), page_of(problem), reverse("problems:beside", args=[incident.number])):
        assert client.get(address).status_code in (302, 403, 404)
    assert problem.number not in client.get(reverse("portal:ticket", args=[incident.number])).content.decode()


def test_an_effect_counts_before_and_after(desk, cast, incident):
    problem = observed(cast, incidents=[incident])
    page = desk.get(page_of(problem)).content.decode()
    assert "Effect of the fix" in page and 'data-label="Incidents before">1<' in page


def test_an_item_shows_its_problems_to_the_desk(desk, cast):
    problem = known_error(cast)
    address = reverse("cmdb:item", args=[host(cast).pk])
    page = desk.get(address).content.decode()
    assert problem.number in page and FOUND["workaround"] in page
    desk.force_login(cast.li_na)
    assert problem.number not in desk.get(address).content.decode()


def test_a_known_error_is_offered_while_an_incident_is_being_written(desk, cast):
    problem = known_error(cast, title="ERP login hangs in the morning", service=cast.erp)
    address, htmx = reverse("problems:fitting"), {"HX-Request": "true"}
    typed = {"title": "ERP login hangs in the morning", "service": cast.erp.pk}
    assert problem.number in desk.get(address, typed, headers=htmx).content.decode()
    for other in ({"title": typed["title"]}, typed | {"service": cast.email.pk}, typed | {"service": "x"}):
        assert problem.number not in desk.get(address, other, headers=htmx).content.decode()
    named = {"title": "Something else", "items-picked": host(cast).pk}
    assert problem.number in desk.get(address, named, headers=htmx).content.decode()
