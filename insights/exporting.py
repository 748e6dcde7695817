"""A list as CSV that spreadsheets open without harm: UTF-8 with BOM, no cell that could run as a formula."""

import csv

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.text import safe_cell

BOM = "\ufeff"


def csv_lines(tickets):
    """The lines of the file, one ticket at a time; times in the reader's zone, durations in seconds."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(
        [
            _("Number"), _("Title"), _("State"), _("Priority"), _("Organisation"), _("Service"), _("Team"),
            _("Assignee"), _("Requester"), pgettext("column", "Created"), _("First answer"),
            pgettext("column", "Resolved"), pgettext("column", "Closed"), pgettext("column", "Due"),
            _("Breached"), _("Measured, in seconds"),
        ]
    )  # fmt: skip
    for ticket in tickets:
        yield writer.writerow([safe_cell(value) for value in _cells(ticket)])


def measured_seconds(ticket):
    """What the list's figure measured on this ticket, in seconds; None where it measures nothing."""
    span = getattr(ticket, "span", None)
    return int(span.total_seconds()) if span is not None else getattr(ticket, "business_seconds", None)


def _cells(ticket):
    instants = (ticket.created_at, ticket.responded_at, ticket.resolved_at, ticket.closed_at, ticket.due_at)
    return [
        ticket.number,
        ticket.title,
        ticket.state_info.label,
        ticket.get_priority_display(),
        ticket.organisation.name,
        ticket.service.name if ticket.service else "",
        ticket.team.name if ticket.team else "",
        ticket.assignee.display_name if ticket.assignee else "",
        ticket.requester.display_name if ticket.requester else "",
        *(f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}" if at else "" for at in instants),
        _("yes") if ticket.is_breached else _("no"),
        measured_seconds(ticket),
    ]


class _Echo:
    """A file that hands back what is written to it, so that a line can be sent as soon as it exists."""

    def write(self, text):
        return text
