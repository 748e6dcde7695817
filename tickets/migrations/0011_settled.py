"""One index finds what waits for its confirmation, whatever its kind calls that state."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0010_articles"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_to_close",
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True), ("resolved_at__isnull", False)),
                fields=["resolved_at"],
                name="ticket_settled",
            ),
        ),
    ]
