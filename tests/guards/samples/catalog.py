"""An offer of the catalogue and a request for it."""

from catalog import services as catalog
from tests.guards.routes import ROUTES
from tests.offers import ANSWERS, offer


def samples(cast, world):
    item = offer(cast, organisations=[cast.xinghe])
    asked = catalog.submit(item, actor=cast.li_na, answers=ANSWERS)
    return {
        **{f"{route.name}.number": asked.number for route in ROUTES if route.name.startswith("api:request-")},
        "portal:revise.number": asked.number,
        **{f"portal:{name}.slug": item.slug for name in ("request-item", "request-draft")},
        "portal:service.slug": cast.erp.slug,
        "api:request-item-detail.pk": item.pk,
        "catalog:category.slug": item.category.slug,
        "catalog:.slug": item.slug,
    }
