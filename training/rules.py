"""Predicates about training. Pure: nothing beyond people's cached teams."""

from django.utils.translation import gettext as _

from accounts import rules as people
from core import clock


def keeps_courses(user) -> bool:
    """Writes courses and calls sessions: whoever leads a team, and managers."""
    return people.is_manager(user) or bool(user.led_team_ids)


def plans_for(user, team_id) -> bool:
    return people.is_manager(user) or team_id in user.led_team_ids


def keeps_plan(user, plan) -> bool:
    return plans_for(user, plan.team_id)


def approves_plan(user, plan) -> bool:
    """Lets money be spent."""
    return people.is_manager(user)


def runs_session(user, session) -> bool:
    """Changes and cancels it, and says who was there: its trainer and who keeps courses."""
    return user.pk == session.trainer_id or keeps_courses(user)


def enrols(user, person, session) -> bool:
    return user.pk == person.pk or people.rates(user, person) or runs_session(user, session)


def assesses(user, person, session=None) -> bool:
    """Says whether somebody passed: whoever rates them, and the trainer of the session; nobody of themselves."""
    if user.pk == person.pk:
        return False
    return people.rates(user, person) or (session is not None and user.pk == session.trainer_id)


def not_begun_refusal(session) -> str | None:
    return None if session.starts_at <= clock.now() else _("It has not begun yet.")
