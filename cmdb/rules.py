"""Who keeps announcements and items, and the arithmetic of availability."""

from math import sqrt

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


def wilson(right, checked) -> tuple[float, float] | None:
    """The 95 % confidence interval of a share, 0 to 1, by the score method of E. B. Wilson (1927); None without any.

    Unlike the usual one it stays between 0 and 1, and says something of a sample in which everything was right.
    """
    if not checked:
        return None
    z, share = 1.959964, right / checked
    scale = 1 + z * z / checked
    middle = (share + z * z / (2 * checked)) / scale
    half = z * sqrt(share * (1 - share) / checked + z * z / (4 * checked * checked)) / scale
    return max(0.0, middle - half), min(1.0, middle + half)


def keeps_items(user, item=None) -> bool:
    """People of the desk write in the configuration database: who works with a thing knows best how it is."""
    return user.is_staff_member


def keeps_responsibilities(user, service) -> bool:
    """Who says who does what for a service: its owner, managers and administrators."""
    return people.is_manager(user) or user.pk == service.owner_id


def keeps_classes(user) -> bool:
    """Classes, attributes and types of relations shape everybody's records: managers and administrators."""
    return people.is_manager(user)


def runs_upkeep(user) -> bool:
    """Whoever asks owners to confirm and draws samples: managers and administrators."""
    return people.is_manager(user)


def merges_items(user) -> bool:
    """Making one record of two cannot be undone: managers and administrators. Telling two apart is for all who keep
    items."""
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
