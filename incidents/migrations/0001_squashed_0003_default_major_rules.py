"""The tables of the app as they stood on 28 November 2026, in one step."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import AtOnce

# Rules every house begins with; managers change them in the administration.
RULES = [
    {"name_zh": "关键服务中断", "name_en": "Critical service down", "reports": 1, "minutes": 15, "criticality": 1, "priority": 1},
    {"name_zh": "重要服务集中报障", "name_en": "Many reports of an important service", "reports": 5, "minutes": 15, "criticality": 2},
    {"name_zh": "集中报障", "name_en": "Many reports of one service", "reports": 10, "minutes": 15},
]  # fmt: skip


def install(apps, schema_editor):
    rules = apps.get_model("incidents", "MajorRule").objects
    for rule in RULES:
        rules.get_or_create(name_en=rule["name_en"], defaults=rule)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("incidents", "0001_initial"),
        ("incidents", "0002_major_incidents"),
        ("incidents", "0003_default_major_rules"),
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
                    name="Incident",
                    fields=[
                        (
                            "ticket_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "resolution_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fixed", "Repaired"),
                                    ("workaround", "Workaround given"),
                                    ("configured", "Configuration corrected"),
                                    ("replaced", "Part or device replaced"),
                                    ("advised", "Explained to the user"),
                                    ("not_reproducible", "Not reproducible"),
                                    ("by_supplier", "Repaired by the supplier"),
                                    ("by_parent", "Solved with the parent ticket"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="how it was resolved",
                            ),
                        ),
                        ("resolution_notes", models.TextField(blank=True, default="", verbose_name="resolution")),
                        (
                            "escalation_level",
                            models.PositiveSmallIntegerField(default=0, verbose_name="escalation level"),
                        ),
                        (
                            "hierarchical_level",
                            models.PositiveSmallIntegerField(default=0, verbose_name="informed up the line"),
                        ),
                        (
                            "escalated_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "first_team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        ("reassignment_count", models.PositiveSmallIntegerField(default=0)),
                        ("reopen_count", models.PositiveSmallIntegerField(default=0)),
                        ("early_reopen_count", models.PositiveSmallIntegerField(default=0)),
                        (
                            "major_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("candidate", "Proposed as major"),
                                    ("rejected", "Not major"),
                                    ("declared", "Major incident"),
                                    ("stood_down", "Stood down, review owed"),
                                    ("reviewed", "Reviewed"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="major incident",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "incident",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("escalation_level__gt", 0)),
                                fields=["escalation_level"],
                                name="incident_escalated",
                            ),
                            models.Index(
                                condition=models.Q(("major_state", ""), _negated=True),
                                fields=["major_state"],
                                name="incident_major",
                            ),
                        ],
                    },
                    bases=("tickets.ticket",),
                ),
                migrations.CreateModel(
                    name="MajorIncident",
                    fields=[
                        (
                            "incident",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="major",
                                serialize=False,
                                to="incidents.incident",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                        ("proposed_at", models.DateTimeField(verbose_name="proposed")),
                        (
                            "commander",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Incident commander",
                            ),
                        ),
                        ("bridge", models.CharField(blank=True, max_length=300, verbose_name="bridge")),
                        (
                            "cadence",
                            models.PositiveSmallIntegerField(
                                choices=[(15, "15"), (30, "30"), (60, "60"), (120, "120"), (240, "240")],
                                default=30,
                                verbose_name="minutes between updates",
                            ),
                        ),
                        (
                            "extent",
                            models.CharField(
                                choices=[("full", "Nothing works"), ("partial", "Works badly")],
                                default="full",
                                max_length=8,
                                verbose_name="extent",
                            ),
                        ),
                        ("next_update_due", models.DateTimeField(blank=True, null=True, verbose_name="next update")),
                        ("declared_at", models.DateTimeField(blank=True, null=True, verbose_name="declared")),
                        (
                            "declared_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("stood_down_at", models.DateTimeField(blank=True, null=True, verbose_name="stood down")),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                        ("what_happened", models.TextField(blank=True, verbose_name="What happened")),
                        ("impact", models.TextField(blank=True, verbose_name="Impact")),
                        ("went_well", models.TextField(blank=True, verbose_name="What went well")),
                        ("to_change", models.TextField(blank=True, verbose_name="What we change")),
                        (
                            "services",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="cmdb.service", verbose_name="affected services"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "major incident",
                        "ordering": ["-proposed_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="MajorRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("reports", models.PositiveSmallIntegerField(default=5, verbose_name="reports")),
                        ("minutes", models.PositiveSmallIntegerField(default=15, verbose_name="within minutes")),
                        (
                            "criticality",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "Critical"), (2, "High"), (3, "Normal"), (4, "Low")],
                                default=4,
                                verbose_name="criticality of the service, at least",
                            ),
                        ),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Normal"), (4, "P4 Low")],
                                default=4,
                                verbose_name="priority of the reports, at least",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                    ],
                    options={
                        "verbose_name": "rule for major incidents",
                        "ordering": ["reports", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="incidents_majorrule_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 1), ("reports__gte", 1)),
                                name="major_rule_counts_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MajorUpdate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "major",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="updates",
                                to="incidents.majorincident",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("public", "Users of the affected services"),
                                    ("staff", "The desk"),
                                    ("managers", "Managers"),
                                ],
                                default="public",
                                max_length=8,
                                verbose_name="For whom",
                            ),
                        ),
                        ("text_zh", models.TextField(blank=True, verbose_name="Text in Chinese")),
                        ("text_en", models.TextField(blank=True, verbose_name="Text in English")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="sent")),
                    ],
                    options={
                        "verbose_name": "update",
                        "ordering": ["-created_at", "-pk"],
                    },
                ),
            ]
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
