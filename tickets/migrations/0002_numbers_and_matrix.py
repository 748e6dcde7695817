"""The one number space, and the nine cells of the priority matrix (ITIL's usual impact × urgency)."""

from django.db import migrations

MATRIX = {(1, 1): 1, (1, 2): 2, (1, 3): 3, (2, 1): 2, (2, 2): 3, (2, 3): 4, (3, 1): 3, (3, 2): 4, (3, 3): 4}


def fill_matrix(apps, schema_editor):
    rule = apps.get_model("tickets", "PriorityRule")
    rule.objects.bulk_create(rule(impact=i, urgency=u, priority=p) for (i, u), p in MATRIX.items())


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE ticket_number START 1001", "DROP SEQUENCE ticket_number"),
        migrations.RunPython(fill_matrix, migrations.RunPython.noop),
    ]
