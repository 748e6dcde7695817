"""A small landscape of items: a switch, three hosts of which a cluster needs two, an application, the ERP service."""

from cmdb import services as cmdb
from cmdb.models import ItemClass, RelationType

_ITEMS = (
    ("core", "switch"),
    ("host-1", "server"),
    ("host-2", "server"),
    ("host-3", "server"),
    ("cluster", "cluster"),
    ("app", "application"),
)


class Landscape(dict):
    """Items by short name; `names` tells the short name of a key."""

    @property
    def names(self):
        return {item.pk: slug for slug, item in self.items()}


def landscape(cast):
    classes = {one.slug: one for one in ItemClass.objects.all()}
    verbs = {one.slug: one for one in RelationType.objects.all()}
    made = Landscape(erp=cast.erp)
    for slug, item_class in _ITEMS:
        made[slug] = cmdb.create_item(
            actor=cast.chen_hao, item_class=classes[item_class], slug=slug, name_en=slug.title(), state="live",
            owner=cast.wang_fang, support_team=cast.network, environment="production", organisation=cast.xinghe,
        )  # fmt: skip
    for number in (1, 2, 3):
        host = made[f"host-{number}"]
        cmdb.relate(host, made["core"], verbs["connects-to"], actor=cast.chen_hao)
        cmdb.relate(made["cluster"], host, verbs["runs-on"], actor=cast.chen_hao, group="hosts", needed=2)
    cmdb.relate(made["app"], made["cluster"], verbs["runs-on"], actor=cast.chen_hao)
    cmdb.relate(made["erp"], made["app"], verbs["depends-on"], actor=cast.chen_hao)
    for item in made.values():
        item.refresh_from_db()
    return made
