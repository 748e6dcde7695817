"""Who is given the next ticket of the network group, for tests of routing."""

from incidents import services as incidents
from tickets import services as tickets


def given_to(cast, deliver):
    """A new ticket about mail in the network group's queue, as it stands when it was given out."""
    ticket = incidents.report_incident(actor=cast.li_na, title="mail", service=cast.email)
    tickets.take_transition(ticket, "assign", actor=cast.zhang_wei, values={"team": cast.network})
    deliver()
    ticket.refresh_from_db()
    return ticket


def busy(cast, who):
    """Two more tickets for somebody: by load alone the next one would not be theirs."""
    for title in ("printer", "scanner"):
        ticket = incidents.report_incident(actor=cast.li_na, title=title, service=cast.erp)
        values = {"team": cast.network, "assignee": who}
        tickets.take_transition(ticket, "assign", actor=cast.zhang_wei, values=values)
