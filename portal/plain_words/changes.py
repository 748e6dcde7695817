"""A change as whoever asked for it reads it. Pure."""

from django.utils.translation import gettext as _

from core.templatetags.presentation import due_words
from portal.plain_words.telling import Status


def status_of(change, chips=()) -> Status:
    match change.state:
        case "draft":
            return Status(_("Being written"), _("It is sent for assessment when it is complete."), "grey", "edit")
        case "assessing":
            return Status(_("Being assessed"), _("Risk and impact are being looked at."), "blue", "search")
        case "awaiting_approval":
            text = _("Those who have to agree were asked. Nothing is due from you.")
            return Status(_("Waiting for approval"), text, "purple", "user-question")
        case "scheduled":
            text = _("It is carried out from %(time)s.") % {"time": due_words(change.typed.planned_start)}
            return Status(_("Planned"), text, "azure", "calendar-event")
        case "implementing":
            return Status(_("Being carried out"), _("The work is under way."), "indigo", "tool")
        case "rolled_back":
            text = _("It did not go as planned and is being taken back.")
            return Status(_("Being taken back"), text, "orange", "arrow-back-up")
        case "review":
            return Status(_("Done: being reviewed"), _("We are watching whether all is well."), "green", "circle-check")
        case "cancelled":
            return Status(_("Cancelled"), _("Nothing more happens here."), "grey", "ban")
    return Status(_("Closed"), _("Nothing more to do."), "grey", "checks")


def steps(change) -> list[tuple[str, str]]:
    """(label, "is-done" | "is-here" | "") along the way of a change."""
    classes = {"done": "is-done", "here": "is-here"}
    return [(str(state.plain), classes.get(where, "")) for state, where in change.stages]
