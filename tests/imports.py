"""Imports as tests make them: a source, a file, and the steps from one to the other."""

import csv
import io

from cmdb import services as cmdb
from cmdb.models import ConfigurationItem, ImportRun, ItemClass, Source
from cmdb.services import importing

COLUMNS = {"host": "slug", "name": "name_en", "sn": "value_serial_number", "ip": "value_ip_address",
           "gb": "value_memory"}  # fmt: skip


def source(cast, slug="sheet", *, kind="file", item_class="server", **facts):
    made = Source(slug=slug, kind=kind, item_class=ItemClass.objects.get(slug=item_class))
    return importing.keep_source(made, actor=cast.wang_fang, name_en=slug.title(), **facts)


def as_csv(rows) -> bytes:
    rows = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def checked(cast, source, rows, columns=None, *, actor=None) -> ImportRun:
    """A run whose file was checked and not applied. `rows` are dicts, or the bytes of a file."""
    content = rows if isinstance(rows, bytes) else as_csv(rows)
    actor = actor or cast.chen_hao
    type(actor).objects.filter(pk=actor.pk).update(language="en")
    run = importing.upload(source, actor=actor, name="items.csv", content=content)
    importing.map_columns(run, columns or COLUMNS, actor=actor)
    importing.work(run.pk)
    return ImportRun.objects.get(pk=run.pk)


def imported(cast, source, rows, columns=None, *, actor=None) -> ImportRun:
    run = checked(cast, source, rows, columns, actor=actor)
    importing.order_apply(run, actor=actor or cast.chen_hao)
    importing.work(run.pk)
    return ImportRun.objects.get(pk=run.pk)


def undone(cast, run, *, actor=None) -> ImportRun:
    importing.order_undo(run, actor=actor or cast.chen_hao)
    importing.work(run.pk)
    return ImportRun.objects.get(pk=run.pk)


def by_hand(cast, slug, values=None, **facts):
    server = ItemClass.objects.get(slug="server")
    return cmdb.create_item(
        actor=cast.chen_hao, item_class=server, slug=slug, name_en=slug, values=values or {}, **facts
    )


def held(slug) -> dict:
    """What an item holds that an import could have written."""
    item = ConfigurationItem.objects.get(slug=slug)
    facts = {"name_en": item.name_en, "environment": item.environment, "criticality": item.criticality}
    return {**facts, **item.values, "is_disputed": item.disputed_at is not None}
