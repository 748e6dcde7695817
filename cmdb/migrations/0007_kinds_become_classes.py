import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The kinds of old are the short names of the classes shipped, so that the column only changes its meaning."""

    dependencies = [("cmdb", "0006_ship_classes")]

    operations = [
        migrations.RenameField("configurationitem", "kind", "item_class"),
        migrations.AlterField(
            "configurationitem",
            "item_class",
            models.ForeignKey(
                to="cmdb.itemclass",
                to_field="slug",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                verbose_name="class",
            ),
        ),
    ]
