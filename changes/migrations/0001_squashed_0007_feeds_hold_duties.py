"""The tables of the app as they stood on 28 November 2026, in one step."""

import django.contrib.postgres.fields
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from changes import starter
from core.migrating import AtOnce


def ship(apps, schema_editor):
    starter.ship(apps.get_model("changes", "RiskQuestion"), apps.get_model("changes", "RiskRoute"))


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("changes", "0001_changes"),
        ("changes", "0002_calendar"),
        ("changes", "0003_boards_and_risk"),
        ("changes", "0004_templates_and_causes"),
        ("changes", "0005_meetings"),
        ("changes", "0006_meetings_move"),
        ("changes", "0007_feeds_hold_duties"),
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
                    name="Board",
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
                            "kind",
                            models.CharField(
                                choices=[("cab", "Change advisory board (CAB)"), ("emergency", "Emergency authority")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="change_boards",
                                to="accounts.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "chair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="chair",
                            ),
                        ),
                        ("quorum", models.PositiveSmallIntegerField(default=2, verbose_name="quorum")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "members",
                            models.ManyToManyField(
                                related_name="change_boards", to=settings.AUTH_USER_MODEL, verbose_name="members"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "board",
                        "ordering": ["kind", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="changes_board_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quorum__gte", 1)), name="board_quorum_of_one_at_least"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_active", True)),
                                fields=("kind", "organisation"),
                                name="one_board_of_a_kind_per_organisation",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoardMeeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="changes.board",
                                verbose_name="board",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="starts")),
                        (
                            "place",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="place or link"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("open", "Being held"),
                                    ("closed", "Closed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                max_length=9,
                                verbose_name="state",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, default="", max_length=500, verbose_name="reason")),
                        ("minutes", models.TextField(blank=True, default="", verbose_name="minutes")),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "present",
                            models.ManyToManyField(
                                blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="present"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "meeting",
                        "ordering": ["-starts_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", False), ("state", "closed")),
                                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None)),
                                    _connector="OR",
                                ),
                                name="meeting_closed_iff_dated",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
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
                                related_name="calendar_feeds",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "content",
                            models.CharField(
                                choices=[
                                    ("mine", "Changes I carry out or look after, my shifts and calls"),
                                    ("teams", "Changes of my teams"),
                                    ("all", "All changes I may see, and freezes"),
                                ],
                                default="mine",
                                max_length=8,
                                verbose_name="what it shows",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField()),
                        ("last_used_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "calendar feed",
                        "ordering": ["-created_at"],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeTemplate",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="change_templates",
                                to="accounts.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cmdb.service",
                                verbose_name="service",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                                verbose_name="team",
                            ),
                        ),
                        ("description", models.TextField(blank=True, default="", verbose_name="description")),
                        ("plan", models.TextField(verbose_name="implementation plan")),
                        ("steps", models.TextField(blank=True, default="", verbose_name="steps")),
                        ("rollback_plan", models.TextField(verbose_name="back-out plan")),
                        ("back_out_steps", models.TextField(blank=True, default="", verbose_name="steps back")),
                        ("test_evidence", models.TextField(verbose_name="test evidence")),
                        ("minutes", models.PositiveSmallIntegerField(default=60, verbose_name="minutes it takes")),
                        ("watch_hours", models.PositiveSmallIntegerField(default=72, verbose_name="hours of watching")),
                        (
                            "suspend_after",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="suspended after so many failures"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("approved", "Approved"),
                                    ("expired", "Expired"),
                                    ("suspended", "Suspended"),
                                    ("retired", "Retired"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(editable=False, null=True)),
                        ("valid_until", models.DateField(editable=False, null=True, verbose_name="valid until")),
                        ("end_told_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, default="", editable=False, max_length=500, verbose_name="reason"
                            ),
                        ),
                        (
                            "item_classes",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="cmdb.itemclass",
                                verbose_name="for items of these classes",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change template",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="changes_changetemplate_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    models.Q(("approved_by__isnull", False), ("valid_until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="template_approved_by_somebody_until_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("approved_by", models.F("written_by")), _negated=True),
                                name="template_approved_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minutes__range", (1, 10080)), ("suspend_after__gte", 1), ("watch_hours__lte", 720)
                                ),
                                name="template_figures_make_sense",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Change",
                    fields=[
                        (
                            "ticket_ptr",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                related_name="change",
                                serialize=False,
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[("standard", "Standard"), ("normal", "Normal"), ("emergency", "Emergency")],
                                default="normal",
                                max_length=10,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="changes.changetemplate",
                            ),
                        ),
                        ("planned_start", models.DateTimeField(blank=True, null=True, verbose_name="planned start")),
                        ("planned_end", models.DateTimeField(blank=True, null=True, verbose_name="planned end")),
                        ("actual_start", models.DateTimeField(blank=True, null=True, verbose_name="actual start")),
                        ("actual_end", models.DateTimeField(blank=True, null=True, verbose_name="actual end")),
                        ("plan", models.TextField(blank=True, default="", verbose_name="implementation plan")),
                        ("steps", models.TextField(blank=True, default="", verbose_name="steps")),
                        ("rollback_plan", models.TextField(blank=True, default="", verbose_name="back-out plan")),
                        ("back_out_steps", models.TextField(blank=True, default="", verbose_name="steps back")),
                        ("test_evidence", models.TextField(blank=True, default="", verbose_name="test evidence")),
                        (
                            "implementer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="implemented_changes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "watch_hours",
                            models.PositiveSmallIntegerField(
                                default=72,
                                validators=[django.core.validators.MaxValueValidator(720)],
                                verbose_name="hours of watching",
                            ),
                        ),
                        ("watch_until", models.DateTimeField(blank=True, null=True, verbose_name="watched until")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("successful", "Successful"),
                                    ("successful_with_issues", "Successful with issues"),
                                    ("rolled_back", "Rolled back"),
                                    ("failed", "Failed"),
                                ],
                                default="",
                                max_length=24,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "records",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("updated", "They show what was changed"),
                                    ("untouched", "Nothing recorded was changed"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="configuration records",
                            ),
                        ),
                        ("review_notes", models.TextField(blank=True, default="", verbose_name="review")),
                        ("assessment_due", models.DateTimeField(blank=True, null=True, verbose_name="assessment due")),
                        ("assessment_told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("scope_hash", models.CharField(blank=True, default="", editable=False, max_length=64)),
                    ],
                    options={
                        "verbose_name": "change",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("planned_start__isnull", False)),
                                fields=["planned_start", "planned_end"],
                                name="changes_by_plan",
                            ),
                            models.Index(
                                condition=models.Q(("actual_start__isnull", False)),
                                fields=["actual_start"],
                                name="changes_by_start",
                            ),
                            models.Index(
                                condition=models.Q(("assessment_due__isnull", False), ("assessment_told_at", None)),
                                fields=["assessment_due"],
                                name="changes_owing_assessment",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("template__isnull", False), ("type", "standard")),
                                    models.Q(models.Q(("type", "standard"), _negated=True), ("template", None)),
                                    _connector="OR",
                                ),
                                name="change_standard_iff_from_a_template",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("planned_end", None), ("planned_start", None)),
                                    ("planned_end__gt", models.F("planned_start")),
                                    _connector="OR",
                                ),
                                name="change_planned_end_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("actual_end", None), ("actual_end__gte", models.F("actual_start")), _connector="OR"
                                ),
                                name="change_ends_after_it_began",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("watch_hours__lte", 720)), name="change_watched_for_a_month_at_most"
                            ),
                        ],
                    },
                    bases=("tickets.ticket",),
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agenda",
                                to="changes.boardmeeting",
                            ),
                        ),
                        (
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agenda_items",
                                to="changes.change",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("note", models.TextField(blank=True, default="", verbose_name="what was said")),
                        ("decision", models.CharField(blank=True, default="", max_length=8, verbose_name="decision")),
                    ],
                    options={
                        "ordering": ["meeting", "position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "change"), name="once_on_an_agenda")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CausedIncident",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="caused", to="changes.change"
                            ),
                        ),
                        (
                            "incident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suspected_changes",
                                to="incidents.incident",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("suggested", "Suggested"),
                                    ("confirmed", "Caused by this change"),
                                    ("rejected", "Not caused by it"),
                                ],
                                default="suggested",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("suggested_at", models.DateTimeField()),
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
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("change", "incident"), name="suspected_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("state", "suggested")),
                                    models.Q(
                                        models.Q(("state", "suggested"), _negated=True), ("decided_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="cause_decided_iff_dated",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Collision",
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
                                to="changes.change",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="changes.change"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("accepted", "Accepted"), ("gone", "Gone")],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("evidence", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ("found_at", models.DateTimeField()),
                        ("gone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, default="", max_length=500, verbose_name="reason")),
                    ],
                    options={
                        "verbose_name": "collision",
                        "ordering": ["-found_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("first", "second"), name="collision_once"),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))), name="collision_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "accepted"), _negated=True),
                                    models.Q(("accepted_by__isnull", False), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="collision_accepted_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CollisionCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "change",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="changes.change",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Freeze",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("from_at", models.DateTimeField(verbose_name="from")),
                        ("until_at", models.DateTimeField(verbose_name="until")),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("everything", "Everything"),
                                    ("services", "Services and what they rest on"),
                                    ("classes", "Classes of items"),
                                    ("teams", "Work of teams"),
                                ],
                                default="everything",
                                max_length=12,
                                verbose_name="holds for",
                            ),
                        ),
                        (
                            "excepted_roles",
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
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="except for implementers who are",
                            ),
                        ),
                        (
                            "services",
                            models.ManyToManyField(
                                blank=True, related_name="freezes", to="cmdb.service", verbose_name="services"
                            ),
                        ),
                        (
                            "classes",
                            models.ManyToManyField(
                                blank=True, related_name="freezes", to="cmdb.itemclass", verbose_name="classes of items"
                            ),
                        ),
                        (
                            "teams",
                            models.ManyToManyField(
                                blank=True, related_name="freezes", to="accounts.team", verbose_name="teams"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "freeze",
                        "ordering": ["from_at", "pk"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["until_at", "from_at"], name="freezes_by_end")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="changes_freeze_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until_at__gt", models.F("from_at"))),
                                name="freeze_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MaintenanceWindow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=50, verbose_name="time zone")),
                        ("from_on", models.DateField(verbose_name="first day")),
                        ("opens_at", models.TimeField(verbose_name="opens at")),
                        (
                            "lasts_for",
                            models.PositiveIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(15),
                                    django.core.validators.MaxValueValidator(10080),
                                ],
                                verbose_name="minutes",
                            ),
                        ),
                        ("rule", models.CharField(blank=True, default="", max_length=200, verbose_name="repeats by")),
                        ("until_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                        (
                            "items",
                            models.ManyToManyField(
                                blank=True,
                                related_name="maintenance_windows",
                                to="cmdb.configurationitem",
                                verbose_name="items",
                            ),
                        ),
                        (
                            "classes",
                            models.ManyToManyField(
                                blank=True,
                                related_name="maintenance_windows",
                                to="cmdb.itemclass",
                                verbose_name="classes of items",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "maintenance window",
                        "ordering": ["name_zh", "name_en", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="changes_maintenancewindow_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("lasts_for__range", (15, 10080))), name="window_lasts_up_to_a_week"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                                ),
                                name="window_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskAssessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assessments",
                                to="changes.change",
                            ),
                        ),
                        ("answers", models.JSONField()),
                        (
                            "item_ids",
                            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                        ),
                        ("likelihood", models.PositiveSmallIntegerField(verbose_name="likelihood")),
                        ("impact", models.PositiveSmallIntegerField(verbose_name="impact")),
                        ("score", models.PositiveSmallIntegerField(verbose_name="risk score")),
                        ("failing", models.PositiveIntegerField()),
                        ("at_risk", models.PositiveIntegerField()),
                        ("note", models.TextField(blank=True, default="", verbose_name="note")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "score",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("likelihood"), "*", models.F("impact")
                                        ),
                                    )
                                ),
                                name="risk_is_product",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("slug", models.SlugField(max_length=40, unique=True)),
                        ("options", models.JSONField(verbose_name="answers with points")),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                    ],
                    options={
                        "verbose_name": "risk question",
                        "ordering": ["position", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="changes_riskquestion_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskRoute",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        ("from_score", models.PositiveSmallIntegerField(unique=True, verbose_name="from score")),
                        (
                            "asked",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("peers", "A colleague of the team"),
                                        ("manager", "Change manager"),
                                        ("board", "Change advisory board (CAB)"),
                                    ],
                                    max_length=10,
                                ),
                                size=None,
                                verbose_name="asked, in order",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "risk level",
                        "ordering": ["from_score"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="changes_riskroute_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WindowException",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="window_exceptions",
                                to="changes.change",
                            ),
                        ),
                        ("from_at", models.DateTimeField(verbose_name="from")),
                        ("until_at", models.DateTimeField(verbose_name="until")),
                        (
                            "item_ids",
                            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
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
                            "state",
                            models.CharField(
                                choices=[("asked", "Asked for"), ("granted", "Granted"), ("refused", "Refused")],
                                default="asked",
                                max_length=8,
                            ),
                        ),
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
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("answer", models.CharField(blank=True, default="", max_length=500, verbose_name="answer")),
                    ],
                    options={
                        "verbose_name": "exception from maintenance windows",
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_at__gt", models.F("from_at"))),
                                name="exception_ends_after_it_began",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                name="exception_is_decided_by_somebody_else",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")),
                                fields=("change",),
                                name="exception_asked_once_at_a_time",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(ship, migrations.RunPython.noop),
    ]
