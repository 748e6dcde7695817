"""What ties articles to the tables of tickets, which know articles themselves."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("knowledge", "0002_searches_in_vain"),
        ("knowledge", "0003_reading_paths"),
        ("knowledge", "0004_follow_ups"),
        ("knowledge", "0005_templates_and_checklist"),
    ]

    dependencies = [
        ("knowledge", "0001_articles_and_paths"),
        ("tickets", "0001_squashed_0015_runbooks"),
    ]

    operations = [
        migrations.AddField(
            model_name="Article",
            name="category",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="tickets.category",
                verbose_name="category",
            ),
        ),
    ]
