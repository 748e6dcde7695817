from django.db import migrations, models

from core.migrating import encrypting
from core.secrets import SecretField


class Migration(migrations.Migration):
    dependencies = [("integrations", "0001_mail_in")]

    operations = [
        migrations.AlterField("mailbox", "secret", models.TextField(blank=True, default="", verbose_name="password")),
        migrations.RunPython(*encrypting("integrations", "Mailbox", "secret")),
        migrations.AlterField("mailbox", "secret", SecretField(blank=True, default="", verbose_name="password")),
    ]
