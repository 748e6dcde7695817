"""Commands about people, teams, organisations, tokens, passwords and sessions."""

from accounts.services.absences import arrange_absence, end_absence
from accounts.services.expiring import announce_expiring
from accounts.services.invitations import invitation_link, invite
from accounts.services.leaving import hand_over
from accounts.services.passwords import change_password, password_reset_link, request_password_reset
from accounts.services.people import (
    create_person,
    deactivate,
    reactivate,
    set_roles,
    update_own_profile,
    update_person,
)
from accounts.services.rosters import (
    give_back,
    join_roster,
    leave_roster,
    may_give_back,
    move_in_roster,
    save_roster,
    take_over,
    takes_over,
)
from accounts.services.sessions import end_other_sessions, end_session
from accounts.services.shifts import drop_shift, save_shift
from accounts.services.skills import award, claim, confirm_claim, decline_claim, forget, rate, save_skill
from accounts.services.structure import save_department, save_organisation
from accounts.services.teams import add_to_team, create_team, remove_from_team, set_lead, update_team
from accounts.services.tokens import issue_token, revoke_token, touch_token

__all__ = [
    "add_to_team",
    "announce_expiring",
    "arrange_absence",
    "award",
    "change_password",
    "claim",
    "confirm_claim",
    "create_person",
    "create_team",
    "deactivate",
    "decline_claim",
    "drop_shift",
    "end_absence",
    "end_other_sessions",
    "end_session",
    "forget",
    "give_back",
    "hand_over",
    "invitation_link",
    "invite",
    "issue_token",
    "join_roster",
    "leave_roster",
    "may_give_back",
    "move_in_roster",
    "password_reset_link",
    "rate",
    "reactivate",
    "remove_from_team",
    "request_password_reset",
    "revoke_token",
    "save_department",
    "save_organisation",
    "save_roster",
    "save_shift",
    "save_skill",
    "set_lead",
    "set_roles",
    "take_over",
    "takes_over",
    "touch_token",
    "update_own_profile",
    "update_person",
    "update_team",
]
