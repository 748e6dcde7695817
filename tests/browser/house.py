"""The house with something on every page, and the addresses that show it as more than a new object shows it."""

from django.urls import reverse

from changes.models import Change
from core import one_click
from incidents import services as incidents
from sla import services as sla
from surveys import services as surveys
from tests import articles
from tests.changes import planned
from tests.guards.samples import make_samples
from tickets import services as tickets

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
    samples = make_samples(cast, made["sampled"])
    assessing = planned(cast, items=list(Change.objects.first().affected_items.all()))
    made["assessing"] = tickets.take_transition(assessing, "submit", actor=cast.chen_hao)
    return made | {"samples": samples, "draft": articles.drafted(cast)}


def told_addresses(cast, made):
    """Paths that no route and sample lead to: other states of a page, other choices, links of mails."""
    new, escalated, solved = made["new"], made["escalated"], made["solved"]
    mailed = {"ticket": solved.pk, "user": cast.li_na.pk}
    vote = {"slot": made["samples"]["portal:approval.pk"], "user": cast.zhao_min.pk}
    survey = surveys.ask_about(solved)
    return [
        reverse("surveys:answer", args=[one_click.derive("survey", survey.pk)]),
        reverse("notifications:reopen", args=[one_click.sign("reopen", **mailed)]),
        reverse("notifications:vote", args=[one_click.sign("vote", **vote)]),
        reverse("portal:tickets") + "?status=all",
        *(reverse("portal:ticket", args=[ticket.number]) for ticket in (new, solved)),
        reverse("portal:step", args=[solved.number, "reopen"]),
        reverse("desk:queue") + "?view=escalated",
        reverse("desk:queue") + "?view=open&q=nothing-of-this",
        *(reverse("desk:ticket", args=[ticket.number]) for ticket in (escalated, new)),
        reverse("desk:transition", args=[escalated.number, "send_back"]),
        reverse("desk:save-view") + "?query=view%3Dopen",
        reverse("sla:receipt", args=[new.pk]),
        reverse("insights:tickets") + "?figure=open",
        reverse("cmdb:merge", args=[made["samples"]["cmdb:.pk"]]) + "?other=cluster",
        reverse("knowledge:edit", args=[made["draft"].pk]),
        *(reverse(f"changes:{name}", args=[made["assessing"].number]) for name in ("change", "assess")),
    ]
