"""Events about somebody's skills as sentences, in the reader's language."""

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import SkillLevel


def sentence(event, names) -> str:
    """What happened, without the actor's name. `names` are {skill: name}; unknown events show their name."""
    words = {"skill": names.get(event.data.get("skill"), "—"), "level": _level(event.data.get("level"))}
    words |= {"reason": event.data.get("reason", ""), "day": _day(event.data.get("expires_on"))}
    match event.name:
        case "user.skill_rated":
            return _rated(event.data["changes"], words)
        case "user.skill_lost":
            return _("removed the skill %(skill)s") % words
        case "user.skill_claimed":
            return _("claimed: %(skill)s, %(level)s") % words
        case "user.skill_declined":
            return _("did not confirm %(skill)s, %(level)s: %(reason)s") % words
        case "user.skill_expiring":
            return _("announced that %(skill)s runs out on %(day)s") % words
        case "user.skill_expired":
            return _("took %(skill)s out of routing: it ran out on %(day)s") % words
        case _other:
            return event.name


def _rated(changes, words):
    parts = []
    if "level" in changes:
        before, after = (_level(level) for level in changes["level"])
        words |= {"before": before, "level": after}
        parts.append(_("rated %(skill)s: %(level)s (before: %(before)s)") % words)
    else:
        parts.append(_("changed %(skill)s") % words)
    if "expires_on" in changes:
        day = _day(changes["expires_on"][1])
        parts.append(_("valid through %(day)s") % {"day": day} if day else _("without end"))
    if changes.get("evidence", ["", ""])[1]:
        parts.append(_("evidence: %(words)s") % {"words": changes["evidence"][1]})
    return "; ".join(parts)


def _level(level):
    return str(SkillLevel(level).label) if level in SkillLevel.values else "—"


def _day(text):
    day = parse_date(text or "")
    return date_format(day, "Y-m-d") if day else ""
