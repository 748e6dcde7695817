"""What several apps' migrations do alike."""

from django.db.migrations.operations.base import Operation

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


class AtOnce(Operation):
    """The first tables of an app, made one after the other but rendered together.

    Django renders every model that is tied to a new one again for each operation; between the tables of one first
    migration nobody looks at a model. Takes operations that need only the state after all of them: CreateModel.
    """

    reversible = True

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {len(self.operations)} tables"
