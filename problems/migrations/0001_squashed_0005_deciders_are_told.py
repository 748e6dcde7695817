"""The tables of the app as they stood on 28 November 2026, in one step."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import AtOnce
from problems import analysis_starter, recurrence_starter


def ship(apps, schema_editor):
    recurrence_starter.ship(apps.get_model("problems", "RecurrenceRule"))
    analysis_starter.ship(apps.get_model("problems", "AnalysisTemplate"))


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("problems", "0001_problems"),
        ("problems", "0002_recurrences"),
        ("problems", "0003_analyses"),
        ("problems", "0004_fixes_and_risks"),
        ("problems", "0005_deciders_are_told"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0011_team_specialism"),
        ("cmdb", "0001_squashed_0016_responsibilities"),
        ("incidents", "0001_squashed_0003_default_major_rules"),
        ("tickets", "0001_squashed_0015_runbooks"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="AnalysisTemplate",
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
                            "method",
                            models.CharField(
                                choices=[("fishbone", "Fishbone"), ("whys", "5 Whys")],
                                default="fishbone",
                                max_length=12,
                                verbose_name="method",
                            ),
                        ),
                        (
                            "outline_zh",
                            models.TextField(
                                blank=True, default="", max_length=20000, verbose_name="Outline in Chinese"
                            ),
                        ),
                        (
                            "outline_en",
                            models.TextField(
                                blank=True, default="", max_length=20000, verbose_name="Outline in English"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="offered")),
                    ],
                    options={
                        "verbose_name": "template of an analysis",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="problems_analysistemplate_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("method__in", ["fishbone", "whys"])),
                                name="analysis_template_of_a_known_method",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Problem",
                    fields=[
                        (
                            "ticket_ptr",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                related_name="problem",
                                serialize=False,
                                to="tickets.ticket",
                            ),
                        ),
                        ("root_cause", models.TextField(blank=True, default="", verbose_name="root cause")),
                        (
                            "no_method_reason",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="why no method was used"
                            ),
                        ),
                        ("workaround", models.TextField(blank=True, default="", verbose_name="workaround")),
                        (
                            "has_no_workaround",
                            models.BooleanField(default=False, verbose_name="there is no workaround"),
                        ),
                        ("published_workaround", models.TextField(blank=True, default="", editable=False)),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="workaround published"),
                        ),
                        (
                            "watch_days",
                            models.PositiveSmallIntegerField(
                                default=30,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="days of observation",
                            ),
                        ),
                        ("fixed_at", models.DateTimeField(blank=True, null=True, verbose_name="fix in place")),
                        ("watch_until", models.DateTimeField(blank=True, null=True, verbose_name="observed until")),
                        (
                            "closing_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fixed", "Fixed for good"),
                                    ("risk_accepted", "Risk accepted"),
                                    ("duplicate", "Duplicate of another problem"),
                                    ("not_reproducible", "Not reproducible"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="how it ended",
                            ),
                        ),
                        ("closing_notes", models.TextField(blank=True, default="", verbose_name="why it was closed")),
                        ("review_on", models.DateField(blank=True, null=True, verbose_name="risk reviewed on")),
                    ],
                    options={
                        "verbose_name": "problem",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("watch_until__isnull", False)),
                                fields=["watch_until"],
                                name="problems_observed",
                            ),
                            models.Index(
                                condition=models.Q(("review_on__isnull", False)),
                                fields=["review_on"],
                                name="problems_to_review",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("watch_days__range", (1, 365))),
                                name="problem_observed_for_a_year_at_most",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("workaround", ""), ("has_no_workaround", False), _connector="OR"),
                                name="problem_workaround_or_none",
                            ),
                        ],
                    },
                    bases=("tickets.ticket",),
                ),
                migrations.CreateModel(
                    name="Analysis",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "problem",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="analyses",
                                to="problems.problem",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[("fishbone", "Fishbone"), ("whys", "5 Whys")],
                                max_length=12,
                                verbose_name="method",
                            ),
                        ),
                        ("document", models.JSONField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("has_confirmed_leaf", models.BooleanField(default=False)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "root cause analysis",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("method__in", ["fishbone", "whys"])),
                                name="analysis_by_a_known_method",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecurrenceRule",
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
                            "basis",
                            models.CharField(
                                choices=[
                                    ("item", "the same item"),
                                    ("words", "the same service and similar words"),
                                    ("category", "the same service and category"),
                                ],
                                max_length=8,
                                verbose_name="alike are incidents with",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=10, verbose_name="position")),
                        (
                            "incidents",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(2),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="incidents, at least",
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                default=14,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(92),
                                ],
                                verbose_name="within days",
                            ),
                        ),
                        (
                            "likeness",
                            models.PositiveSmallIntegerField(
                                default=45,
                                help_text="Only where words are compared. 100: the same words.",
                                validators=[
                                    django.core.validators.MinValueValidator(20),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="likeness of their words, percent",
                            ),
                        ),
                        (
                            "factor",
                            models.DecimalField(
                                decimal_places=1,
                                default=2,
                                help_text="Usual is the mean of the six windows before. 0: however many are usual.",
                                max_digits=4,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="times as many as usual",
                            ),
                        ),
                        ("weight", models.PositiveSmallIntegerField(default=10, verbose_name="weight of the number")),
                        (
                            "weight_grave",
                            models.PositiveSmallIntegerField(default=2, verbose_name="weight of a grave incident"),
                        ),
                        (
                            "weight_change",
                            models.PositiveSmallIntegerField(default=5, verbose_name="weight of a change before it"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "left_out",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Incidents of these never count: what comes often and harms nobody.",
                                related_name="+",
                                to="tickets.category",
                                verbose_name="categories left out",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rule for recurrences",
                        "ordering": ["position", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="problems_recurrencerule_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("days__range", (1, 92)),
                                    ("factor__gte", 0),
                                    ("incidents__gte", 2),
                                    ("likeness__range", (20, 100)),
                                ),
                                name="recurrence_rule_counts_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskAcceptance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "problem",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="acceptances",
                                to="problems.problem",
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("review_on", models.DateField(verbose_name="risk reviewed on")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "Asked"),
                                    ("granted", "Risk accepted"),
                                    ("refused", "Not accepted"),
                                    ("dropped", "No longer valid"),
                                ],
                                default="asked",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")), fields=("problem",), name="one_acceptance_asked"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="risk_accepted_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sighting",
                    fields=[
                        (
                            "incident",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="sighting",
                                serialize=False,
                                to="incidents.incident",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cmdb.service",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="tickets.category",
                            ),
                        ),
                        (
                            "items",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None
                            ),
                        ),
                        (
                            "words",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80), default=list, size=None
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "indexes": [
                            models.Index(fields=["service", "organisation", "at"], name="sighting_on_service"),
                            models.Index(fields=["at"], name="sighting_by_time"),
                            django.contrib.postgres.indexes.GinIndex(fields=["items"], name="sighting_on_item"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnalysisVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "analysis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="problems.analysis",
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("document", models.JSONField()),
                        (
                            "saved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("saved_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-version"],
                        "constraints": [
                            models.UniqueConstraint(fields=("analysis", "version"), name="one_analysis_of_each_version")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fix",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "problem",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="fixes", to="problems.problem"
                            ),
                        ),
                        ("in_place_at", models.DateTimeField(verbose_name="fix in place")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("observed", "Being observed"),
                                    ("effective", "Effective"),
                                    ("not_effective", "Not effective"),
                                ],
                                default="observed",
                                max_length=14,
                                verbose_name="effect",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "recurrence",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="incidents.incident",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", False)),
                                fields=["ended_at"],
                                name="fixes_by_end",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "observed")),
                                fields=("problem",),
                                name="one_fix_observed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("outcome", "observed")),
                                    models.Q(
                                        models.Q(("outcome", "observed"), _negated=True), ("ended_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="fix_judged_iff_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="proposals",
                                to="problems.recurrencerule",
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("item", "the same item"),
                                    ("words", "the same service and similar words"),
                                    ("category", "the same service and category"),
                                ],
                                max_length=8,
                                verbose_name="basis",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cmdb.configurationitem",
                                verbose_name="item",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cmdb.service",
                                verbose_name="service",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tickets.category",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "words",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80), default=list, size=None
                            ),
                        ),
                        ("usual", models.DecimalField(decimal_places=1, default=0, max_digits=6)),
                        ("told_count", models.PositiveIntegerField(default=0)),
                        ("score", models.PositiveIntegerField(default=0, verbose_name="score")),
                        ("first_at", models.DateTimeField(verbose_name="first incident")),
                        ("last_at", models.DateTimeField(verbose_name="last incident")),
                        ("created_at", models.DateTimeField(verbose_name="proposed")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To be decided"),
                                    ("accepted", "Became a problem"),
                                    ("merged", "Merged"),
                                    ("dismissed", "Dismissed"),
                                    ("lapsed", "No longer a recurrence"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "problem",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="problems.problem",
                                verbose_name="problem",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="problems.proposal",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, default="", max_length=500, verbose_name="reason")),
                        ("silent_until", models.DateField(null=True, verbose_name="silent until")),
                        ("silent_count", models.PositiveIntegerField(null=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "incidents",
                            models.ManyToManyField(
                                related_name="proposals", through="problems.ProposedIncident", to="incidents.incident"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposed problem",
                        "ordering": ["-score", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["-score", "-id"],
                                name="proposals_to_decide",
                            ),
                            models.Index(
                                condition=models.Q(("item__isnull", False)), fields=["item"], name="proposals_on_item"
                            ),
                            models.Index(fields=["service", "category"], name="proposals_on_service"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("basis", "item"), ("state", "open")),
                                fields=("organisation", "item"),
                                name="one_open_proposal_per_item",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("basis", "category"), ("state", "open")),
                                fields=("organisation", "service", "category"),
                                name="one_open_proposal_per_service_and_category",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("basis", "item"), ("item__isnull", False)),
                                    models.Q(
                                        ("basis", "category"), ("category__isnull", False), ("service__isnull", False)
                                    ),
                                    models.Q(("basis", "words"), ("service__isnull", False)),
                                    _connector="OR",
                                ),
                                name="proposal_names_what_recurs",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "dismissed"), _negated=True),
                                    models.Q(models.Q(("reason", ""), _negated=True), ("silent_until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="dismissed_proposal_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "accepted"), _negated=True),
                                    ("problem__isnull", False),
                                    _connector="OR",
                                ),
                                name="accepted_proposal_has_its_problem",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposedIncident",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="problems.proposal"
                            ),
                        ),
                        (
                            "incident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proposed_in",
                                to="incidents.incident",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["incident"],
                        "constraints": [models.UniqueConstraint(fields=("proposal", "incident"), name="proposed_once")],
                    },
                ),
            ]
        ),
        migrations.RunPython(ship, migrations.RunPython.noop),
    ]
