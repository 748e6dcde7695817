"""What no query asks for by itself: every write of a clock paid for its index."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sla", "0009_replays"),
    ]

    operations = [
        migrations.AlterField(
            model_name="clock",
            name="agreement",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="clocks",
                to="sla.agreementversion",
            ),
        ),
        migrations.AlterField(
            model_name="clock",
            name="calendar_version",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sla.calendarversion"
            ),
        ),
        migrations.AlterField(
            model_name="clock",
            name="supplier",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="clock",
            name="team",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.team",
            ),
        ),
        migrations.AlterField(
            model_name="clock",
            name="terms",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sla.terms"
            ),
        ),
        migrations.AlterField(
            model_name="clock",
            name="ticket",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="clocks", to="tickets.ticket"
            ),
        ),
        migrations.AlterField(
            model_name="segment",
            name="calendar_version",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sla.calendarversion"
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(condition=models.Q(("team__isnull", False)), fields=["team"], name="clock_of_team"),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("supplier__isnull", False)), fields=["supplier"], name="clock_of_supplier"
            ),
        ),
    ]
