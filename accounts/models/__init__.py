from accounts.models.delegation import Delegation
from accounts.models.idempotency import IdempotentAnswer
from accounts.models.importing import DirectoryImport, DirectoryLine
from accounts.models.organisation import Department, Organisation
from accounts.models.privacy import Erasure, PersonalExport
from accounts.models.roster import Roster, RosterMember, RosterOverride
from accounts.models.session import PersonSession
from accounts.models.shift import Weekday, WorkShift
from accounts.models.skill import TOLD_DAYS_AHEAD, PersonSkill, Skill, SkillClaim, SkillLevel
from accounts.models.team import Membership, Team
from accounts.models.token import ApiToken
from accounts.models.user import User
from accounts.rules import Role

__all__ = [
    "TOLD_DAYS_AHEAD",
    "ApiToken",
    "Delegation",
    "Department",
    "DirectoryImport",
    "DirectoryLine",
    "Erasure",
    "IdempotentAnswer",
    "Membership",
    "Organisation",
    "PersonSession",
    "PersonSkill",
    "PersonalExport",
    "Role",
    "Roster",
    "RosterMember",
    "RosterOverride",
    "Skill",
    "SkillClaim",
    "SkillLevel",
    "Team",
    "User",
    "Weekday",
    "WorkShift",
]
