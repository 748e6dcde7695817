"""The tables of the app as they stood on 28 November 2026, in one step."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import AtOnce

# Published forms and sent answers cannot be changed, by anybody: answers would say what nobody said. Sent answers
# change for one reason only: somebody is forgotten, and says so (`core/forgetting.py`).
FORWARD = """
CREATE FUNCTION catalog_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % cannot be changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER catalog_formversion_immutable BEFORE UPDATE ON catalog_formversion
    FOR EACH ROW EXECUTE FUNCTION catalog_refuse_change();
CREATE FUNCTION catalog_refuse_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('itsm.erasing', true) = 'on' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a row of % cannot be changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER catalog_answerversion_immutable BEFORE UPDATE ON catalog_answerversion
    FOR EACH ROW EXECUTE FUNCTION catalog_refuse_other_words();
"""
BACKWARD = """
DROP TRIGGER catalog_answerversion_immutable ON catalog_answerversion;
DROP FUNCTION catalog_refuse_other_words();
DROP TRIGGER catalog_formversion_immutable ON catalog_formversion;
DROP FUNCTION catalog_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("catalog", "0001_catalogue_and_requests"),
        ("catalog", "0002_what_was_sent_stays"),
        ("catalog", "0003_answers_are_forgotten"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0011_team_specialism"),
        ("cmdb", "0001_squashed_0016_responsibilities"),
        ("tickets", "0001_squashed_0015_runbooks"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="ServiceCategory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="catalog.servicecategory",
                            ),
                        ),
                        ("icon", models.CharField(default="folder", max_length=40, verbose_name="icon")),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "category of the catalogue",
                        "ordering": ["position", "slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="catalog_servicecategory_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parent", models.F("id")), _negated=True),
                                name="category_not_in_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("slug", models.SlugField(max_length=80, unique=True)),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="catalog.servicecategory",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="request_items",
                                to="cmdb.service",
                                verbose_name="service",
                            ),
                        ),
                        ("description_zh", models.TextField(blank=True, verbose_name="Chinese description")),
                        ("description_en", models.TextField(blank=True, verbose_name="English description")),
                        ("in_scope_zh", models.TextField(blank=True, verbose_name="included, in Chinese")),
                        ("in_scope_en", models.TextField(blank=True, verbose_name="included, in English")),
                        ("out_of_scope_zh", models.TextField(blank=True, verbose_name="not included, in Chinese")),
                        ("out_of_scope_en", models.TextField(blank=True, verbose_name="not included, in English")),
                        ("icon", models.CharField(default="box", max_length=40, verbose_name="icon")),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="owned_request_items",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="request_items",
                                to="accounts.team",
                                verbose_name="team that fulfils it",
                            ),
                        ),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Normal"), (4, "P4 Low")],
                                default=3,
                                verbose_name="priority",
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=12,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="price",
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                choices=[("CNY", "CNY"), ("USD", "USD"), ("EUR", "EUR")],
                                default="CNY",
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "is_cost_centre_required",
                            models.BooleanField(default=False, verbose_name="needs a cost centre"),
                        ),
                        ("route", models.JSONField(blank=True, default=list, verbose_name="approval route")),
                        ("tasks", models.JSONField(blank=True, default=list, verbose_name="tasks")),
                        ("draft_form", models.JSONField(blank=True, null=True)),
                        (
                            "current_form",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalog.formversion",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="offered")),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
                        (
                            "organisations",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="accounts.organisation",
                                verbose_name="for these organisations",
                            ),
                        ),
                        (
                            "departments",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="accounts.department",
                                verbose_name="for these departments",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request item",
                        "ordering": ["position", "slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="catalog_requestitem_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("price", None), ("price__gte", 0), _connector="OR"),
                                name="price_is_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forms",
                                to="catalog.requestitem",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("definition", models.JSONField()),
                        (
                            "published_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("published_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["item", "number"],
                        "constraints": [models.UniqueConstraint(fields=("item", "number"), name="form_version_number")],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="request_drafts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafts",
                                to="catalog.requestitem",
                            ),
                        ),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.formversion"
                            ),
                        ),
                        ("posted", models.JSONField(default=dict)),
                        ("saved_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-saved_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "item"), name="one_draft_per_person_and_item")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceRequest",
                    fields=[
                        (
                            "ticket_ptr",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                related_name="request",
                                serialize=False,
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="catalog.requestitem",
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="price"
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                choices=[("CNY", "CNY"), ("USD", "USD"), ("EUR", "EUR")],
                                default="CNY",
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        ("cost_centre", models.CharField(blank=True, max_length=40, verbose_name="cost centre")),
                        (
                            "resolution_notes",
                            models.TextField(blank=True, default="", verbose_name="what was delivered"),
                        ),
                        ("reopen_count", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "service request",
                    },
                    bases=("tickets.ticket",),
                ),
                migrations.CreateModel(
                    name="AnswerVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="catalog.servicerequest",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.formversion"
                            ),
                        ),
                        ("values", models.JSONField()),
                        (
                            "sent_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sent_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["request", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("request", "number"), name="answer_version_number")
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
