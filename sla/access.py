"""Who may do what with agreements: one place.

* Managers and administrators write agreements, calendars and policies and speak for the provider; so does the person
  named to sign for it.
* Other people of the desk read the agreements of the customers their teams serve, general ones, and those with teams
  and suppliers (`visibility` in `sla/models/agreement.py`).
* The other side is the person named to sign for it, whatever their role: they see the versions that name them once
  these left the draft (a discarded one never did), comment, make counter-proposals and sign. Who is named for the
  other side never acts for the provider in that version.
* Everybody else learns nothing of agreements: 404.
"""

from accounts import rules as people
from core.errors import NotAllowed
from sla.models.negotiation import Side


def manages(user) -> bool:
    return people.is_manager(user)


def side_of(user, version) -> Side | None:
    """For which side a person speaks in the negotiation of a version."""
    if user.pk == version.other_signer_id:
        return Side.OTHER
    if manages(user) or user.pk == version.provider_signer_id:
        return Side.PROVIDER
    return None


def edits(user, version) -> bool:
    """Whether a person writes this version's content, while it can be changed."""
    return manages(user) and side_of(user, version) == Side.PROVIDER


def require_manager(actor) -> None:
    """Refuse anybody but an active manager. `None` is the system itself: a set-up, a demo, an import."""
    if actor is not None and not (actor.is_active and manages(actor)):
        raise NotAllowed()


def require_editor(actor, version) -> None:
    if actor is not None and not (actor.is_active and edits(actor, version)):
        raise NotAllowed()


def require_side(actor, version) -> Side:
    """The side the actor speaks for; refuses who speaks for none."""
    if actor is None:
        return Side.PROVIDER
    side = side_of(actor, version) if actor.is_active else None
    if side is None:
        raise NotAllowed()
    return side
