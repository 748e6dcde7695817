"""Who is away, who is there instead of them, and what an absence leaves open."""

from django.utils.translation import gettext as _

from accounts.models import Delegation, User
from accounts.selectors.rosters import turns_of
from core.templatetags.presentation import due_words

TURNS_NAMED = 3


def stand_ins(people, at) -> dict[int, User | None]:
    """{key of each of `people` who is away at an instant: who is there instead, or None}. Two queries.

    Whoever stands in has to be able to act: active, of the desk, and not away too.
    """
    rows = list(Delegation.objects.at(at).filter(person__in=people).select_related("substitute"))
    gone = Delegation.objects.at(at).filter(person__in=[row.substitute_id for row in rows]) if rows else rows
    gone = {row.person_id for row in gone}
    return {row.person_id: row.substitute if _may_act(row.substitute, gone) else None for row in rows}


def there(line, at) -> list[User]:
    """A line of people to call without those who are away at an instant, their stand-ins in their place."""
    instead = stand_ins(line, at)
    return list(dict.fromkeys(one for person in line if (one := instead.get(person.pk, person))))


def turns_within(absence) -> list:
    """(roster, shift) of the turns on call that fall into somebody's absence."""
    return turns_of(absence.person, absence.from_at, absence.until_at)


def warnings_of(absence) -> list[str]:
    """What an absence leaves open, as sentences for whoever arranges it."""
    said = []
    both = Delegation.objects.filter(
        person=absence.substitute_id, from_at__lt=absence.until_at, until_at__gt=absence.from_at
    )
    for other in both.order_by("from_at")[:1]:
        words = {"name": absence.substitute, "start": due_words(other.from_at), "end": due_words(other.until_at)}
        said.append(_("%(name)s is away too, %(start)s – %(end)s: nobody stands in then.") % words)
    for roster, turn in turns_within(absence)[:TURNS_NAMED]:
        words = {"name": absence.person, "roster": roster}
        words |= {"start": due_words(turn.start_at), "end": due_words(turn.end_at)}
        said.append(_("%(name)s is on call meanwhile (%(roster)s, %(start)s – %(end)s). Who takes over?") % words)
    return said


def _may_act(person, gone) -> bool:
    return person.is_active and person.is_staff_member and person.pk not in gone
