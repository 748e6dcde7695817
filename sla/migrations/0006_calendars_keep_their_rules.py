"""A calendar version keeps the zone's offsets it was published under; a recalculation may be taken over by the next."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sla", "0005_signing_again")]
    operations = [
        migrations.AddField(model_name="calendarversion", name="labels", field=models.JSONField(default=dict)),
        migrations.AddField(model_name="calendarversion", name="offsets", field=models.JSONField(default=list)),
        migrations.AlterField(
            model_name="recalculation",
            name="state",
            field=models.CharField(
                choices=[
                    ("running", "Running"),
                    ("done", "Done"),
                    ("taken_over", "Taken over by a later change"),
                ],
                default="running",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="recalculation",
            index=models.Index(fields=["id"], name="recalculation_running", condition=models.Q(state="running")),
        ),
    ]
