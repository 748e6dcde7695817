"""Words have other meanings from here on: what is remembered of incidents is read anew by the next hourly sweep."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("problems", "0008_what_was_no_recurrence")]

    operations = [migrations.RunSQL("DELETE FROM problems_sighting", migrations.RunSQL.noop)]
