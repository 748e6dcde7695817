"""Reading major incidents: who is told, what belongs to one, what people see of them."""

from django.db.models import Case, Prefetch, Q, When

from accounts import selectors as people
from accounts.models import Role, User
from cmdb.models import Service
from core import clock
from events import selectors as ledger
from incidents.models import Incident, MajorIncident, MajorUpdate
from incidents.vocabulary import Audience, MajorState

# Beyond this many nobody is told one by one: the portal's banner and the status page speak to everybody.
MOST_TOLD = 2000
SHOWN = 50


def major_of(incident) -> MajorIncident:
    """The row beside an incident; for an ordinary one a row in memory, of which nothing was stored."""
    if not incident.major_state:
        return MajorIncident(incident=incident)
    major = MajorIncident.objects.select_related("commander", "declared_by").get(pk=incident.pk)
    major.incident = incident
    return major


def to_tell(incident, audience) -> list[int]:
    """Keys of the people of an audience; for users whoever reported it or one of its children."""
    serving = Q(teams__serves=incident.organisation_id, teams__is_active=True)
    found = User.objects.active()
    if audience == Audience.PUBLIC:
        family = Incident.objects.filter(Q(pk=incident.pk) | Q(parent=incident.pk))
        found = found.filter(pk__in=family.values("requester"))
    elif audience == Audience.MANAGERS:
        found = found.filter(serving, roles__overlap=[Role.MANAGER])
    else:
        found = found.filter(serving)
    return list(found.order_by("pk").values_list("pk", flat=True).distinct()[:MOST_TOLD])


def to_decide(incident) -> list[int]:
    """Who decides whether it is major: managers, and whoever is on call for the teams that could repair it."""
    teams = {incident.team_id, incident.service.support_team_id if incident.service else None}
    now = clock.recorded_now()
    called = [
        people.on_call(roster, now) for roster in people.rosters().filter(team__in=teams - {None}, is_active=True)
    ]
    return sorted({*to_tell(incident, Audience.MANAGERS), *(person.pk for person in called if person)})


def notes_of(incident):
    """The lines that people wrote into its timeline by hand, as events."""
    return ledger.timeline_of(incident, public_only=False).filter(name="major.noted")


def children_of(major, user):
    """Reports that hang under it, the newest first."""
    children = Incident.objects.visible_to(user).filter(parent=major.pk)
    return children.select_related("requester", "service").order_by("-pk")


def attachable(major, user):
    """Open reports of its services that hang nowhere yet and have none below them: what one act may bring under it."""
    return (
        Incident.objects.visible_to(user)
        .open()
        .filter(
            service__in=major.services.all(), parent=None, major_state="", organisation=major.incident.organisation_id
        )
        .exclude(pk=major.pk)
        .filter(children=None, created_at__gte=major.incident.created_at)
        .select_related("requester", "service")
        .order_by("-pk")
    )


def told_majors(user):
    """Declared majors of services that a person may see, with just those services, newest first."""
    majors = MajorIncident.objects.declared().told_to(user).select_related("incident")
    theirs = Prefetch("services", Service.objects.visible_to(user))
    return majors.prefetch_related(theirs).order_by("-declared_at")[:5]


def public_updates(majors, *, limit=SHOWN):
    """The public updates of these majors, newest first."""
    found = MajorUpdate.objects.filter(major__in=majors, audience=Audience.PUBLIC)
    return found.order_by("-created_at", "-pk")[:limit]


def updates_told_to(user, *, since):
    """Public updates since an instant on majors of services that a person may see, newest first."""
    majors = MajorIncident.objects.told_to(user)
    found = MajorUpdate.objects.filter(major__in=majors, audience=Audience.PUBLIC, created_at__gte=since)
    theirs = Prefetch("major__services", Service.objects.visible_to(user))
    return found.select_related("major__incident").prefetch_related(theirs).order_by("-created_at", "-pk")


def majors_for(user):
    """Proposed, declared and past majors at the desk: what needs somebody first, then the newest."""
    rank = Case(
        When(incident__major_state=MajorState.DECLARED, then=0),
        When(incident__major_state=MajorState.CANDIDATE, then=1),
        When(incident__major_state=MajorState.STOOD_DOWN, then=2),
        default=3,
    )
    found = MajorIncident.objects.visible_to(user).select_related("incident__service", "commander")
    return found.order_by(rank, "-proposed_at", "-pk")


def own_report(major, user):
    """What the person reported of it already, or an open report of one of its services that hangs nowhere; or None."""
    mine = Incident.objects.filter(requester=user.pk)
    under = mine.filter(Q(parent=major.pk) | Q(pk=major.pk)).order_by("-pk").first()
    if under is not None:
        return under
    open_ones = mine.open().filter(parent=None, service__in=major.services.all(), children=None, major_state="")
    return open_ones.order_by("-pk").first()


def running_on(service):
    """Proposed and declared majors of a service: while there is one, no rule proposes another."""
    states = (MajorState.CANDIDATE, MajorState.DECLARED)
    return MajorIncident.objects.filter(
        Q(services=service) | Q(incident__service=service), incident__major_state__in=states
    )


def last_candidate_at(service):
    """When a major incident was last proposed or declared for a service; None when there never was one."""
    found = MajorIncident.objects.filter(incident__service=service)
    return found.order_by("-proposed_at").values_list("proposed_at", flat=True).first()
