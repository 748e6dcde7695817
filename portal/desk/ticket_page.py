"""Everything one ticket's page or preview shows, read once."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cmdb.selectors.listing import services_failing
from incidents import selectors as incidents_selectors
from incidents.workflow import MAJOR
from notifications import selectors as notifications_selectors
from portal.desk import beside, relating
from portal.desk.forms import AffectedForm, ComposerForm, PropertiesForm
from portal.desk.task_steps import with_steps
from portal.requests import catalogue_of
from sla import selectors as sla_selectors
from surveys import selectors as surveys_selectors
from tickets import rules
from tickets import selectors as tickets_selectors
from tickets.models import TicketLink, Watcher
from tickets.selectors import approving

_KEYS = {"claim": "i", "assign": "a", "escalate": "e", "hold": "z"}
SHOWN = ("all", "public", "internal", "system")
SHOWN_LABELS = {"all": _("All"), "public": _("Replies"), "internal": _("Notes"), "system": _("History")}


@dataclass(frozen=True)
class Link:
    pk: int
    label: str
    ticket: object


def url_of(ticket) -> str:
    return reverse("desk:ticket", args=[ticket.number])


def context_for(request, ticket, *, pane="", shown="all", **more) -> dict:
    """The template context of one ticket for one person; `pane` is "preview" inside the queue page."""
    user = request.user
    entries = tickets_selectors.timeline(ticket, user)
    transitions = ticket.typed.workflow.available(user, ticket.typed)
    handover = _handover(ticket, entries)
    editable = rules.triages_it(user, ticket) and not ticket.state_info.is_final
    context = {
        "ticket": ticket,
        "typed": ticket.typed,
        "pane": "preview" if pane == "preview" else "",
        "shown": shown if shown in SHOWN else "all",
        "tabs": SHOWN_LABELS.items(),
        "timeline": [entry for entry in entries if shown not in SHOWN[1:] or entry.kind == shown],
        "steps": ticket.stages,
        "transitions": _buttons(ticket, transitions, handover),
        "can": {t.name for t in transitions},
        "acts": relating.available(user, ticket),
        "handover": handover,
        "chips": sla_selectors.chips_for([ticket], with_shares=rules.reads_internal(user, ticket)).get(ticket.pk, ()),
        "reads_internal": rules.reads_internal(user, ticket),
        "properties": PropertiesForm(ticket, user) if editable else None,
        "affected": AffectedForm(user) if editable else None,
        "composer": ComposerForm(),
        "links": _links(ticket, user),
        "children": _children(ticket, user),
        "watchers": list(Watcher.objects.filter(ticket_id=ticket.pk).select_related("user")),
        "mails": notifications_selectors.mails_of(ticket),
        "answer": surveys_selectors.answer_for(ticket),
        "rounds": approving.trail_of(ticket),
        "may_redirect": rules.redirects_approvals(user, ticket),
        "tasks": with_steps(ticket, user),
        "items": list(ticket.affected_items.select_related("item_class")[:20]),
    }
    context["impacted"] = services_failing(user, context["items"])
    if ticket.kind == "incident":
        context["major"] = incidents_selectors.major_of(ticket.typed)
        context["major_steps"] = MAJOR.available(user, context["major"])
    context |= beside.context_for(user, ticket)
    context |= catalogue_of(ticket)
    context["is_watching"] = any(watcher.user_id == user.pk for watcher in context["watchers"])
    return context | more


@dataclass(frozen=True)
class Button:
    """One transition on the page. What needs no input `is_direct`; what usually comes next `is_main`, and first."""

    step: object
    key: str
    is_direct: bool
    is_main: bool


def _buttons(ticket, transitions, handover) -> list[Button]:
    main = "claim" if handover else ticket.typed.workflow.usual.get(ticket.state)
    made = [Button(t, _KEYS.get(t.name, ""), not t.fields or t.name == "claim", t.name == main) for t in transitions]
    return sorted(made, key=lambda button: not button.is_main)


def _handover(ticket, entries):
    """The note a ticket was escalated with, while it still waits for somebody of this team to accept it."""
    if ticket.state != "assigned" or ticket.assignee_id is not None or ticket.typed.escalated_from_id is None:
        return None
    at = next((entry.at for entry in reversed(entries) if entry.name == "incident.escalated"), None)
    return next((entry for entry in entries if entry.kind == "internal" and entry.at == at), None)


def _links(ticket, user) -> list[Link]:
    """Links both ways, each in its own words; the far end only where the reader may see it."""
    out = TicketLink.objects.filter(source_id=ticket.pk).select_related("target")
    into = TicketLink.objects.filter(target_id=ticket.pk).select_related("source")
    pairs = [(link.pk, link.get_kind_display(), link.target) for link in out]
    pairs += [(link.pk, TicketLink.INVERSE[link.kind], link.source) for link in into]
    visible = _visible_ids(user, ticket, [other.pk for _pk, _label, other in pairs])
    return [Link(pk, label, other) for pk, label, other in pairs if other.pk in visible]


def _children(ticket, user):
    return list(type(ticket).objects.visible_to(user).filter(parent_id=ticket.pk).order_by("pk")[:50])


def _visible_ids(user, ticket, ids):
    if not ids:
        return set()
    return set(type(ticket).objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
