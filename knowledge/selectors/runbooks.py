"""Runbooks that fit a piece of work, each with the reason why."""

from django.db.models import Q
from django.utils.translation import gettext as _

from knowledge.selectors.reading import current_for
from knowledge.vocabulary import Kind


def runbooks_for(user, *, service=None, category=None, above=(), items=(), linked=(), limit=4) -> list:
    """Current runbooks that `user` may read and that are about one of these (keys), each with `.why`.

    About one of its `items` comes before the same category, that before the same service or a category `above`;
    `linked` are articles that somebody chose already.
    """
    items, linked, above = set(items), set(linked), set(above)
    about = Q(article__item__in=items) | Q(article__in=linked)
    about |= Q(article__category=category) if category else Q()
    about |= Q(article__category__in=above)
    about |= Q(article__service=service) if service else Q()
    versions = list(current_for(user).filter(about, article__kind=Kind.RUNBOOK).order_by("-published_at", "-pk")[:50])
    for version in versions:
        article = version.article
        reasons = (
            (8, article.pk in linked, _("linked to this ticket")),
            (4, article.item_id in items, _("same item")),
            (2, category is not None and article.category_id == category, _("same category")),
            (1, article.category_id in above, _("broader category")),
            (1, service is not None and article.service_id == service, _("same service")),
        )
        version.why = [words for _weight, holds, words in reasons if holds]
        version.weight = sum(weight for weight, holds, _words in reasons if holds)
    return sorted(versions, key=lambda version: -version.weight)[:limit]
