from django.db import migrations, models

from core.migrating import encrypting
from core.secrets import SecretField

_ADDRESS = {"verbose_name": "webhook address"}
_SECRET = {"verbose_name": "signing secret", "blank": True, "default": ""}


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_more_news_and_chat")]

    operations = [
        migrations.AlterField("chatchannel", "address", models.TextField(**_ADDRESS)),
        migrations.AlterField("chatchannel", "secret", models.TextField(**_SECRET)),
        migrations.RunPython(*encrypting("notifications", "ChatChannel", "address", "secret")),
        migrations.AlterField("chatchannel", "address", SecretField(**_ADDRESS)),
        migrations.AlterField("chatchannel", "secret", SecretField(**_SECRET)),
    ]
