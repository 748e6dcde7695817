"""Reading people, teams, tokens and sessions."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils import timezone

from accounts.models import ApiToken, Department, Membership, Organisation, Team, User
from accounts.rules import Role
from accounts.search_keys import folded

PAGE = 50


def person_called(name) -> User | None:
    """The one person whose login, e-mail address or staff number this is, active or not; None when unclear."""
    typed = folded(name).strip()
    if not typed:
        return None
    matches = Q(username=typed) | Q(email__iexact=typed) & ~Q(email="") | Q(staff_number__iexact=typed)
    found = list(User.objects.filter(matches)[:2])
    return found[0] if len(found) == 1 else None


def reporting_line(team) -> list:
    """Whom to inform above a team, nearest first: its lead, the leads of the teams above, then that person's managers,
    then whoever heads the department of the last of them and those above it.

    Deactivated people are passed over; nobody appears twice; a ring in the data ends the walk.
    """
    line, seen_teams = [], set()
    while team is not None and team.pk not in seen_teams:
        seen_teams.add(team.pk)
        _append(line, team.lead)
        team = team.parent
    person, seen = (line[-1].manager if line else None), set()
    while person is not None and person.pk not in seen:
        seen.add(person.pk)
        _append(line, person)
        person = person.manager
    department, seen = (line[-1].department if line else None), set()
    while department is not None and department.pk not in seen:
        seen.add(department.pk)
        _append(line, department.head)
        department = department.parent
    return line


def _append(line, person):
    if person is not None and person.is_active and person not in line:
        line.append(person)


def with_organisations_served(people) -> list:
    """The same people, each knowing `served_organisation_ids`, in one query for all of them."""
    people = list(people)
    served = {person.pk: set() for person in people}
    rows = Membership.objects.filter(user__in=served, team__is_active=True, team__serves__isnull=False)
    for person, organisation in rows.values_list("user", "team__serves"):
        served[person].add(organisation)
    for person in people:
        person.served_organisation_ids = sorted(served[person.pk])
    return people


def lookup(user, text):
    """Active people that `user` may see, exact numbers and logins first."""
    typed = folded(text).strip()
    digits = re.sub(r"\D", "", typed)
    exact = Q(username=typed) | Q(staff_number__iexact=typed) | Q(phone=typed)
    if len(digits) >= 5:
        exact |= Q(phone=digits)
    return (
        User.objects.visible_to(user)
        .active()
        .matching(text)
        .annotate(rank=Case(When(exact, then=Value(0)), default=Value(1), output_field=IntegerField()))
        .select_related("department")
        .order_by("rank", "name", "pk")
    )


def people(text="", *, role="", organisation=None, team=None, active=None):
    """People for the administrators' list, by name."""
    found = User.objects.matching(text)
    if role:
        found = found.filter(roles__contains=[role])
    if organisation is not None:
        found = found.filter(organisation=organisation)
    if team is not None:
        found = found.filter(memberships__team=team)
    if active is not None:
        found = found.filter(is_active=active)
    return found.select_related("department", "organisation").prefetch_related("teams").order_by("name", "pk")


def page_after(queryset, pk):
    """(rows, more): one page of a list ordered by name, starting after the person with this id."""
    last = User.objects.filter(pk=pk).values_list("name", "pk").first() if pk else None
    if last:
        queryset = queryset.filter(Q(name__gt=last[0]) | Q(name=last[0], pk__gt=last[1]))
    rows = list(queryset[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def teams_by_line(user, specialism="") -> list[tuple[str, list[Team]]]:
    """(label of the line, its teams with lead, parent and number of members), first line first; of one field of work
    where one is named."""
    teams = Team.objects.visible_to(user).select_related("lead", "parent")
    teams = teams.filter(specialism=specialism) if specialism else teams
    teams = list(teams.annotate(size=Count("members", filter=Q(members__is_active=True))).order_by("line", "slug"))
    lines = [(label, [team for team in teams if team.line == line]) for line, label in Team.Line.choices]
    return [(label, found) for label, found in lines if found]


@dataclass
class Branch:
    """A team with those that report to it."""

    team: Team
    below: list["Branch"] = field(default_factory=list)


def tree_around(team) -> Branch:
    """The reporting line of a team: those above it, itself, and everybody below. One query for all teams; a ring in
    the data ends the walk."""
    teams = Team.objects.select_related("lead").in_bulk()
    children = defaultdict(list)
    for one in teams.values():
        children[one.parent_id].append(one)
    above, seen = [teams[team.pk]], {team.pk}
    while (parent := teams.get(above[-1].parent_id)) and parent.pk not in seen:
        seen.add(parent.pk)
        above.append(parent)
    branch = _branch(above[0], children, seen)
    for parent in above[1:]:
        branch = Branch(parent, [branch])
    return branch


def _branch(team, children, seen):
    below = sorted((one for one in children[team.pk] if one.pk not in seen), key=lambda one: (one.line, one.slug))
    return Branch(team, [_branch(one, children, seen | {one.pk}) for one in below])


def organisations():
    return Organisation.objects.annotate(size=Count("people", filter=Q(people__is_active=True))).order_by("slug")


def departments():
    found = Department.objects.select_related("organisation", "parent", "head")
    return found.annotate(size=Count("people", filter=Q(people__is_active=True))).order_by("organisation__slug", "slug")


def is_last_administrator(user) -> bool:
    """Nobody else could open the administrators' pages."""
    others = User.objects.active().exclude(pk=user.pk)
    return user.sees_everything and not others.filter(
        Q(is_superuser=True) | Q(roles__contains=[Role.ADMINISTRATOR])
    ).exists()  # fmt: skip


def digest_of(secret) -> str:
    """How a token's secret is kept."""
    return sha256(secret.encode()).hexdigest()


def live_token(secret) -> ApiToken | None:
    """The token with this secret, its owner loaded, if neither it nor its owner has ended. Asked at every request."""
    token = ApiToken.objects.select_related("user").filter(digest=digest_of(secret), revoked_at=None).first()
    if token is None or not token.user.is_active:
        return None
    return None if token.has_expired else token


def sessions_of(user):
    """Live browser sessions, the latest used first."""
    return user.browser_sessions.filter(expire_date__gt=timezone.now()).order_by("-seen_at")
