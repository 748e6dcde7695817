from django.db import migrations, models


class Migration(migrations.Migration):
    """A draft nobody else ever saw is discarded, not terminated: the other side learns nothing of it."""

    dependencies = [
        ("sla", "0011_segments_without_team"),
    ]

    operations = [
        migrations.AlterField(
            model_name="agreementversion",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("negotiating", "In negotiation"),
                    ("pending_signature", "Waiting for signatures"),
                    ("active", "In force"),
                    ("under_review", "In force, under review"),
                    ("superseded", "Superseded"),
                    ("expired", "Expired"),
                    ("terminated", "Terminated"),
                    ("discarded", "Discarded"),
                ],
                default="draft",
                max_length=20,
                verbose_name="state",
            ),
        ),
    ]
