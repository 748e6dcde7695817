"""The tables of the app as they stood on 28 November 2026, in one step."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.serializers.json
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tickets.models.conversation
from core.migrating import AtOnce

# The nine cells of the priority matrix (ITIL's usual impact × urgency).
MATRIX = {(1, 1): 1, (1, 2): 2, (1, 3): 3, (2, 1): 2, (2, 2): 3, (2, 3): 4, (3, 1): 3, (3, 2): 4, (3, 3): 4}


def fill_matrix(apps, schema_editor):
    rule = apps.get_model("tickets", "PriorityRule")
    rule.objects.bulk_create(rule(impact=i, urgency=u, priority=p) for (i, u), p in MATRIX.items())


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("tickets", "0001_initial"),
        ("tickets", "0002_numbers_and_matrix"),
        ("tickets", "0003_deadline"),
        ("tickets", "0004_bulkjob"),
        ("tickets", "0005_queue_order"),
        ("tickets", "0006_desk_tools"),
        ("tickets", "0007_internal_words"),
        ("tickets", "0008_approvals_and_tasks"),
        ("tickets", "0009_withdrawn_replies"),
        ("tickets", "0010_articles"),
        ("tickets", "0011_settled"),
        ("tickets", "0012_required_skills"),
        ("tickets", "0013_quorum_and_solved_by"),
        ("tickets", "0014_skills_for_item_classes"),
        ("tickets", "0015_runbooks"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0011_team_specialism"),
        ("cmdb", "0001_squashed_0016_responsibilities"),
        ("knowledge", "0001_articles_and_paths"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="BulkJob",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bulk_jobs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("action", models.CharField(max_length=20)),
                        (
                            "values",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        (
                            "ticket_ids",
                            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                        ),
                        (
                            "outcome",
                            models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "Waiting"), ("done", "Done")], default="waiting", max_length=8
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="bulk_job_waiting"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CannedReply",
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
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[("own", "Only me"), ("team", "My team"), ("everybody", "Everybody")],
                                default="own",
                                max_length=10,
                                verbose_name="for",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=100)),
                        ("is_active", models.BooleanField(default=True, verbose_name="offered")),
                        (
                            "shortcut",
                            models.SlugField(allow_unicode=True, blank=True, max_length=30, verbose_name="shortcut"),
                        ),
                        ("body_zh", models.TextField(blank=True, max_length=20000, verbose_name="Text in Chinese")),
                        ("body_en", models.TextField(blank=True, max_length=20000, verbose_name="Text in English")),
                    ],
                    options={
                        "verbose_name": "canned reply",
                        "verbose_name_plural": "canned replies",
                        "ordering": ["position", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("audience", "team"), _negated=True),
                                    ("team__isnull", False),
                                    _connector="OR",
                                ),
                                name="tickets_cannedreply_names_its_team",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="tickets_cannedreply_has_a_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Category",
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
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="tickets.category",
                            ),
                        ),
                        (
                            "default_team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="default_categories",
                                to="accounts.team",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "category",
                        "verbose_name_plural": "categories",
                        "ordering": ["slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="tickets_category_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="key_choice",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("is_on", models.BooleanField(default=True, verbose_name="Use keyboard shortcuts")),
                        ("own", models.JSONField(default=dict)),
                    ],
                ),
                migrations.CreateModel(
                    name="Macro",
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
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[("own", "Only me"), ("team", "My team"), ("everybody", "Everybody")],
                                default="own",
                                max_length=10,
                                verbose_name="for",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=100)),
                        ("is_active", models.BooleanField(default=True, verbose_name="offered")),
                        ("acts", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "macro",
                        "ordering": ["position", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("audience", "team"), _negated=True),
                                    ("team__isnull", False),
                                    _connector="OR",
                                ),
                                name="tickets_macro_names_its_team",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="tickets_macro_has_a_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PriorityRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "impact",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "High"), (2, "Medium"), (3, "Low")], verbose_name="impact"
                            ),
                        ),
                        (
                            "urgency",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "High"), (2, "Medium"), (3, "Low")], verbose_name="urgency"
                            ),
                        ),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Normal"), (4, "P4 Low")],
                                verbose_name="priority",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cell of the priority matrix",
                        "verbose_name_plural": "priority matrix",
                        "ordering": ["impact", "urgency"],
                        "constraints": [
                            models.UniqueConstraint(fields=("impact", "urgency"), name="one_priority_per_cell")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[("own", "Only me"), ("team", "My team"), ("everybody", "Everybody")],
                                default="own",
                                max_length=10,
                                verbose_name="for",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=100)),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("query", models.CharField(max_length=500, verbose_name="query")),
                    ],
                    options={
                        "ordering": ["position", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("audience", "team"), _negated=True),
                                    ("team__isnull", False),
                                    _connector="OR",
                                ),
                                name="tickets_savedview_names_its_team",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SkillRequirement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "skill",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requirements",
                                to="accounts.skill",
                            ),
                        ),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "1 · with help"),
                                    (2, "2 · alone"),
                                    (3, "3 · hard cases"),
                                    (4, "4 · teaches"),
                                ],
                                default=2,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="skill_requirements",
                                to="cmdb.service",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="skill_requirements",
                                to="tickets.category",
                            ),
                        ),
                        (
                            "item_class",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="skill_requirements",
                                to="cmdb.itemclass",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "required skill",
                        "ordering": ["skill", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("skill", "service", "category", "item_class"),
                                name="one_level_per_skill_and_work",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("category__isnull", True),
                                        ("item_class__isnull", True),
                                        ("service__isnull", False),
                                    ),
                                    models.Q(
                                        ("category__isnull", False),
                                        ("item_class__isnull", True),
                                        ("service__isnull", True),
                                    ),
                                    models.Q(
                                        ("category__isnull", True),
                                        ("item_class__isnull", False),
                                        ("service__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="skill_for_one_thing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ticket",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                        ("kind", models.CharField(max_length=12, verbose_name="kind")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("state", models.CharField(max_length=24, verbose_name="state")),
                        ("is_open", models.BooleanField(default=True)),
                        (
                            "pending_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("caller", "Waiting for the requester"),
                                    ("vendor", "Waiting for a supplier"),
                                    ("change", "Waiting for a change"),
                                    ("problem", "Waiting for a problem's solution"),
                                    ("scheduled", "Scheduled for later"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="pending reason",
                            ),
                        ),
                        ("resume_at", models.DateTimeField(blank=True, null=True, verbose_name="resumes on")),
                        (
                            "impact",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "High"), (2, "Medium"), (3, "Low")], default=3, verbose_name="impact"
                            ),
                        ),
                        (
                            "urgency",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "High"), (2, "Medium"), (3, "Low")], default=2, verbose_name="urgency"
                            ),
                        ),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Normal"), (4, "P4 Low")],
                                default=4,
                                verbose_name="priority",
                            ),
                        ),
                        (
                            "priority_reason",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=200,
                                verbose_name="reason for another priority than the matrix gives",
                            ),
                        ),
                        (
                            "requester",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="raised_tickets",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opened_tickets",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to="accounts.organisation",
                            ),
                        ),
                        ("contact", models.CharField(blank=True, max_length=120, verbose_name="contact")),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("portal", "Portal"),
                                    ("phone", "Phone"),
                                    ("email", "E-mail"),
                                    ("chat", "Chat"),
                                    ("api", "API"),
                                    ("monitoring", "Monitoring"),
                                ],
                                default="portal",
                                max_length=12,
                                verbose_name="channel",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_tickets",
                                to="cmdb.service",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to="tickets.category",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assigned_tickets",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="tickets.ticket",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created")),
                        ("last_activity_at", models.DateTimeField(verbose_name="last activity")),
                        ("responded_at", models.DateTimeField(blank=True, null=True, verbose_name="first answer")),
                        ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="resolved")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                        ("nudged_at", models.DateTimeField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="due")),
                        ("is_breached", models.BooleanField(default=False, editable=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("source", models.CharField(blank=True, default="", max_length=30)),
                        ("source_ref", models.CharField(blank=True, default="", max_length=80)),
                        ("search_vector", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                        (
                            "internal_vector",
                            django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
                        ),
                        (
                            "affected_items",
                            models.ManyToManyField(blank=True, related_name="tickets", to="cmdb.configurationitem"),
                        ),
                    ],
                    options={
                        "verbose_name": "ticket",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_open", True)),
                                fields=["team", "priority", "id"],
                                name="queue_of_team",
                            ),
                            models.Index(
                                condition=models.Q(("is_open", True)),
                                fields=["assignee", "priority", "id"],
                                name="queue_of_person",
                            ),
                            models.Index(
                                condition=models.Q(("is_open", True)),
                                fields=["priority", "id"],
                                name="queue_by_priority",
                            ),
                            models.Index(
                                condition=models.Q(("is_open", True)), fields=["due_at", "id"], name="queue_by_due"
                            ),
                            models.Index(
                                condition=models.Q(("assignee__isnull", True), ("is_open", True)),
                                fields=["due_at", "id"],
                                name="queue_unassigned",
                            ),
                            models.Index(fields=["-last_activity_at", "-id"], name="tickets_by_activity"),
                            models.Index(fields=["requester", "-id"], name="tickets_of_requester"),
                            models.Index(fields=["organisation", "-created_at"], name="tickets_by_created"),
                            models.Index(fields=["organisation", "-resolved_at"], name="tickets_by_resolved"),
                            models.Index(
                                condition=models.Q(("state", "pending")), fields=["resume_at"], name="ticket_to_resume"
                            ),
                            models.Index(
                                condition=models.Q(("closed_at__isnull", True), ("resolved_at__isnull", False)),
                                fields=["resolved_at"],
                                name="ticket_settled",
                            ),
                            django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="ticket_search"),
                            django.contrib.postgres.indexes.GinIndex(
                                condition=models.Q(("internal_vector__isnull", False)),
                                fields=["internal_vector"],
                                name="ticket_search_internal",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("priority__range", (1, 4))), name="ticket_priority_1_to_4"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "pending"), models.Q(("pending_reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "pending"), _negated=True), ("pending_reason", "")),
                                    _connector="OR",
                                ),
                                name="ticket_reason_iff_pending",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                fields=("source", "source_ref"),
                                name="ticket_once_per_source_ref",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalRound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approval_rounds",
                                to="tickets.ticket",
                            ),
                        ),
                        ("scope_hash", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Being decided"),
                                    ("granted", "Approved"),
                                    ("rejected", "Rejected"),
                                    ("voided", "No longer valid"),
                                ],
                                default="open",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="asked")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                        (
                            "void_reason",
                            models.CharField(blank=True, default="", max_length=2000, verbose_name="reason"),
                        ),
                    ],
                    options={
                        "verbose_name": "approval",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("open", "granted"))),
                                fields=("ticket",),
                                name="one_standing_round_per_ticket",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalStage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stages",
                                to="tickets.approvalround",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("serial", "One after another"),
                                    ("all", "Everybody"),
                                    ("any", "Any one"),
                                    ("percentage", "A share of them"),
                                    ("quorum", "So many of them"),
                                ],
                                max_length=10,
                                verbose_name="mode",
                            ),
                        ),
                        (
                            "percentage",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="percentage"),
                        ),
                        ("quorum", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="quorum")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Not yet"),
                                    ("open", "Being decided"),
                                    ("granted", "Approved"),
                                    ("rejected", "Rejected"),
                                ],
                                default="waiting",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("round", "position"),
                                name="one_stage_per_position",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("mode", "percentage"), ("percentage__range", (1, 100))),
                                    models.Q(models.Q(("mode", "percentage"), _negated=True), ("percentage", None)),
                                    _connector="OR",
                                ),
                                name="percentage_iff_counted_by_it",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("mode", "quorum"), ("quorum__gte", 1)),
                                    models.Q(models.Q(("mode", "quorum"), _negated=True), ("quorum", None)),
                                    _connector="OR",
                                ),
                                name="quorum_iff_counted_by_it",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="tickets.ticket"
                            ),
                        ),
                        ("key", models.CharField(max_length=60)),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("is_mandatory", models.BooleanField(default=True, verbose_name="mandatory")),
                        ("automatic", models.CharField(blank=True, default="", max_length=40)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Not yet"),
                                    ("open", "To do"),
                                    ("started", "In progress"),
                                    ("failed", "Failed"),
                                    ("done", "Done"),
                                    ("skipped", "Skipped"),
                                    ("called_off", "Called off"),
                                ],
                                default="waiting",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened")),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("note", models.CharField(blank=True, default="", max_length=2000, verbose_name="note")),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("after", models.ManyToManyField(blank=True, related_name="before", to="tickets.task")),
                    ],
                    options={
                        "verbose_name": "task",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("open", "started", "failed"))),
                                fields=["assignee", "id"],
                                name="tasks_of_person",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ("open", "started", "failed"))),
                                fields=["team", "id"],
                                name="tasks_of_team",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("ticket", "key"), name="one_task_per_ticket_and_key"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False), ("state__in", ("done", "skipped", "called_off"))
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("done", "skipped", "called_off")), _negated=True),
                                        ("ended_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="task_ended_iff_dated",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Snooze",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="snoozes", to="tickets.ticket"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="snoozes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("until", models.DateTimeField(db_index=True, verbose_name="until")),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("ticket", "person"), name="snoozed_once")],
                    },
                ),
                migrations.CreateModel(
                    name="RunbookRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="runbook_runs",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.articleversion",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="presences",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("seen_at", models.DateTimeField()),
                        (
                            "doing",
                            models.CharField(
                                choices=[("viewing", "Viewing"), ("typing", "Typing"), ("away", "Away")],
                                default="viewing",
                                max_length=8,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("ticket", "user"), name="present_once")],
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
                                related_name="drafts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafts",
                                to="tickets.ticket",
                            ),
                        ),
                        ("kind", models.CharField(choices=[("answer", "Answer"), ("new", "New")], max_length=8)),
                        ("values", models.JSONField(default=dict)),
                        ("updated_at", models.DateTimeField(db_index=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "ticket", "kind"),
                                name="one_draft_per_person_and_form",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("body", models.TextField(verbose_name="text")),
                        ("is_internal", models.BooleanField(default=False, verbose_name="internal note")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("portal", "Portal"),
                                    ("phone", "Phone"),
                                    ("email", "E-mail"),
                                    ("chat", "Chat"),
                                    ("api", "API"),
                                    ("monitoring", "Monitoring"),
                                ],
                                default="portal",
                                max_length=12,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["ticket", "id"], name="comments_of_ticket")],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checklist",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="steps",
                                to="tickets.runbookrun",
                            ),
                        ),
                        ("text", models.CharField(max_length=200, verbose_name="step")),
                        ("is_mandatory", models.BooleanField(default=False, verbose_name="mandatory")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                                    ("done_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="step_done_at_an_instant",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="tickets.comment",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uploads",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("file", models.FileField(max_length=200, upload_to=tickets.models.conversation.random_path)),
                        ("is_internal", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalSlot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="slots",
                                to="tickets.approvalstage",
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approval_slots",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "approver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approval_slots",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Not yet"),
                                    ("asked", "Asked"),
                                    ("approved", "Approved"),
                                    ("rejected", "Rejected"),
                                    ("passed_on", "Handed over"),
                                    ("not_needed", "Not needed any more"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked")),
                        ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                        ("reason", models.CharField(blank=True, default="", max_length=2000, verbose_name="reason")),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "handed_over_from",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handed_over_to",
                                to="tickets.approvalslot",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["stage", "id"],
                        "indexes": [
                            models.Index(fields=["approver", "-id"], name="slots_of_approver"),
                            models.Index(fields=["decided_by", "-id"], name="slots_of_decider"),
                            models.Index(
                                condition=models.Q(("state", "asked")), fields=["asked_at"], name="slots_asked"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "passed_on"), _negated=True),
                                fields=("stage", "approver"),
                                name="one_vote_per_stage_and_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("waiting", "asked", "not_needed")), ("decided_at", None)),
                                    models.Q(
                                        ("state__in", ("approved", "rejected", "passed_on")),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="slot_decided_iff_dated",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TicketArticle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="article_links",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ticket_links",
                                to="knowledge.article",
                            ),
                        ),
                        ("is_source", models.BooleanField(default=False)),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("ticket", "article"), name="article_linked_once_per_ticket")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TicketLink",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links_out",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links_in",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("relates", "relates to"),
                                    ("duplicates", "duplicates"),
                                    ("caused_by", "is caused by"),
                                    ("follows_up", "follows up"),
                                    ("split_from", "was split from"),
                                    ("solved_by", "is solved by"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "target", "kind"), name="linked_once_per_kind"),
                            models.CheckConstraint(
                                condition=models.Q(("source", models.F("target")), _negated=True),
                                name="not_linked_to_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TicketTemplate",
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
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[("own", "Only me"), ("team", "My team"), ("everybody", "Everybody")],
                                default="own",
                                max_length=10,
                                verbose_name="for",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=100)),
                        ("is_active", models.BooleanField(default=True, verbose_name="offered")),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                        ("description", models.TextField(blank=True, max_length=20000, verbose_name="description")),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="cmdb.service",
                                verbose_name="service",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="tickets.category",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "impact",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "High"), (2, "Medium"), (3, "Low")], default=3, verbose_name="impact"
                            ),
                        ),
                        (
                            "urgency",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "High"), (2, "Medium"), (3, "Low")], default=2, verbose_name="urgency"
                            ),
                        ),
                        ("checklist", models.TextField(blank=True, max_length=4000, verbose_name="checklist")),
                        ("solution", models.TextField(blank=True, max_length=10000, verbose_name="usual solution")),
                    ],
                    options={
                        "verbose_name": "ticket template",
                        "ordering": ["position", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("audience", "team"), _negated=True),
                                    ("team__isnull", False),
                                    _connector="OR",
                                ),
                                name="tickets_tickettemplate_names_its_team",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="tickets_tickettemplate_has_a_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TimeEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="time_entries",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="time_entries",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(1440),
                                ],
                                verbose_name="minutes",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="what for")),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("minutes__range", (1, 1440))), name="time_entry_within_a_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Watcher",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="watchers",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="watched",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("ticket", "user"), name="watches_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Tag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=30, unique=True, verbose_name="name")),
                        (
                            "tickets",
                            models.ManyToManyField(
                                related_name="tags", through="tickets.TicketTag", to="tickets.ticket"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="TicketTag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tagged", to="tickets.ticket"
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tagged", to="tickets.tag"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("ticket", "tag"), name="tagged_once")],
                    },
                ),
            ]
        ),
        # the one number space
        migrations.RunSQL("CREATE SEQUENCE ticket_number START 1001", "DROP SEQUENCE ticket_number"),
        migrations.RunPython(fill_matrix, migrations.RunPython.noop),
    ]
