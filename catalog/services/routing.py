"""From an item's data to people and teams: who is asked, and who does what."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from catalog.vocabulary import Who
from core.bilingual import in_reading_language
from core.errors import Refused
from tickets import rules
from tickets.services import voting
from tickets.services.approving import Stage
from tickets.services.tasks import PlannedTask

MOST = 50


def stages_of(request) -> list[Stage]:
    """The stages of approval of a request, with the people who are there today.

    Who cannot vote here (gone, or asking for themselves) is passed on to their line by `tickets.services.approving`,
    so that they are named all the same. A stage in which nobody can vote falls to the owner of the item; what even
    they cannot decide is refused, rather than granted by nobody.
    """
    stages = []
    with translation.override(request.requester.language):
        for stage in request.item.route:
            people = _people_of(stage, request)
            if not any(_can_be_decided(one, request) for one in people):
                people = [request.item.owner]
                if not _can_be_decided(request.item.owner, request):
                    raise Refused(_("Nobody can approve this at present. Please tell the service desk."))
            name = in_reading_language(stage["name"].get("zh", ""), stage["name"].get("en", ""))
            stages.append(Stage(name, stage["mode"], tuple(people), stage.get("percentage")))
    return stages


def _people_of(stage, request) -> list[User]:
    found = {}
    for one in stage["who"]:
        for person in _WHO[one["kind"]](request, one.get("value", "")):
            if person is not None:
                found.setdefault(person.pk, person)
    return list(found.values())[:MOST]


def _with_role(request, role):
    """Those of the requester's organisation or who serve it: a role elsewhere decides nothing here."""
    people = User.objects.active().filter(roles__contains=[role])
    own = people.filter(organisation=request.organisation_id)
    serving = people.filter(teams__serves=request.organisation_id, teams__is_active=True)
    return (own | serving).distinct().order_by("pk")[:MOST]


_WHO = {
    Who.MANAGER: lambda request, value: [request.requester.manager],
    Who.HEAD: lambda request, value: [request.requester.department and request.requester.department.head],
    Who.OWNER: lambda request, value: [request.item.owner],
    Who.LEAD: lambda request, value: [request.item.team.lead],
    Who.ROLE: _with_role,
    Who.PERSON: lambda request, value: User.objects.filter(username=value),
}


def _can_be_decided(person, request) -> bool:
    """Whether the person may be asked, or somebody to whom their vote would be passed on."""
    return any(rules.may_be_asked(one, request) for one in (person, *voting.line_above(person)))


def tasks_of(request) -> list[PlannedTask]:
    """The tasks of a request; one whose team is gone or does not serve this customer falls to the item's own team."""
    teams = {team.slug: team for team in Team.objects.active().serving([request.organisation_id])}
    with translation.override(request.requester.language):
        return [
            PlannedTask(
                key=task["key"],
                title=in_reading_language(task["title"].get("zh", ""), task["title"].get("en", "")),
                team=teams.get(task.get("team", "")) or teams.get(request.item.team.slug),
                is_mandatory=task.get("is_mandatory", True),
                after=tuple(task.get("after", ())),
                automatic=task.get("automatic", ""),
            )
            for task in request.item.tasks
        ]
