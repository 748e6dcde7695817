"""Reading people, teams, tokens, sessions, and who is on call."""

from accounts.selectors.away import stand_ins, there
from accounts.selectors.directory import (
    departments,
    digest_of,
    is_last_administrator,
    live_token,
    lookup,
    organisations,
    page_after,
    people,
    person_called,
    reporting_line,
    sessions_of,
    teams_by_line,
    tree_around,
    with_organisations_served,
)
from accounts.selectors.rosters import Plan, Shift, on_call, plan_of, rosters, turns_of

__all__ = [
    "Plan",
    "Shift",
    "departments",
    "digest_of",
    "is_last_administrator",
    "live_token",
    "lookup",
    "on_call",
    "organisations",
    "page_after",
    "people",
    "person_called",
    "plan_of",
    "reporting_line",
    "rosters",
    "sessions_of",
    "stand_ins",
    "teams_by_line",
    "there",
    "tree_around",
    "turns_of",
    "with_organisations_served",
]
