"""What the configuration records said before the work, so that the review sees what was changed in them."""

from changes.selectors.scope import item_ids
from cmdb import services as cmdb
from cmdb.models import ConfigurationItem

MOST_ITEMS = 50


def take_baselines(event):
    """change.started: a baseline of each affected item, named by the change."""
    change = event.subject
    items = ConfigurationItem.objects.filter(pk__in=item_ids(change)).select_related("item_class").order_by("pk")
    for item in items[:MOST_ITEMS]:
        cmdb.take_baseline(item, actor=None, name=change.number)
