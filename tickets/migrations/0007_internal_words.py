import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0006_desk_tools")]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="internal_vector",
            field=django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("internal_vector__isnull", False)),
                fields=["internal_vector"],
                name="ticket_search_internal",
            ),
        ),
    ]
