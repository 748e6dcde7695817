"""Two changes in each other's way, and all that surrounds them."""

from datetime import timedelta

from changes import services as changes
from changes.models import CausedIncident, Collision, Freeze, MaintenanceWindow
from tests.changes import board, planned, standard_template
from tests.guards.routes import ROUTES


def samples(cast, world):
    at, land = world.at, world.land
    change, beside = (planned(cast, items=[land[host]]) for host in ("host-1", "host-2"))
    window = changes.keep_window(
        MaintenanceWindow(), actor=cast.admin, name_en="Nights", items=[land["app"]], from_on=at.date(),
        opens_at=at.time(), lasts_for=60,
    )  # fmt: skip
    freeze = changes.keep_freeze(
        Freeze(), actor=cast.admin, name_en="Year end", reason="x", from_at=at, until_at=at + timedelta(days=9)
    )
    changes.check_collisions()
    collision = Collision.objects.get(first=change, second=beside)
    exception = changes.ask_exception(change, actor=cast.chen_hao, reason="x")
    feed, _secret = changes.open_feed(actor=cast.zhang_wei, content="mine")
    template = standard_template(cast)
    caused = CausedIncident.objects.create(change=change, incident=world.incident, suggested_at=at)
    cab = board(cast, cast.wang_fang, cast.zhang_wei)
    meeting = changes.call_meeting(cab, actor=cast.wang_fang, starts_at=at + timedelta(days=1))
    agenda = meeting.agenda.create(change=change, position=1)
    return {
        **{f"{route.name}.number": change.number for route in ROUTES if route.name.startswith("changes:")},
        **{f"{route.name}.number": change.number for route in ROUTES if route.name.startswith("api:change-")},
        "changes:.pk": cab.pk,
        "changes:task.pk": world.task.pk,
        "changes:judge.pk": caused.pk,
        **{
            f"changes:{one}template.pk": template.pk for one in ("", "edit-", "approve-", "suspend-", "retire-", "use-")
        },
        **{f"{route.name}.pk": meeting.pk for route in ROUTES if "meeting" in route.name or "agenda" in route.name},
        "changes:figure.key": "closed",
        "changes:call-meeting.pk": cab.pk,
        **dict.fromkeys(("changes:note-on-agenda.item", "api:board-meeting-note.item"), agenda.pk),
        **dict.fromkeys(("api:change-board-detail.pk", "api:change-board-meetings.pk"), cab.pk),
        **{f"{route.name}.pk": template.pk for route in ROUTES if route.name.startswith("api:change-template-")},
        "changes:approve-in-meeting.slot": world.slot.pk,
        "changes:step.name": "cancel",
        **{f"changes:{name}.pk": window.pk for name in ("window", "discard-window")},
        **{f"changes:{name}.pk": freeze.pk for name in ("freeze", "discard-freeze")},
        "changes:accept-collision.pk": collision.pk,
        "changes:decide-exception.pk": exception.pk,
        "changes:decide-exception.answer": "grant",
        "changes:revoke-feed.pk": feed.pk,
        "api:maintenance-window-detail.pk": window.pk,
        "api:freeze-detail.pk": freeze.pk,
        **{f"api:collision-{name}.pk": collision.pk for name in ("detail", "accept")},
        "api:free-slot.number": change.number,
    }
