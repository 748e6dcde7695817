from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("sla", "0006_calendars_keep_their_rules")]

    operations = [
        migrations.AddField(
            model_name="escalationpolicy",
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="escalation",
            name="event",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=models.deletion.PROTECT, related_name="+", to="events.event"
            ),
        ),
        migrations.CreateModel(
            name="SweepDelay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("noticed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("worst", models.PositiveIntegerField(verbose_name="longest wait in seconds")),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1), condition=models.Q(("ended_at", None)), name="one_sweep_delay_at_a_time"
                    )
                ],
            },
        ),
    ]
