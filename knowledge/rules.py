"""Who may do what with articles. Pure: nothing beyond the person's own roles.

* People of the desk write; what they wrote is reviewed by somebody of the desk whose words are not in it.
* The owner of an article and managers keep it: they confirm, propose to retire, and retire; so does the lead to whom
  an overdue confirmation was escalated.
* They also answer what readers missed in it.
* Who reads an article is said by its audience (`visibility` in `knowledge/models/article.py`).
"""

from datetime import timedelta

from accounts import rules as people
from core import clock

# So long after its review-by date an article counts on; then readers are told that nobody confirmed it.
GRACE = timedelta(days=30)
# A task to confirm an article that lies so long is recalled to its owner, then brought to whoever leads them.
REMIND_AFTER, ESCALATE_AFTER = timedelta(days=7), timedelta(days=14)
# So many readers who say "no" without a word are worth a look together.
SILENT_READERS = 3


def writes_articles(user) -> bool:
    return people.is_agent(user) or people.is_manager(user)


def writes(user, version) -> bool:
    return writes_articles(user)


def reviews(user, version) -> bool:
    """Somebody of the desk none of whose words are in it."""
    return writes_articles(user) and user.pk not in version.writers


def keeps(user, version) -> bool:
    """Also whoever its confirmation was escalated to, while that is open."""
    return keeps_article(user, version.article) or (user.is_staff_member and user.pk == version.escalated_to_id)


def keeps_article(user, article) -> bool:
    return people.is_manager(user) or user.pk == article.owner_id


def keeps_standards(user) -> bool:
    """Changes the templates of articles and the reviewer's checklist."""
    return user.is_active and people.is_manager(user)


def keeps_path(user, path) -> bool:
    """Changes a reading path, and says who reads it: its owner and managers."""
    return people.is_manager(user) or user.pk == path.owner_id


def takes_path(user, path) -> bool:
    """May read a path unasked."""
    return path.is_active and user.is_staff_member


def is_due(version) -> bool:
    """Its review-by date has come: somebody has to look whether it is still right."""
    return version.is_current and version.review_by is not None and version.review_by <= clock.now().date()


def is_unconfirmed(version) -> bool:
    """So long over its review-by date that readers are told."""
    return is_due(version) and version.review_by + GRACE < clock.now().date()


def publication_refusal(version):
    """Why a version cannot be published yet, or None: owner, audience and a link are owed."""
    return version.article.what_is_missing() or None
