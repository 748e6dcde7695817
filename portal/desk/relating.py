"""What can be done with a ticket beside its life cycle: run a macro, tag, snooze, link, merge, split, watch, nudge, …

One table drives the menu, the dialogs and the full pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.presentation import due_words
from incidents import services as incidents
from portal import services
from portal.desk import forms
from portal.desk.beside_forms import MacroChoiceForm, SnoozeForm, StepsForm, TagsForm, TimeForm
from tickets import rules
from tickets import services as tickets


@dataclass(frozen=True)
class Act:
    """`form(user, data)` asks, `run(ticket, actor, given)` does it and returns what the person is told.

    `run` may return (message, ticket) when the reader should land on another ticket. `given` also holds the `version`
    the ticket was read at.
    """

    name: str
    label: str
    icon: str
    form: Callable
    run: Callable
    allowed: Callable
    key: str = ""
    hint: str = ""


def _not_final(user, ticket):
    return rules.works_it(user, ticket) and not ticket.state_info.is_final


def _not_closed(user, ticket):
    return rules.triages_it(user, ticket) and not ticket.state_info.is_final


def _reads_internal(user, ticket):
    return rules.reads_internal(user, ticket)


def _macro(ticket, actor, given):
    tickets.run_macro(given["macro"], ticket, actor=actor, version=given["version"])
    return _("Done: %(action)s.") % {"action": given["macro"].name}


def _tag(ticket, actor, given):
    tickets.tag(ticket, actor=actor, add=given["add"], remove=[given["remove"]])
    return _("Saved.")


def _add_steps(ticket, actor, given):
    tickets.add_steps(ticket, given["text"], actor=actor)
    return _("Saved.")


def _log_time(ticket, actor, given):
    tickets.log_time(ticket, actor=actor, minutes=given["minutes"], note=given["note"])
    return _("Recorded.")


def _snooze(ticket, actor, given):
    tickets.snooze(ticket, actor=actor, until=given["until"])
    return _("Out of your views until %(time)s.") % {"time": due_words(given["until"])}


def _link(ticket, actor, given):
    tickets.link(ticket, given["other"], kind=given["kind"], actor=actor)
    return _("Linked with %(number)s.") % {"number": given["other"].number}


def _parent(ticket, actor, given):
    tickets.set_parent(ticket, given["other"], actor=actor)
    if given["other"] is None:
        return _("It has no parent any more.")
    return _("%(number)s is its parent now.") % {"number": given["other"].number}


def _merge(ticket, actor, given):
    original = incidents.merge(ticket, given["other"], actor=actor)
    return _("%(number)s was merged into this ticket.") % {"number": ticket.number}, original


def _split(ticket, actor, given):
    other, _is_new = services.opened_once(
        actor=actor,
        sending=given["sending"],
        opening=partial(incidents.split, ticket),
        title=given["title"],
        description=given["description"],
    )
    return _("Split from %(number)s.") % {"number": ticket.number}, other


def _add_watcher(ticket, actor, given):
    tickets.watch(ticket, user=given["person"], actor=actor)
    return _("%(name)s follows this ticket now.") % {"name": given["person"].display_name}


def _nudge(ticket, actor, given):
    tickets.nudge(ticket, actor=actor)
    return _("The owner was urged.")


def _inform(ticket, actor, given):
    incidents.escalate_hierarchically(ticket, actor=actor, reason=given["reason"])
    return _("The next person up the reporting line was informed.")


def _no_form(user, data=None):
    return forms.forms.Form(data)


def _original_form(user, data=None):
    return forms.NumberForm(user, data, label=gettext_lazy("Original ticket"))


def _parent_form(user, data=None):
    return forms.NumberForm(user, data, label=gettext_lazy("Parent ticket (empty: none)"), required=False)


ACTS = (
    Act(
        "macro", gettext_lazy("Run a macro"), "bolt", MacroChoiceForm, _macro, rules.triages_it, "m",
        hint=gettext_lazy("All of its acts are done, or none."),
    ),
    Act(
        "snooze", gettext_lazy("Snooze"), "moon", SnoozeForm, _snooze, _reads_internal,
        hint=gettext_lazy("It leaves your own views until then and comes back with a bell; nobody else notices."),
    ),
    Act("tag", gettext_lazy("Change tags"), "tag", TagsForm, _tag, rules.triages_it),
    Act("time", gettext_lazy("Record time"), "clock", TimeForm, _log_time, rules.triages_it),
    Act("steps", gettext_lazy("Add steps to the checklist"), "checklist", StepsForm, _add_steps, _not_closed),
    Act("link", gettext_lazy("Link to another"), "link", forms.LinkForm, _link, rules.triages_it, "l"),
    Act("parent", gettext_lazy("Set parent"), "sitemap", _parent_form, _parent, _not_final),
    Act(
        "merge", gettext_lazy("Merge into another"), "git-merge", _original_form, _merge,
        lambda user, ticket: _not_final(user, ticket) and "cancel" in _reachable(ticket),
        hint=gettext_lazy("This ticket is cancelled as a duplicate; its people follow the original."),
    ),
    Act(
        "split", gettext_lazy("Split off a second fault"), "arrows-split", forms.SplitForm, _split, _not_final,
        hint=gettext_lazy("Opens a second ticket for the same requester, linked to this one."),
    ),
    Act("watcher", gettext_lazy("Add a watcher"), "user-plus", forms.WatcherForm, _add_watcher, rules.triages_it),
    Act(
        "nudge", gettext_lazy("Urge the owner"), "bell-ringing", _no_form, _nudge,
        lambda user, ticket: rules.may_nudge(user, ticket) and ticket.is_open,
    ),
    Act(
        "inform", gettext_lazy("Inform the lead"), "speakerphone", forms.ReasonForm, _inform,
        lambda user, ticket: rules.triages_it(user, ticket) and ticket.is_open and ticket.team_id is not None,
        hint=gettext_lazy("Tells the next person up the reporting line. The ticket stays where it is."),
    ),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}


def available(user, ticket) -> list[Act]:
    return [act for act in ACTS if act.allowed(user, ticket)]


def _reachable(ticket) -> set:
    """Transitions out of where it stands; what is being worked on is put back before it is cancelled by a merge."""
    names = {t.name for t in ticket.typed.workflow.transitions if any(s.key == ticket.state for s in t.sources)}
    return names | ({"cancel"} if ticket.state == "in_progress" else set())
