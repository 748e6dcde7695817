"""A major incident beside its incident: every step, update and note passes here, behind the ticket's own lock."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cmdb import services as cmdb
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events
from incidents import rules, selectors
from incidents.models import Incident, MajorUpdate
from incidents.vocabulary import MAX_TEXT, Audience, Extent, MajorState
from incidents.workflow import MAJOR
from tickets import services as tickets
from tickets.services import door

# At most so many reports are brought under a major one in a single act.
MOST_ATTACHED = 500


@transaction.atomic
def take_major(incident, name, *, actor, values=None, at=None):
    """Propose, declare, reject, stand down or review: one step of the table `MAJOR`; returns the row beside it.

    In order: lock the incident; check the table (InvalidInput, NotAllowed, Refused); apply the effect; write both
    rows; open or close the outages of its services; publish `major.<done>`. `actor=None` is the system.
    """
    incident = door.lock(incident)
    major = selectors.major_of(incident)
    values = {key: clean_text(value) if isinstance(value, str) else value for key, value in (values or {}).items()}
    step = MAJOR.check(name, actor, major, values)
    at = at or door.instant(incident)
    before = door.snapshot(incident)
    if step.effect:
        step.effect(major, values, actor=actor, at=at)
    incident.major_state = step.target.key
    major.proposed_at = major.proposed_at or at
    major.save()
    if name == "declare" and incident.service and not major.services.exists():
        major.services.add(incident.service)
    _follow_outages(major, at)
    door.write(
        incident, f"major.{step.done}", actor=actor, before=before, at=at, is_public=False,
        values=door.plain(values), told=selectors.to_decide(incident) if name in ("propose", "declare") else [],
    )  # fmt: skip
    return major


@transaction.atomic
def arrange_major(incident, *, actor, services, commander, bridge="", cadence=30, extent=Extent.FULL, version=None):
    """Change who commands and what is affected while it is declared; publishes `major.arranged`.

    The outages of services that came begin with the incident, those of services that went end now.
    Raises Stale when the incident moved on since `version`, NotAllowed, Refused (not declared), InvalidInput.
    """
    incident, major = _declared(incident, actor, rules.leads_major, version=version)
    if not services:
        raise InvalidInput({"services": [_("Name the service that was affected.")]})
    at, before = door.instant(incident), door.snapshot(incident)
    if cadence != major.cadence:
        major.next_update_due = at + timedelta(minutes=cadence)
    major.commander, major.bridge, major.cadence, major.extent = commander, clean_text(bridge), cadence, extent
    major.save()
    major.services.set(services)
    _follow_outages(major, at)
    door.write(incident, "major.arranged", actor=actor, before=before, at=at, is_public=False)
    return major


@transaction.atomic
def post_update(incident, *, actor, audience, text_zh="", text_en=""):
    """Tell an audience how it stands; the next update is then owed one cadence later.

    For users it publishes `major.informed` on the incident and each of its children, so that whoever reported it is
    told; else `major.updated`. Raises NotAllowed, Refused (not declared), InvalidInput.
    """
    incident, major = _declared(incident, actor, rules.reports_on_major)
    texts = {"text_zh": clean_text(text_zh), "text_en": clean_text(text_en)}
    _refuse_text(texts)
    if audience not in Audience.values:
        raise InvalidInput({"audience": [_("Choose one of the listed values.")]})
    at = door.instant(incident)
    made = MajorUpdate.objects.create(major=major, audience=audience, author=actor, created_at=at, **texts)
    major.next_update_due = at + timedelta(minutes=major.cadence)
    major.save(update_fields=["next_update_due"])
    if audience == Audience.PUBLIC:
        family = [incident, *Incident.objects.filter(parent=incident.pk).order_by("pk")[: selectors.MOST_TOLD]]
        events.publish_all([("major.informed", one.ticket_ptr, texts) for one in family], actor=actor, at=at)
    else:
        told = selectors.to_tell(incident, audience)
        door.note(incident, "major.updated", actor=actor, audience=audience, told=told, **texts)
    return made


@transaction.atomic
def note_on_major(incident, *, actor, text):
    """Write a line into the timeline by hand; returns its event, `major.noted`."""
    incident, _major = _declared(incident, actor, rules.reports_on_major, states=MajorState.values)
    text = clean_text(text)
    if not text or len(text) > MAX_TEXT:
        raise InvalidInput({"text": [_("Write something, at most %(limit)s characters.") % {"limit": MAX_TEXT}]})
    return door.note(incident, "major.noted", actor=actor, text=text)


@transaction.atomic
def attach_children(incident, *, actor) -> int:
    """Bring every open report of its services that hangs nowhere yet under it; returns how many."""
    incident, major = _declared(incident, actor, rules.reports_on_major)
    found = list(selectors.attachable(major, actor)[:MOST_ATTACHED])
    for child in found:
        tickets.set_parent(child, incident, actor=actor)
    return len(found)


def _declared(incident, actor, rule, states=(MajorState.DECLARED,), version=None):
    """The locked incident and its row; Refused when it does not stand in `states`, NotAllowed by `rule`."""
    incident = door.lock(incident, version=version)
    if incident.major_state not in states:
        raise Refused(_("%(number)s is not a declared major incident.") % {"number": incident.number})
    major = selectors.major_of(incident)
    if not rule(actor, major):
        raise NotAllowed()
    return incident, major


def _refuse_text(texts):
    if not any(texts.values()):
        raise InvalidInput({"text_zh": [_("Write the text in at least one language.")]})
    problem = _("At most %(limit)s characters.") % {"limit": MAX_TEXT}
    if long := {name: [problem] for name, text in texts.items() if len(text) > MAX_TEXT}:
        raise InvalidInput(long)


def _follow_outages(major, at):
    """The outages of this cause are open for exactly the affected services, as long as it is declared."""
    incident = major.incident
    is_declared = incident.major_state == MajorState.DECLARED
    services = list(major.services.all()) if is_declared else []
    ends = at if is_declared else min(at, incident.resolved_at or at)
    cmdb.close_outages(incident.number, at=ends, but=services)
    for service in services:
        is_full = major.extent == Extent.FULL
        cmdb.open_outage(service, cause=incident.number, from_at=incident.created_at, is_full=is_full)
