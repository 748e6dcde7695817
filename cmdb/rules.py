"""Who keeps announcements and items, and the arithmetic of availability."""

from django.utils.translation import gettext as _

from accounts import rules as people


def keeps_announcements(user) -> bool:
    return people.is_manager(user)


def merged(spans) -> list[tuple]:
    """(start, end) pairs in order, those that touch or overlap as one."""
    joined = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def availability(spans, start, end, *, seconds_between=None) -> float | None:
    """The part of the agreed service time from `start` to `end` that lies in none of `spans`, from 0 to 1.

    `seconds_between(a, b)` counts the agreed seconds between two instants; all of them when left out. None where no
    service was agreed at all. What overlaps counts once.
    """
    count = seconds_between or (lambda a, b: (b - a).total_seconds())
    agreed = count(start, end)
    if agreed <= 0:
        return None
    inside = [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
    return 1 - sum(count(a, b) for a, b in merged(inside)) / agreed


def keeps_items(user, item=None) -> bool:
    """People of the desk write in the configuration database: who works with a thing knows best how it is."""
    return user.is_staff_member


def keeps_classes(user) -> bool:
    """Classes, attributes and types of relations shape everybody's records: managers and administrators."""
    return people.is_manager(user)


def runs_upkeep(user) -> bool:
    """Whoever asks owners to confirm and draws samples: managers and administrators."""
    return people.is_manager(user)


def leads_import(user, run) -> bool:
    """Applies, undoes or discards an import: who uploaded it, and managers."""
    return run.owner_id == user.pk or people.is_manager(user)


def live_refusal(item) -> str | None:
    """Why an item may not go live: what it owes still, in one sentence."""
    missing = item.what_is_missing()
    if not missing:
        return None
    return _("It cannot be live yet. Still missing: %(what)s.") % {"what": ", ".join(map(str, missing))}
