"""What the filter bar offers one viewer."""

from django.db.models import OuterRef, Subquery

from accounts.models import Organisation, Team
from cmdb.models import Service
from tickets.models import Ticket


def organisations(user):
    """Organisations whose tickets `user` serves, with `first_at` and `last_at`: between them lie their incidents.

    Whoever serves an organisation sees all of its tickets, so both instants are two index look-ups each.
    """
    rows = (
        Organisation.objects.all()
        if user.sees_everything
        else Organisation.objects.filter(pk__in=user.served_organisation_ids)
    )
    incidents = Ticket.objects.filter(organisation=OuterRef("pk"), kind="incident").values("created_at")
    return rows.annotate(
        first_at=Subquery(incidents.order_by("created_at")[:1]),
        last_at=Subquery(incidents.order_by("-created_at")[:1]),
    )


def teams(user):
    return Team.objects.visible_to(user)


def services(user):
    return Service.objects.visible_to(user)
