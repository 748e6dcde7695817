"""Words are cut differently from here on: what is remembered of incidents is read anew by the next hourly sweep."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("problems", "0001_squashed_0005_deciders_are_told")]

    operations = [migrations.RunSQL("DELETE FROM problems_sighting", migrations.RunSQL.noop)]
