"""The tables of the app as they stood on 28 November 2026, in one step."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import AtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0011_team_specialism"),
        ("knowledge", "0002_squashed_0005_templates_and_checklist"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="Course",
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
                            "skill",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="courses", to="accounts.skill"
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
                                verbose_name="level reached",
                            ),
                        ),
                        (
                            "hours",
                            models.DecimalField(
                                decimal_places=1,
                                default=8,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(2000),
                                ],
                                verbose_name="hours",
                            ),
                        ),
                        (
                            "cost",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="cost per person (CNY)",
                            ),
                        ),
                        ("provider", models.CharField(blank=True, max_length=120, verbose_name="provider")),
                        (
                            "valid_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(240),
                                ],
                                verbose_name="valid for months",
                            ),
                        ),
                        ("description", models.TextField(blank=True, max_length=5000, verbose_name="contents")),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "articles",
                            models.ManyToManyField(
                                blank=True, related_name="courses", to="knowledge.article", verbose_name="to read"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "course",
                        "ordering": ["skill__slug", "level", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="training_course_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__range", (1, 4))), name="course_level_from_one_to_four"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cost__gte", 0)), name="course_cost_is_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="training_plans",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2000),
                                    django.core.validators.MaxValueValidator(2100),
                                ],
                                verbose_name="year",
                            ),
                        ),
                        (
                            "budget",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="budget (CNY)",
                            ),
                        ),
                        ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "Draft"), ("approved", "Approved"), ("closed", "Closed")],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "training plan",
                        "ordering": ["-year", "team__slug"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("team", "year"), name="one_training_plan_per_team_and_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("budget__gte", 0)), name="training_budget_is_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="training.plan"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="planned_courses",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="planned",
                                to="training.course",
                            ),
                        ),
                        ("cost", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="cost (CNY)")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                    ],
                    options={
                        "verbose_name": "line of a training plan",
                        "ordering": ["plan", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "person", "course"), name="planned_once"),
                            models.CheckConstraint(
                                condition=models.Q(("cost__gte", 0)), name="planned_cost_is_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="training.course",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="starts")),
                        ("ends_at", models.DateTimeField(verbose_name="ends")),
                        ("place", models.CharField(blank=True, max_length=300, verbose_name="place or link")),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(
                                default=10,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(1000),
                                ],
                                verbose_name="seats",
                            ),
                        ),
                        (
                            "trainer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="sessions_given",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "outside_trainer",
                            models.CharField(blank=True, max_length=120, verbose_name="trainer from outside"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
                                default="planned",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="why it was cancelled")),
                    ],
                    options={
                        "verbose_name": "session of a course",
                        "ordering": ["starts_at", "id"],
                        "indexes": [models.Index(fields=["state", "starts_at"], name="sessions_by_state_and_time")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="training_session_lasts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("seats__gte", 1)), name="training_session_has_seats"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enrolment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="enrolments",
                                to="training.session",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="session_enrolments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="training.planitem",
                            ),
                        ),
                        (
                            "seat",
                            models.CharField(
                                choices=[("seated", "Has a seat"), ("waiting", "On the waiting list")],
                                max_length=8,
                                verbose_name="seat",
                            ),
                        ),
                        ("attended", models.BooleanField(null=True, verbose_name="was there")),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "enrolment",
                        "ordering": ["id"],
                        "constraints": [models.UniqueConstraint(fields=("session", "person"), name="enrolled_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
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
                                related_name="assessments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="training.course",
                            ),
                        ),
                        (
                            "enrolment",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessment",
                                to="training.enrolment",
                            ),
                        ),
                        (
                            "assessor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("passed", models.BooleanField(verbose_name="passed")),
                        ("result", models.CharField(blank=True, max_length=200, verbose_name="result")),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="link to the evidence")),
                        ("assessed_on", models.DateField(verbose_name="assessed on")),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="valid through")),
                    ],
                    options={
                        "verbose_name": "assessment",
                        "ordering": ["-assessed_on", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("assessor", models.F("person")), _negated=True),
                                name="nobody_assesses_themselves",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
