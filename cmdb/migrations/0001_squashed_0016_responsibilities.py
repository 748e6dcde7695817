"""The tables of the app as they stood on 28 November 2026, in one step."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import cmdb.models.documents
import cmdb.models.imports
from cmdb import starter
from core.migrating import AtOnce

# Baselines are what was; nobody corrects them afterwards.
FORWARD = """
CREATE FUNCTION cmdb_baseline_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a baseline never changes';
END $$;
CREATE TRIGGER cmdb_baseline_is_frozen BEFORE UPDATE ON cmdb_baseline
    FOR EACH ROW EXECUTE FUNCTION cmdb_baseline_is_frozen();
"""
BACKWARD = "DROP TRIGGER cmdb_baseline_is_frozen ON cmdb_baseline; DROP FUNCTION cmdb_baseline_is_frozen();"


def ship(apps, schema_editor):
    starter.ship(*(apps.get_model("cmdb", name) for name in ("ItemClass", "Attribute", "RelationType")))


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("cmdb", "0001_initial"),
        ("cmdb", "0002_outages_and_announcements"),
        ("cmdb", "0003_item_names_by_trigram"),
        ("cmdb", "0004_outages_by_hand"),
        ("cmdb", "0005_classes_and_relations"),
        ("cmdb", "0006_ship_classes"),
        ("cmdb", "0007_kinds_become_classes"),
        ("cmdb", "0008_what_is_over"),
        ("cmdb", "0009_records_are_confirmed"),
        ("cmdb", "0010_sources_and_imports"),
        ("cmdb", "0011_what_agents_report"),
        ("cmdb", "0012_details_of_reports"),
        ("cmdb", "0013_audits"),
        ("cmdb", "0014_duplicates_are_merged"),
        ("cmdb", "0015_files_of_items"),
        ("cmdb", "0016_responsibilities"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0011_team_specialism"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="Audit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "item_classes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                            ),
                        ),
                        ("population", models.PositiveIntegerField()),
                        ("seed", models.BigIntegerField()),
                        ("drawn_at", models.DateTimeField()),
                        (
                            "drawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "audit of records",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "item_classes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="until")),
                        ("opened_at", models.DateTimeField()),
                        (
                            "opened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reminded_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "confirmation campaign",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="ItemClass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("slug", models.SlugField(max_length=40, unique=True, verbose_name="short name")),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="cmdb.itemclass",
                                verbose_name="below",
                            ),
                        ),
                        (
                            "family",
                            models.CharField(
                                choices=[
                                    ("service", "Business service"),
                                    ("application", "Application"),
                                    ("platform", "Platform"),
                                    ("infrastructure", "Infrastructure"),
                                    ("network", "Network"),
                                    ("desktop", "Workplace"),
                                    ("security", "Security"),
                                    ("backup", "Backup"),
                                    ("contract", "Contract"),
                                    ("location", "Location"),
                                ],
                                max_length=16,
                                verbose_name="family",
                            ),
                        ),
                        ("icon", models.CharField(default="server", max_length=40, verbose_name="icon")),
                        ("stale_after", models.PositiveSmallIntegerField(default=180, verbose_name="stale after days")),
                        ("is_abstract", models.BooleanField(default=False, verbose_name="only groups other classes")),
                    ],
                    options={
                        "verbose_name": "item class",
                        "ordering": ["family", "slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="cmdb_itemclass_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConfigurationItem",
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
                            "item_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="cmdb.itemclass",
                                to_field="slug",
                                verbose_name="class",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("ordered", "Ordered"),
                                    ("in_stock", "In stock"),
                                    ("deploying", "Deploying"),
                                    ("live", "Live"),
                                    ("maintenance", "In maintenance"),
                                    ("missing", "Missing"),
                                    ("retired", "Retired"),
                                    ("disposed", "Disposed of"),
                                ],
                                default="live",
                                max_length=12,
                                verbose_name="life cycle",
                            ),
                        ),
                        (
                            "criticality",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "Critical"), (2, "High"), (3, "Normal"), (4, "Low")],
                                default=3,
                                verbose_name="criticality",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="owned_items",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "support_team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="supported_items",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "used_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="used_items",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="used by",
                            ),
                        ),
                        (
                            "environment",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("production", "Production"),
                                    ("staging", "Staging"),
                                    ("test", "Test"),
                                    ("development", "Development"),
                                    ("recovery", "Disaster recovery"),
                                    ("office", "Office"),
                                ],
                                max_length=12,
                                verbose_name="environment",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="located_here",
                                to="cmdb.configurationitem",
                                verbose_name="location",
                            ),
                        ),
                        (
                            "standalone",
                            models.CharField(blank=True, max_length=200, verbose_name="why it stands alone"),
                        ),
                        ("values", models.JSONField(blank=True, default=dict)),
                        ("findable", models.TextField(blank=True, default="", editable=False)),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        ("verified_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "verified_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("verified_how", models.CharField(blank=True, max_length=200)),
                        ("disputed_at", models.DateTimeField(blank=True, null=True)),
                        ("dispute", models.CharField(blank=True, max_length=500)),
                        ("disputed_in", models.CharField(blank=True, max_length=20)),
                        (
                            "merged_into",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "configuration item",
                        "ordering": ["slug"],
                        "abstract": False,
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass(
                                    django.db.models.functions.text.Upper("slug"), name="gin_trgm_ops"
                                ),
                                django.contrib.postgres.indexes.OpClass(
                                    django.db.models.functions.text.Upper("name_zh"), name="gin_trgm_ops"
                                ),
                                django.contrib.postgres.indexes.OpClass(
                                    django.db.models.functions.text.Upper("name_en"), name="gin_trgm_ops"
                                ),
                                name="item_names",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass(
                                    django.db.models.functions.text.Upper("findable"), name="gin_trgm_ops"
                                ),
                                name="item_findable",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ("retired", "disposed"))),
                                fields=["id"],
                                name="item_over",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["values"], name="item_values", opclasses=["jsonb_path_ops"]
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="cmdb_configurationitem_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Service",
                    fields=[
                        (
                            "configurationitem_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="cmdb.configurationitem",
                            ),
                        ),
                        ("description_zh", models.TextField(blank=True, verbose_name="Chinese description")),
                        ("description_en", models.TextField(blank=True, verbose_name="English description")),
                        ("icon", models.CharField(default="apps", max_length=40)),
                        ("is_offered", models.BooleanField(default=True, verbose_name="offered in the portal")),
                        ("position", models.PositiveSmallIntegerField(default=100)),
                    ],
                    options={
                        "verbose_name": "service",
                        "ordering": ["position", "slug"],
                    },
                    bases=("cmdb.configurationitem",),
                ),
                migrations.CreateModel(
                    name="Baseline",
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
                                related_name="baselines",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("is_whole", models.BooleanField(default=False, verbose_name="with everything it needs")),
                        ("taken_at", models.DateTimeField()),
                        (
                            "taken_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("content", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    ],
                    options={
                        "verbose_name": "baseline",
                        "ordering": ["-taken_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Attribute",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        (
                            "item_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attributes",
                                to="cmdb.itemclass",
                            ),
                        ),
                        ("key", models.SlugField(max_length=40, verbose_name="key")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("text", "Text"),
                                    ("number", "Number"),
                                    ("date", "Date"),
                                    ("choice", "Choice"),
                                    ("boolean", "Yes or no"),
                                    ("url", "Web address"),
                                    ("ip", "IP address"),
                                    ("mac", "MAC address"),
                                    ("item", "Configuration item"),
                                    ("person", "Person"),
                                ],
                                default="text",
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=16, verbose_name="unit")),
                        ("choices", models.JSONField(blank=True, default=dict)),
                        ("is_required", models.BooleanField(default=False, verbose_name="required")),
                        ("is_recommended", models.BooleanField(default=False, verbose_name="recommended")),
                        ("is_unique", models.BooleanField(default=False, verbose_name="unique in its class")),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "attribute",
                        "ordering": ["position", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="cmdb_attribute_has_a_name",
                            ),
                            models.UniqueConstraint(fields=("item_class", "key"), name="attribute_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemDocument",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="title")),
                        ("url", models.URLField(max_length=500, verbose_name="address")),
                    ],
                    options={
                        "verbose_name": "document",
                        "ordering": ["title", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ItemFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("size", models.PositiveBigIntegerField()),
                        ("content_type", models.CharField(max_length=100)),
                        ("sha256", models.CharField(max_length=64)),
                        ("is_image", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField()),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("file", models.FileField(max_length=200, upload_to=cmdb.models.documents.random_path)),
                    ],
                    options={
                        "verbose_name": "file of an item",
                        "ordering": ["id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RedundancyGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "dependant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="redundancy_groups",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("needed", models.PositiveSmallIntegerField(default=1, verbose_name="needed")),
                    ],
                    options={
                        "verbose_name": "redundancy group",
                        "ordering": ["name", "id"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("needed__gte", 1)), name="group_needs_somebody"),
                            models.UniqueConstraint(fields=("dependant", "name"), name="group_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RelationType",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("slug", models.SlugField(max_length=40, unique=True, verbose_name="short name")),
                        ("reverse_zh", models.CharField(max_length=120, verbose_name="Chinese, the other way")),
                        ("reverse_en", models.CharField(max_length=120, verbose_name="English, the other way")),
                        (
                            "impact",
                            models.CharField(
                                choices=[
                                    ("forward", "When the first fails, the second fails"),
                                    ("reverse", "When the second fails, the first fails"),
                                    ("none", "Neither hits the other"),
                                ],
                                default="none",
                                max_length=8,
                                verbose_name="impact",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "relation type",
                        "ordering": ["slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="cmdb_relationtype_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Relation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="relations_out",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="relations_in",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        (
                            "relation_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="relations",
                                to="cmdb.relationtype",
                            ),
                        ),
                        (
                            "provider",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        (
                            "dependant",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="relations",
                                to="cmdb.redundancygroup",
                            ),
                        ),
                        ("origin", models.CharField(default="manual", max_length=40, verbose_name="from")),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "relation",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("provider__isnull", False)),
                                fields=["provider"],
                                include=("dependant", "group"),
                                name="impact_down",
                            ),
                            models.Index(
                                condition=models.Q(("dependant__isnull", False)),
                                fields=["dependant"],
                                include=("provider", "group"),
                                name="impact_up",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "target", "relation_type"), name="relation_once"),
                            models.CheckConstraint(
                                condition=models.Q(("source", models.F("target")), _negated=True),
                                name="relation_joins_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sample",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "audit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="samples", to="cmdb.audit"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        ("findings", models.JSONField(default=dict)),
                        ("checked_at", models.DateTimeField(null=True)),
                        (
                            "checked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("audit", "item"), name="drawn_once_in_an_audit")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Source",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("slug", models.SlugField(max_length=40, unique=True, verbose_name="short name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("file", "Files"), ("agent", "Inventory agents")],
                                default="file",
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "item_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cmdb.itemclass",
                                to_field="slug",
                                verbose_name="class",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "begins_as",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("in_stock", "In stock"),
                                    ("deploying", "Deploying"),
                                    ("live", "Live"),
                                ],
                                default="live",
                                max_length=12,
                                verbose_name="new items are",
                            ),
                        ),
                        (
                            "creates",
                            models.BooleanField(default=True, verbose_name="makes items that are not known yet"),
                        ),
                        ("columns", models.JSONField(blank=True, default=dict)),
                        ("rules", models.JSONField(blank=True, default=list)),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                default=60,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="authority",
                            ),
                        ),
                        ("ranks", models.JSONField(blank=True, default=dict)),
                        ("token_digest", models.CharField(blank=True, editable=False, max_length=64)),
                        ("token_made_at", models.DateTimeField(editable=False, null=True)),
                        ("heard_at", models.DateTimeField(editable=False, null=True, verbose_name="last heard of")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                    ],
                    options={
                        "verbose_name": "source",
                        "ordering": ["slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="cmdb_source_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="cmdb.source"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="file")),
                        (
                            "file",
                            models.FileField(blank=True, max_length=200, upload_to=cmdb.models.imports.random_path),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("uploaded", "Uploaded"),
                                    ("planning", "Being checked"),
                                    ("planned", "Checked"),
                                    ("applying", "Being applied"),
                                    ("applied", "Applied"),
                                    ("undoing", "Being undone"),
                                    ("undone", "Undone"),
                                    ("discarded", "Discarded"),
                                    ("failed", "Failed"),
                                ],
                                default="uploaded",
                                max_length=10,
                            ),
                        ),
                        ("columns", models.JSONField(default=dict)),
                        ("counts", models.JSONField(default=dict)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("problem", models.CharField(blank=True, max_length=500)),
                        ("created_at", models.DateTimeField()),
                        ("applied_at", models.DateTimeField(null=True)),
                        ("undone_at", models.DateTimeField(null=True)),
                        (
                            "undone_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("planning", "applying", "undoing"))),
                                fields=["id"],
                                name="import_run_waiting",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="claims",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="claims",
                                to="cmdb.source",
                            ),
                        ),
                        ("key", models.CharField(blank=True, max_length=200)),
                        (
                            "said",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="cmdb.importrun",
                            ),
                        ),
                        ("seen_at", models.DateTimeField()),
                        ("disputed_at", models.DateTimeField(null=True)),
                        ("details", models.JSONField(default=dict)),
                    ],
                    options={
                        "verbose_name": "what a source says",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "source"), name="claim_once", nulls_distinct=False),
                            models.UniqueConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                fields=("source", "key"),
                                name="claim_by_key",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Responsibility",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="responsibilities",
                                to="cmdb.service",
                            ),
                        ),
                        (
                            "activity",
                            models.CharField(
                                choices=[
                                    ("operate", "Operation"),
                                    ("monitor", "Monitoring"),
                                    ("incident", "Incidents"),
                                    ("problem", "Problems"),
                                    ("change", "Changes"),
                                    ("request", "Service requests"),
                                    ("knowledge", "Knowledge"),
                                    ("security", "Security"),
                                    ("supplier", "Suppliers"),
                                ],
                                max_length=10,
                                verbose_name="activity",
                            ),
                        ),
                        (
                            "letter",
                            models.CharField(
                                choices=[
                                    ("A", "Accountable"),
                                    ("R", "Responsible"),
                                    ("C", "Consulted"),
                                    ("I", "Informed"),
                                ],
                                max_length=1,
                                verbose_name="responsibility",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="responsibilities_held",
                                to="accounts.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="responsibilities_held",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "responsibility",
                        "ordering": ["service", "activity", "letter", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("team", None), ("person", None), _connector="XOR"),
                                name="responsibility_of_one_party",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("letter", "A")),
                                fields=("service", "activity"),
                                name="one_accountable_per_activity",
                            ),
                            models.UniqueConstraint(
                                fields=("service", "activity", "letter", "team", "person"),
                                name="responsibility_once",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Outage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outages",
                                to="cmdb.service",
                                verbose_name="service",
                            ),
                        ),
                        ("from_at", models.DateTimeField(verbose_name="from")),
                        ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                        ("is_full", models.BooleanField(default=True, verbose_name="nothing works")),
                        ("cause", models.CharField(blank=True, default="", max_length=20, verbose_name="ticket")),
                        (
                            "text_zh",
                            models.TextField(blank=True, default="", max_length=1000, verbose_name="Text in Chinese"),
                        ),
                        (
                            "text_en",
                            models.TextField(blank=True, default="", max_length=1000, verbose_name="Text in English"),
                        ),
                    ],
                    options={
                        "verbose_name": "outage",
                        "ordering": ["-from_at", "-pk"],
                        "indexes": [models.Index(fields=["service", "-from_at"], name="outages_of_service")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_at__isnull", True), ("until_at__gte", models.F("from_at")), _connector="OR"
                                ),
                                name="outage_ends_after_it_began",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until_at__isnull", True), models.Q(("cause", ""), _negated=True)),
                                fields=("service", "cause"),
                                name="one_open_outage_per_cause",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Announcement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("news", "News"),
                                    ("maintenance", "Planned maintenance"),
                                    ("warning", "Warning"),
                                ],
                                default="news",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("title_zh", models.CharField(blank=True, max_length=160, verbose_name="Chinese title")),
                        ("title_en", models.CharField(blank=True, max_length=160, verbose_name="English title")),
                        ("text_zh", models.TextField(blank=True, max_length=4000, verbose_name="Text in Chinese")),
                        ("text_en", models.TextField(blank=True, max_length=4000, verbose_name="Text in English")),
                        ("from_at", models.DateTimeField(verbose_name="shown from")),
                        ("until_at", models.DateTimeField(verbose_name="shown until")),
                        ("work_from", models.DateTimeField(blank=True, null=True, verbose_name="work begins")),
                        ("work_until", models.DateTimeField(blank=True, null=True, verbose_name="work ends")),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="announcements",
                                to="accounts.organisation",
                                verbose_name="only for",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "services",
                            models.ManyToManyField(
                                blank=True,
                                related_name="announcements",
                                to="cmdb.service",
                                verbose_name="affected services",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "announcement",
                        "ordering": ["-from_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_at__gt", models.F("from_at"))),
                                name="announcement_ends_after_it_began",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title_en", ""), ("title_zh", ""), _negated=True),
                                name="announcement_has_a_title",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attestation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attestations",
                                to="cmdb.campaign",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attestations",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                blank=True, choices=[("right", "Right"), ("wrong", "Something is wrong")], max_length=5
                            ),
                        ),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("campaign", "item"), name="asked_once_in_a_campaign")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Duplicate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        (
                            "signs",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60), size=None
                            ),
                        ),
                        ("found_at", models.DateTimeField()),
                        ("dismissed_at", models.DateTimeField(null=True)),
                        (
                            "dismissed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("why", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "verbose_name": "possible duplicate",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("dismissed_at__isnull", True)), fields=["id"], name="duplicate_open"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("first", "second"), name="duplicate_once"),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))), name="duplicate_in_order"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="cmdb.importrun",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("create", "New"),
                                    ("update", "Changed"),
                                    ("kept", "Kept"),
                                    ("same", "Same"),
                                    ("conflict", "Conflict"),
                                    ("error", "Error"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="import_lines",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        ("slug", models.CharField(blank=True, max_length=80)),
                        ("item_class", models.CharField(blank=True, max_length=40)),
                        (
                            "diff",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        (
                            "kept",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        (
                            "claims",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        ("raw", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ("message", models.CharField(blank=True, max_length=500)),
                        ("version", models.PositiveIntegerField(null=True)),
                        ("left", models.CharField(blank=True, max_length=300, verbose_name="why it was not undone")),
                    ],
                    options={
                        "verbose_name": "line of an import",
                        "ordering": ["number"],
                        "indexes": [models.Index(fields=["run", "verdict", "number"], name="import_line_by_verdict")],
                        "constraints": [models.UniqueConstraint(fields=("run", "number"), name="import_line_once")],
                    },
                ),
            ]
        ),
        migrations.RunPython(ship, migrations.RunPython.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
