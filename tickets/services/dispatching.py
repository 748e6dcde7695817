"""Giving what enters a team's queue to one of its people, where the team wishes so, with the reason on record."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Delegation, Membership, Team
from accounts.selectors import duty
from core import clock
from tickets import rules
from tickets.models import Ticket
from tickets.selectors import skills as skills_asked
from tickets.services import door
from tickets.services.transitions import take_transition


@transaction.atomic
def give_out(event):
    """`later` handler: a ticket that came into the queue of a team goes to the person whose turn it is.

    It stays in the queue when the team gives out by hand, when somebody was faster, when everybody is away, or when
    it was put back there on purpose. The team is locked: two tickets at once never count the same load.
    """
    entered = event.name.endswith(".reported") or "team_id" in (event.data.get("changes") or {})
    waiting = Ticket.objects.filter(pk=event.subject_id, is_open=True, assignee=None, team__isnull=False)
    ticket = waiting.exclude(team__assignment=Team.Assignment.MANUAL).first() if entered else None
    if ticket is None or event.is_history:
        return
    team = Team.objects.select_for_update(of=("self",)).get(pk=ticket.team_id)
    ticket = door.lock(ticket)
    assign = ticket.workflow.find("assign")
    is_waiting = ticket.assignee_id is None and ticket.team_id == team.pk
    if not is_waiting or assign is None or ticket.state_info not in assign.sources:
        return
    chosen, why = _choose(team, ticket)
    if chosen is not None:
        take_transition(ticket, "assign", actor=None, values={"team": team, "assignee": chosen.user}, given_out=why)
        Membership.objects.filter(pk=chosen.pk).update(given_at=clock.recorded_now())


def _choose(team, ticket):
    """(membership, why) of the next one, or (None, {}) when everybody is away."""
    away = Delegation.objects.at(clock.now()).values("person")
    people = Membership.objects.filter(team=team, user__is_active=True).exclude(user__in=away).select_related("user")
    is_open = Q(user__assigned_tickets__is_open=True)
    here = list(people.annotate(load=Count("user__assigned_tickets", filter=is_open)))
    here, shift = _on_duty(here, team)
    why = {"by": team.assignment}
    if team.assignment == Team.Assignment.SKILL:
        here, why = _able(here, ticket)
    why |= shift
    by_load = team.assignment != Team.Assignment.ROUND_ROBIN
    chosen = rules.whose_turn(here, by_load=by_load)
    if chosen is None or not by_load:
        return chosen, why
    others = min((member.load for member in here if member is not chosen), default=None)
    if "skills" in why:
        why["skills"] = why["skills"][chosen.user_id]
    return chosen, why | {"open": chosen.load, "others": others}


def _on_duty(here, team):
    """Of the members `here` those whose shift it is and who is on call, and what to say of it; all of them when nobody
    is, and where the team has no shifts."""
    working = duty.on_shift(team, clock.now())
    if working is None:
        return here, {}
    on_call = [duty.on_call(roster, clock.now()) for roster in team.rosters.filter(is_active=True)]
    at_work = {person.pk for person in (*working, *on_call) if person}
    on_duty = [member for member in here if member.user_id in at_work]
    return (on_duty, {"shift": True}) if on_duty else (here, {"shift": False})


def _able(here, ticket):
    """Of the members `here` those who have every skill the ticket asks for, and why; all when nobody has.

    `skills` says of each person [name in Chinese, in English, level, level needed].
    """
    needed = skills_asked.needed_for(ticket)
    day = timezone.localdate(clock.now())
    levels = skills_asked.levels_of([m.user_id for m in here], [wanted.skill_id for wanted in needed], day)
    able = [m for m in here if all(levels[m.user_id].get(wanted.skill_id, 0) >= wanted.level for wanted in needed)]
    if not needed or not able:
        names = [[wanted.skill.name_zh, wanted.skill.name_en, 0, wanted.level] for wanted in needed]
        return here, {"by": Team.Assignment.LOAD} | ({"nobody_has": names} if needed else {})
    skills = {
        m.user_id: [[w.skill.name_zh, w.skill.name_en, levels[m.user_id][w.skill_id], w.level] for w in needed]
        for m in able
    }
    return able, {"by": Team.Assignment.SKILL, "skills": skills}
