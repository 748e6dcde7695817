"""What several apps' migrations do alike."""

from core.secrets import Secret


def encrypting(app, model, *names):
    """(forwards, backwards) for RunPython: the plain texts of these columns become what a SecretField reads."""

    def rewrite(apps, change):
        manager = apps.get_model(app, model)._base_manager
        for row in manager.order_by("pk").values("pk", *names):
            if values := {name: change(row[name]) for name in names if row[name]}:
                manager.filter(pk=row["pk"]).update(**values)

    def forwards(apps, _editor):
        rewrite(apps, lambda plain: Secret(plain).stored())

    def backwards(apps, _editor):
        rewrite(apps, lambda token: Secret(token=token).plain())

    return forwards, backwards
