from django.db import migrations

from cmdb import starter

# Baselines are what was; nobody corrects them afterwards.
FROZEN = """
CREATE FUNCTION cmdb_baseline_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a baseline never changes';
END $$;
CREATE TRIGGER cmdb_baseline_is_frozen BEFORE UPDATE ON cmdb_baseline
    FOR EACH ROW EXECUTE FUNCTION cmdb_baseline_is_frozen();
"""
THAWED = "DROP TRIGGER cmdb_baseline_is_frozen ON cmdb_baseline; DROP FUNCTION cmdb_baseline_is_frozen();"


def ship(apps, schema_editor):
    starter.ship(*(apps.get_model("cmdb", name) for name in ("ItemClass", "Attribute", "RelationType")))
    # What was out of use before there was a life cycle is retired.
    apps.get_model("cmdb", "ConfigurationItem").objects.filter(is_active=False).update(state="retired")


class Migration(migrations.Migration):
    dependencies = [("cmdb", "0005_classes_and_relations")]

    operations = [
        migrations.RunPython(ship, migrations.RunPython.noop),
        migrations.RunSQL(FROZEN, THAWED),
    ]
