"""The tables of the app as they stood on 28 November 2026, in one step."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import accounts.models.importing
import accounts.models.privacy
from core.migrating import AtOnce


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_alter_organisation_is_active_personsession"),
        ("accounts", "0003_rosters"),
        ("accounts", "0004_given_out"),
        ("accounts", "0005_absences"),
        ("accounts", "0006_skills"),
        ("accounts", "0007_shifts"),
        ("accounts", "0008_claims_of_skills"),
        ("accounts", "0009_directory_imports"),
        ("accounts", "0010_personal_data"),
        ("accounts", "0011_team_specialism"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        TrigramExtension(),
        AtOnce(
            [
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("slug", models.SlugField(unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("internal", "Internal"), ("customer", "Customer"), ("supplier", "Supplier")],
                                default="internal",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                    ],
                    options={
                        "verbose_name": "organisation",
                        "ordering": ["slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="accounts_organisation_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Skill",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="Short name")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                    ],
                    options={
                        "verbose_name": "skill",
                        "ordering": ["slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="accounts_skill_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("username", models.CharField(max_length=60, unique=True, verbose_name="login")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("staff_number", models.CharField(blank=True, max_length=30, verbose_name="staff number")),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        (
                            "latin_name",
                            models.CharField(blank=True, max_length=80, verbose_name="name in Latin letters"),
                        ),
                        ("title", models.CharField(blank=True, max_length=80, verbose_name="job title")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                        ("location", models.CharField(blank=True, max_length=120, verbose_name="place")),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="people",
                                to="accounts.department",
                            ),
                        ),
                        (
                            "manager",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="reports",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("requester", "Requester"),
                                        ("agent", "First-line agent"),
                                        ("expert", "Second-line expert"),
                                        ("manager", "Manager"),
                                        ("change_manager", "Change manager"),
                                        ("administrator", "Administrator"),
                                    ],
                                    max_length=20,
                                ),
                                default=list,
                                size=None,
                                verbose_name="roles",
                            ),
                        ),
                        ("is_vip", models.BooleanField(default=False, verbose_name="VIP")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "简体中文"), ("en", "English")],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(default="Asia/Shanghai", max_length=50, verbose_name="time zone"),
                        ),
                        (
                            "theme",
                            models.CharField(
                                choices=[("auto", "Like the system"), ("light", "Light"), ("dark", "Dark")],
                                default="auto",
                                max_length=6,
                                verbose_name="theme",
                            ),
                        ),
                        (
                            "legal_hold",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="kept for a legal reason"
                            ),
                        ),
                        ("search_keys", models.TextField(default="", editable=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "ordering": ["name", "pk"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search_keys"], name="user_search_keys", opclasses=["gin_trgm_ops"]
                            ),
                            django.contrib.postgres.indexes.GinIndex(fields=["roles"], name="user_roles"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("username", django.db.models.functions.text.Lower("username"))),
                                name="username_is_lower_case",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(("email", ""), _negated=True),
                                name="email_unique_ignoring_case",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("staff_number"),
                                condition=models.Q(("staff_number", ""), _negated=True),
                                name="staff_number_unique_ignoring_case",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="api_tokens",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("prefix", models.CharField(max_length=12)),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[("read", "Read"), ("write", "Write"), ("admin", "Administer")],
                                    max_length=20,
                                ),
                                size=None,
                                verbose_name="scopes",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("expires_at", models.DateTimeField(blank=True, null=True)),
                        ("last_used_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-created_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Department",
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="departments",
                                to="accounts.organisation",
                            ),
                        ),
                        ("slug", models.SlugField()),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="accounts.department",
                            ),
                        ),
                        (
                            "head",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="heads_departments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "department",
                        "ordering": ["slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="accounts_department_has_a_name",
                            ),
                            models.UniqueConstraint(
                                fields=("organisation", "slug"), name="department_slug_per_organisation"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DirectoryImport",
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
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="file")),
                        (
                            "file",
                            models.FileField(
                                blank=True, max_length=200, upload_to=accounts.models.importing.random_path
                            ),
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
                    ],
                    options={
                        "verbose_name": "directory import",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("planning", "applying"))),
                                fields=["id"],
                                name="directory_waiting",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonalExport",
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
                                related_name="exports",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Being made"),
                                    ("ready", "Ready"),
                                    ("expired", "Expired"),
                                    ("failed", "Failed"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        (
                            "file",
                            models.FileField(blank=True, max_length=200, upload_to=accounts.models.privacy.random_path),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "personal data export",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["id"], name="personal_export_waiting"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonSession",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                            ),
                        ),
                        ("session_data", models.TextField(verbose_name="session data")),
                        ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="browser_sessions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("device", models.CharField(blank=True, default="", max_length=200)),
                        ("address", models.GenericIPAddressField(null=True)),
                        ("signed_in_at", models.BigIntegerField(null=True)),
                        ("seen_at", models.BigIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PersonSkill",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="skills",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "skill",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="holders", to="accounts.skill"
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
                                verbose_name="level",
                            ),
                        ),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="link to the evidence")),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="valid through")),
                        (
                            "told",
                            models.PositiveSmallIntegerField(
                                choices=[(0, "Nothing"), (1, "Soon"), (2, "Over")], default=0, editable=False
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "skill of a person",
                        "ordering": ["skill", "-level", "user"],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "skill"), name="one_level_per_person_and_skill"),
                            models.CheckConstraint(
                                condition=models.Q(("level__range", (1, 4))), name="skill_level_from_one_to_four"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SkillClaim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="skill_claims",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "skill",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="accounts.skill"
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
                                verbose_name="level",
                            ),
                        ),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="link to the evidence")),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "claim of a skill",
                        "ordering": ["made_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "skill"), name="one_claim_per_person_and_skill"),
                            models.CheckConstraint(
                                condition=models.Q(("level__range", (1, 4))), name="claimed_level_from_one_to_four"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delegation",
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
                                related_name="delegations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "substitute",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stands_in",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("from_at", models.DateTimeField(verbose_name="from")),
                        ("until_at", models.DateTimeField(verbose_name="until")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "absence",
                        "ordering": ["from_at", "id"],
                        "indexes": [models.Index(fields=["substitute", "until_at"], name="delegations_to_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_at__gt", models.F("from_at"))), name="delegation_lasts"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("substitute")), _negated=True),
                                name="nobody_stands_in_for_themselves",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DirectoryLine",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="accounts.directoryimport",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("create", "New"),
                                    ("update", "Changed"),
                                    ("same", "Same"),
                                    ("missing", "Missing in the file"),
                                    ("error", "Error"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("label", models.CharField(blank=True, max_length=120)),
                        ("diff", models.JSONField(default=dict)),
                        ("message", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["run", "verdict", "id"], name="directory_line_by_verdict")],
                    },
                ),
                migrations.CreateModel(
                    name="Erasure",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="erasures",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "Waits for a second person"),
                                    ("done", "Done"),
                                    ("refused", "Refused"),
                                ],
                                default="asked",
                                max_length=8,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
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
                        "verbose_name": "erasure of personal data",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")),
                                fields=("person",),
                                name="one_erasure_asked_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="erasure_takes_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdempotentAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        ("key", models.CharField(max_length=120)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField(null=True)),
                        ("body", models.JSONField(null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "key"), name="one_answer_per_person_and_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Team",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("slug", models.SlugField(unique=True)),
                        (
                            "line",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "First line"), (2, "Second line"), (3, "Third line")],
                                default=2,
                                verbose_name="line",
                            ),
                        ),
                        (
                            "specialism",
                            models.CharField(
                                choices=[
                                    ("service_desk", "Service desk"),
                                    ("experts", "Experts of several fields"),
                                    ("system", "Systems and databases"),
                                    ("network", "Network"),
                                    ("security", "Security"),
                                    ("desktop", "Desktop"),
                                    ("application", "Applications"),
                                ],
                                default="experts",
                                max_length=12,
                                verbose_name="field of work",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="leads_teams",
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
                                to="accounts.team",
                            ),
                        ),
                        (
                            "assignment",
                            models.CharField(
                                choices=[
                                    ("manual", "By hand"),
                                    ("round_robin", "In turn"),
                                    ("load", "Whoever has the least"),
                                    ("skill", "Whoever can do it and has the least"),
                                ],
                                default="manual",
                                max_length=12,
                                verbose_name="tickets are given out",
                            ),
                        ),
                        ("responsibilities", models.TextField(blank=True, verbose_name="objects it answers for")),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        (
                            "around_the_clock",
                            models.BooleanField(default=False, verbose_name="answers around the clock"),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "serves",
                            models.ManyToManyField(blank=True, related_name="served_by", to="accounts.organisation"),
                        ),
                        (
                            "members",
                            models.ManyToManyField(
                                related_name="teams", through="accounts.Membership", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "team",
                        "ordering": ["line", "slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="accounts_team_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parent", models.F("id")), _negated=True),
                                name="team_not_its_own_parent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("given_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("team", "user"), name="one_membership_per_team_and_person")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Roster",
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
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rosters", to="accounts.team"
                            ),
                        ),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=50, verbose_name="time zone")),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        (
                            "turn_days",
                            models.PositiveSmallIntegerField(
                                default=7,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="days in a turn",
                            ),
                        ),
                        ("handover_at", models.TimeField(default="09:00", verbose_name="handover at")),
                        (
                            "fallback",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="fallback",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                    ],
                    options={
                        "verbose_name": "on-call roster",
                        "ordering": ["team", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="accounts_roster_has_a_name",
                            ),
                            models.CheckConstraint(condition=models.Q(("turn_days__gt", 0)), name="roster_turn_lasts"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RosterMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "roster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="accounts.roster",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roster_places",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ["roster", "position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("roster", "user"), name="one_place_per_roster_and_person")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RosterOverride",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "roster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="overrides",
                                to="accounts.roster",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roster_overrides",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("start_at", models.DateTimeField(verbose_name="from")),
                        ("end_at", models.DateTimeField(verbose_name="to")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["roster", "start_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("end_at__gt", models.F("start_at"))), name="override_lasts"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkShift",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="shifts", to="accounts.team"
                            ),
                        ),
                        ("label", models.CharField(max_length=60, verbose_name="name of the shift")),
                        (
                            "weekdays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(
                                    choices=[
                                        (0, "Monday"),
                                        (1, "Tuesday"),
                                        (2, "Wednesday"),
                                        (3, "Thursday"),
                                        (4, "Friday"),
                                        (5, "Saturday"),
                                        (6, "Sunday"),
                                    ]
                                ),
                                size=None,
                                verbose_name="weekdays",
                            ),
                        ),
                        ("starts_at", models.TimeField(verbose_name="begins at")),
                        ("ends_at", models.TimeField(verbose_name="ends at")),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=50, verbose_name="time zone")),
                        ("valid_from", models.DateField(verbose_name="first day")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="last day")),
                        ("people", models.ManyToManyField(related_name="shifts", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        "verbose_name": "shift",
                        "ordering": ["team", "starts_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="shift_lasts",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
