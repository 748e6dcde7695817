from django.db import migrations

from cmdb.starter import COMPUTERS, CORES, MEMORY, UUID

ADDED = [(slug, UUID) for slug in COMPUTERS] + [
    (slug, one) for slug in ("virtual-machine", "desktop") for one in (CORES, MEMORY)
]


def add(apps, schema_editor):
    """Only what is new, and only to classes that are still there: the rest may have been shaped since."""
    classes = {one.slug: one for one in apps.get_model("cmdb", "ItemClass").objects.all()}
    attributes = apps.get_model("cmdb", "Attribute").objects
    for slug, (key, kind, unit, choices, name_zh, name_en, flags) in ADDED:
        if slug in classes:
            attributes.get_or_create(
                item_class=classes[slug],
                key=key,
                defaults={
                    "kind": kind,
                    "unit": unit,
                    "choices": choices,
                    "name_zh": name_zh,
                    "name_en": name_en,
                    "is_unique": "unique" in flags,
                    "position": 70,
                },
            )


class Migration(migrations.Migration):
    dependencies = [("cmdb", "0010_sources_and_imports")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
