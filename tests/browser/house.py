"""Every page a person may open, with something on it: who opens what."""

from django.test import Client
from django.urls import reverse

from core import one_click
from incidents import services as incidents
from sla import services as sla
from surveys.models import Survey
from tests.guards.routes import ROUTES
from tests.guards.samples import make_samples, url_of
from tickets import services as tickets

NOWHERE = "/no-such-page/"
# Pages that others drew.
FOREIGN = {"api:docs"}
RESOLVE = {"resolution_code": "fixed", "resolution_notes": "Restarted **the licence server**"}


def furnish(cast, deliver):
    """Tickets in every state that looks different, with clocks, notes, a survey and mails; returns them by name.

    Under "samples" one object of everything else that has a page.
    """
    sla.install_defaults()
    made = {
        name: incidents.report_incident(actor=cast.li_na, title=title, description=text, service=cast.erp)
        for name, title, text in (
            ("new", "ERP 登录失败", "点击登录没有反应\n\n- 财务部\n- 三楼"),
            ("escalated", "月末结账报表打不开 https://erp.xinghe.example/reports/month-end/closing/overview", ""),
            ("solved", "The printer on the third floor prints blank pages", "Since this morning"),
            ("sampled", "ERP 登录失败", "点击登录没有反应"),
        )
    }
    escalated = tickets.take_transition(made["escalated"], "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    note = {"team": cast.database, "note": "Cleared the cache, **no change**"}
    tickets.take_transition(escalated, "escalate", actor=cast.zhang_wei, values=note)
    tickets.comment(made["new"], actor=cast.zhang_wei, body="Which browser?", is_internal=False)
    tickets.comment(made["new"], actor=cast.zhang_wei, body="Calls every day", is_internal=True)
    tickets.take_transition(made["solved"], "resolve", actor=cast.zhang_wei, values=RESOLVE)
    deliver()
    return made | {"samples": make_samples(cast, made["sampled"])}


def pages(cast, made):
    """`[(person or None, path)]`: every page of the site map, each by the first of the cast who may open it, and more
    of some that look different by what they show."""
    told = _told_pages(cast, made)
    return told + [one for one in _pages_of_routes(cast, made["samples"]) if one[1] not in {path for _, path in told}]


def _pages_of_routes(cast, samples):
    people = (None, cast.li_na, cast.zhang_wei, cast.wang_fang, cast.admin)
    browsers = [(person, Client()) for person in people]
    for person, browser in browsers:
        if person:
            browser.force_login(person)
    for route in ROUTES:
        if route.name in FOREIGN or route.template.startswith("/api/"):
            continue
        path = url_of(route, samples)
        for person, browser in browsers:
            response = browser.get(path)
            if _is_page(response):
                yield person, path
            if _is_page(response) or response.status_code == 405:  # sent to, never looked at
                break


def _is_page(response) -> bool:
    """Whether a browser shows the answer as a page of its own: no file, no fragment, no way on."""
    is_html = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    response.close()
    return response.status_code == 200 and is_html and b"</html>" in response.content


def _told_pages(cast, made):
    new, escalated, solved = made["new"], made["escalated"], made["solved"]
    survey = Survey.objects.filter(ticket=solved).first()
    return [
        (None, reverse("accounts:login")),
        (None, reverse("accounts:forgotten")),
        *([(None, reverse("surveys:answer", args=[one_click.derive("survey", survey.pk)]))] if survey else []),
        *(
            (cast.li_na, path)
            for path in (
                reverse("portal:home"),
                reverse("portal:report"),
                reverse("portal:tickets") + "?status=all",
                reverse("portal:ticket", args=[new.number]),
                reverse("portal:ticket", args=[solved.number]),
                reverse("portal:step", args=[solved.number, "reopen"]),
                reverse("notifications:list"),
                reverse("notifications:preferences"),
                reverse("accounts:profile"),
                reverse("accounts:security"),
            )
        ),
        *(
            (cast.liu_yang, path)
            for path in (
                reverse("desk:queue") + "?view=escalated",
                reverse("desk:queue") + "?view=open&q=nothing-of-this",
                reverse("desk:ticket", args=[escalated.number]),
                reverse("desk:ticket", args=[new.number]),
                reverse("desk:transition", args=[escalated.number, "send_back"]),
                reverse("desk:new"),
                reverse("desk:saved"),
                reverse("desk:save-view") + "?query=view%3Dopen",
                reverse("desk:bulk-jobs"),
                reverse("sla:receipt", args=[new.pk]),
                reverse("accounts:tokens"),
            )
        ),
        *(
            (cast.wang_fang, path)
            for path in (
                reverse("insights:overview"),
                reverse("insights:tickets") + "?figure=open",
                reverse("surveys:follow_ups"),
            )
        ),
        *(
            (cast.admin, path)
            for path in (
                reverse("accounts:people"),
                reverse("accounts:person", args=[cast.zhang_wei.pk]),
                reverse("accounts:new_person"),
                reverse("accounts:teams"),
                reverse("accounts:team", args=[cast.desk.pk]),
                reverse("accounts:organisations"),
                reverse("accounts:organisation", args=[cast.xinghe.pk]),
                reverse("accounts:departments"),
                reverse("notifications:outbox"),
                NOWHERE,
            )
        ),
    ]
