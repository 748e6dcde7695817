from django.db import migrations


class Migration(migrations.Migration):
    """Who held a ticket is read from the ledger: the team kept here was that after the span, and nobody read it."""

    dependencies = [
        ("sla", "0010_fewer_indexes"),
    ]

    operations = [
        migrations.RemoveField(model_name="segment", name="team"),
    ]
