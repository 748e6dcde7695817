"""Running a macro: its acts one after the other, each through its own command; all of them or none.

A macro's `acts` is a list of rows; every row names what it does and holds keys and words only:
`{"do": "edit", "changes": {"priority": 2, "service": 5}}`, `{"do": "tag", "add": ["vpn"]}`,
`{"do": "say", "is_internal": false, "words": {"zh": "…", "en": "…"}}` and
`{"do": "take", "name": "resolve", "values": {"resolution_code": "fixed"}, "words": {…}, "into": "resolution_notes"}`.
"""

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Team, User
from cmdb.models import Service
from core.errors import Refused, Stale
from core.reading import reading_as
from tickets import placeholders
from tickets.models import Category, Ticket
from tickets.services.conversation import comment
from tickets.services.door import lock
from tickets.services.editing import edit
from tickets.services.referring import UnreadableArticles
from tickets.services.tagging import tag
from tickets.services.transitions import take_onwards

_MODELS = {"team": Team, "person": User, "service": Service}


@transaction.atomic
def run_macro(macro, ticket, *, actor, version=None):
    """Do every act of `macro` on the ticket as `actor`.

    Raises Stale, UnreadableArticles, or Refused naming the macro and what it met (then nothing at all was done).
    Returns the fresh ticket.
    """
    ticket = lock(ticket, version=version)
    for act in macro.acts:
        try:
            _DO[act["do"]](Ticket.objects.get(pk=ticket.pk), act, actor)
        except (Stale, UnreadableArticles):
            raise
        except Refused as refusal:
            problems = [str(text) for texts in refusal.fields.values() for text in texts] or [str(refusal)]
            raise _refused(macro, " ".join(problems)) from refusal
        except ObjectDoesNotExist:
            raise _refused(macro, _("It names something that is not there any more.")) from None
    ticket.refresh_from_db()
    return ticket


def _refused(macro, why):
    return Refused(_("“%(macro)s” did nothing: %(why)s") % {"macro": macro.name, "why": why})


def _edit(ticket, act, actor):
    changes = dict(act["changes"])
    if "service" in changes:
        changes["service"] = Service.objects.visible_to(actor).get(pk=changes["service"])
    if "category" in changes:
        changes["category"] = Category.objects.get(pk=changes["category"])
    edit(ticket, actor=actor, changes=changes)


def _tag(ticket, act, actor):
    tag(ticket, actor=actor, add=act["add"])


def _say(ticket, act, actor):
    reader = actor if act["is_internal"] else ticket.requester or actor
    body = _worded(act["words"], ticket, actor, reader)
    comment(ticket, actor=actor, body=body, is_internal=act["is_internal"])


def _take(ticket, act, actor):
    fields = {field.name: field for field in ticket.typed.workflow.get(act["name"]).fields}
    values = {
        name: _MODELS[fields[name].kind].objects.visible_to(actor).get(pk=value)
        if name in fields and fields[name].kind in _MODELS
        else value
        for name, value in act["values"].items()
    }
    if act.get("into"):
        reader = actor if act["into"] == "note" else ticket.requester or actor
        values[act["into"]] = _worded(act["words"], ticket, actor, reader)
    take_onwards(ticket, act["name"], actor=actor, values=values)


_DO = {"edit": _edit, "tag": _tag, "say": _say, "take": _take}


def _worded(words, ticket, actor, reader):
    """The words in the language of `reader`, with their placeholders filled in."""
    first, second = ("zh", "en") if reader.language.startswith("zh") else ("en", "zh")
    with reading_as(reader):
        return placeholders.filled(words.get(first) or words.get(second) or "", ticket, actor)
