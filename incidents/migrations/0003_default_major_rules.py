"""Rules every house begins with; managers change them in the administration."""

from django.db import migrations

RULES = [
    {"name_zh": "关键服务中断", "name_en": "Critical service down", "reports": 1, "minutes": 15, "criticality": 1, "priority": 1},
    {"name_zh": "重要服务集中报障", "name_en": "Many reports of an important service", "reports": 5, "minutes": 15, "criticality": 2},
    {"name_zh": "集中报障", "name_en": "Many reports of one service", "reports": 10, "minutes": 15},
]  # fmt: skip


def install(apps, schema_editor):
    rules = apps.get_model("incidents", "MajorRule").objects
    for rule in RULES:
        rules.get_or_create(name_en=rule["name_en"], defaults=rule)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0002_major_incidents")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
