"""Who holds a value: thousands of values looked up at once."""

import json

from django.db import connection

from cmdb.models import ConfigurationItem

_BY_VALUES = """
    SELECT asked.at, item.id FROM unnest(%s::jsonb[]) WITH ORDINALITY AS asked(wanted, at)
      JOIN cmdb_configurationitem item ON item.values @> asked.wanted
"""


def holders(target, words) -> list:
    """(word, key of an item) for every item that has one of `words` as its short name, name or attribute."""
    if not target.startswith("value_"):
        return list(ConfigurationItem.objects.filter(**{f"{target}__in": words}).values_list(target, "pk"))
    key = target.removeprefix("value_")
    with connection.cursor() as cursor:
        cursor.execute(_BY_VALUES, [[json.dumps({key: word}) for word in words]])
        return [(words[at - 1], pk) for at, pk in cursor.fetchall()]
