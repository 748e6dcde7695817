"""The first tables of an app are made together, in any order of what they point to, and go again."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from core.migrating import AtOnce

TABLES = {"core_hen", "core_egg"}


def having(target):
    return [
        ("id", models.BigAutoField(primary_key=True)),
        ("origin", models.ForeignKey(target, models.CASCADE, null=True)),
    ]


def there():
    return TABLES & set(connection.introspection.table_names())


@pytest.mark.django_db
def test_tables_that_know_each_other_are_made_at_once_and_undone():
    step = AtOnce([CreateModel("Hen", having("core.egg")), CreateModel("Egg", having("core.hen"))])
    before = ProjectState()
    assert before.apps.get_models() == []
    after = before.clone()
    step.state_forwards("core", after)
    with connection.schema_editor() as editor:
        step.database_forwards("core", editor, before, after)
    assert there() == TABLES
    hen, egg = (after.apps.get_model("core", name).objects for name in ("Hen", "Egg"))
    assert egg.create(origin=hen.create()).origin_id == hen.get().pk
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as editor:
        step.database_backwards("core", editor, after, before)
    assert there() == set()
