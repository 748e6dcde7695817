"""What hangs on a person here: teams, departments, people, calls, shifts, absences, keys and skills."""

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import services
from accounts.models import Delegation, PersonSkill, Roster, RosterMember, User, WorkShift
from accounts.services.leaving import hand_to
from core import clock
from core.errors import InvalidInput
from core.holdings import portion
from events.services import publish


def leading(person):
    """Teams they lead and departments they head: escalations would end nowhere."""
    for team in person.leads_teams.select_related("parent__lead").order_by("pk"):
        yield portion(
            f"team-{team.pk}", _("Lead of %(team)s") % {"team": team}, [team], path=_path("accounts:team"),
            proposed=_other(person, team.parent and team.parent.lead, person.manager),
            pass_on=lambda to, actor, team=team: services.set_lead(team, to, actor=actor),
        )  # fmt: skip
    departments = list(person.heads_departments.all())
    yield portion(
        "departments", _("Departments headed"), departments, path=_path("accounts:department"),
        proposed=person.manager,
        pass_on=lambda to, actor: [services.save_department(one, head=to, actor=actor) for one in departments],
    )  # fmt: skip
    reports = list(person.reports.filter(is_active=True))
    yield portion(
        "reports", _("People they manage"), reports, path=_path("accounts:person"), proposed=person.manager,
        rests=_("They have no line manager then."),
        pass_on=lambda to, actor: [services.update_person(one, manager=to, actor=actor) for one in reports],
    )  # fmt: skip


def standing_by(person):
    """Places in on-call rotations, shifts, and absences in which they stand in for somebody."""
    now = clock.now()
    for roster in Roster.objects.filter(Q(members__user=person) | Q(fallback=person), is_active=True).distinct():
        yield portion(
            f"roster-{roster.pk}", _("On call: %(roster)s") % {"roster": roster}, [roster],
            path=_path("accounts:roster"), proposed=_other(person, roster.team.lead),
            rests=_("The others of the rotation take these turns."),
            pass_on=lambda to, actor, roster=roster: _pass_on_calls(roster, person, to, actor),
        )  # fmt: skip
    today = now.date()
    ahead = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    for shift in WorkShift.objects.filter(ahead, people=person).select_related("team"):
        yield portion(
            f"shift-{shift.pk}", _("Shift %(shift)s of %(team)s") % {"shift": shift, "team": shift.team}, [shift],
            path=_path("accounts:shift"), rests=_("The shift is worked without them."),
            pass_on=lambda to, actor, shift=shift: _pass_on_shift(shift, person, to, actor),
        )  # fmt: skip
    absences = list(Delegation.objects.filter(substitute=person, until_at__gt=now).select_related("person"))
    yield portion(
        "absences", _("Absences in which they stand in"), absences, called=lambda one: one.person.display_name,
        proposed=person.manager, pass_on=lambda to, actor: _pass_on_absences(absences, to, actor),
    )  # fmt: skip


def keys(person):
    """What ends by itself, and what nobody else can do."""
    yield portion(
        "tokens", _("API tokens"), person.api_tokens.filter(revoked_at=None), rests=_("They are revoked at once.")
    )
    live = person.browser_sessions.filter(expire_date__gt=clock.now())
    yield portion(
        "sessions", _("Signed-in browsers"), live, called=lambda one: one.device_name,
        rests=_("They are signed out at once."),
    )  # fmt: skip
    held = PersonSkill.objects.filter(user=person, skill__is_active=True).valid_on(clock.now().date())
    others = PersonSkill.objects.filter(user__is_active=True).exclude(user=person).valid_on(clock.now().date())
    alone = held.exclude(skill__in=others.values("skill")).select_related("skill")
    yield portion(
        "skills", _("Skills that nobody else has"), alone, called=lambda one: one.skill.name,
        rests=_("Nobody can do this any more: find somebody who learns it."),
    )  # fmt: skip


@transaction.atomic
def _pass_on_calls(roster, person, to, actor):
    """The receiver takes the very place, so that nobody else's turns move."""
    place = RosterMember.objects.select_for_update().filter(roster=roster, user=person).first()
    if to is not None and not to.is_staff_member:
        raise InvalidInput({"": [_("Only active people of the desk can be on call.")]})
    if roster.fallback_id == person.pk:
        hand_to(roster, "fallback", to, actor=actor)
    if place is None:
        return
    if to is None or roster.members.filter(user=to).exists():
        services.leave_roster(roster, person, actor=actor)
        return
    place.user = to
    place.save(update_fields=["user"])
    members = list(roster.members.order_by("position", "pk").values_list("user_id", flat=True))
    publish("roster.members_changed", subject=roster, actor=actor, is_public=False, members=members)


def _pass_on_shift(shift, person, to, actor):
    """A shift that is worked by nobody would be a plan for nothing: it is taken off."""
    staying = list(shift.people.exclude(pk=person.pk).filter(is_active=True))
    staying += [to] if to is not None and to not in staying else []
    if staying:
        services.save_shift(shift, people=staying, actor=actor)
    else:
        services.drop_shift(shift, actor=actor)


@transaction.atomic
def _pass_on_absences(absences, to, actor):
    for absence in absences:
        if absence.person_id == to.pk:
            raise InvalidInput({"": [_("Nobody stands in for themselves.")]})
        absence.substitute = to
        absence.save(update_fields=["substitute"])
        publish(
            "user.absence_arranged", subject=absence.person, actor=actor, is_public=False,
            substitute=to.pk, from_at=absence.from_at, until_at=absence.until_at,
        )  # fmt: skip


def _other(person, *candidates) -> User | None:
    """The first candidate who is there and is not the person."""
    return next((one for one in candidates if one is not None and one.is_active and one != person), None)


def _path(name):
    return lambda row: reverse(name, args=[row.pk])
