"""Who has to look whether an article is still right, and who is told when they do not."""

from accounts.models import User
from accounts.rules import is_manager
from accounts.selectors.skills import leads_of
from knowledge.selectors.keeping import to_confirm
from knowledge.selectors.readers import readers_of


def listed(user):
    """`to_confirm` for a list, what is due longest first."""
    return to_confirm(user).select_related("version__article__owner", "escalated_to")


def superior_for(version) -> User | None:
    """Who looks after an article whose owner does not: a lead of theirs, else a manager; somebody who may read it."""
    owner = version.article.owner
    leads = leads_of(owner) if owner else []
    managers = [user for user in User.objects.active().order_by("pk") if is_manager(user)] if not leads else []
    people = [one for one in (*leads, *managers) if one.is_staff_member and one.pk != version.article.owner_id]
    return next(iter(readers_of(version, people)), None) if people else None
