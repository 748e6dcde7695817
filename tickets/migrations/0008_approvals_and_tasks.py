import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_absences"),
        ("tickets", "0007_internal_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("void_reason", models.CharField(blank=True, default="", max_length=2000, verbose_name="reason")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approval_rounds", to="tickets.ticket"
                    ),
                ),
            ],
            options={
                "verbose_name": "approval",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        ],
                        max_length=10,
                        verbose_name="mode",
                    ),
                ),
                ("percentage", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="percentage")),
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
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="tickets.approvalround"
                    ),
                ),
            ],
            options={
                "ordering": ["round", "position"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalSlot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "approver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approval_slots",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approval_slots", to="tickets.ticket"
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="tickets.approvalstage"
                    ),
                ),
            ],
            options={
                "ordering": ["stage", "id"],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
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
                ("note", models.CharField(blank=True, default="", max_length=2000, verbose_name="note")),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("after", models.ManyToManyField(blank=True, related_name="before", to="tickets.task")),
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
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="tickets.ticket"
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="approvalround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("open", "granted"))),
                fields=("ticket",),
                name="one_standing_round_per_ticket",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalstage",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("round", "position"),
                name="one_stage_per_position",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalstage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mode", "percentage"), ("percentage__range", (1, 100))),
                    models.Q(models.Q(("mode", "percentage"), _negated=True), ("percentage", None)),
                    _connector="OR",
                ),
                name="percentage_iff_counted_by_it",
            ),
        ),
        migrations.AddIndex(
            model_name="approvalslot",
            index=models.Index(fields=["approver", "-id"], name="slots_of_approver"),
        ),
        migrations.AddIndex(
            model_name="approvalslot",
            index=models.Index(fields=["decided_by", "-id"], name="slots_of_decider"),
        ),
        migrations.AddIndex(
            model_name="approvalslot",
            index=models.Index(condition=models.Q(("state", "asked")), fields=["asked_at"], name="slots_asked"),
        ),
        migrations.AddConstraint(
            model_name="approvalslot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "passed_on"), _negated=True),
                fields=("stage", "approver"),
                name="one_vote_per_stage_and_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalslot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("waiting", "asked", "not_needed")), ("decided_at", None)),
                    models.Q(("state__in", ("approved", "rejected", "passed_on")), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="slot_decided_iff_dated",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "started", "failed"))),
                fields=["assignee", "id"],
                name="tasks_of_person",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "started", "failed"))),
                fields=["team", "id"],
                name="tasks_of_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(fields=("ticket", "key"), name="one_task_per_ticket_and_key"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state__in", ("done", "skipped", "called_off"))),
                    models.Q(
                        models.Q(("state__in", ("done", "skipped", "called_off")), _negated=True), ("ended_at", None)
                    ),
                    _connector="OR",
                ),
                name="task_ended_iff_dated",
            ),
        ),
    ]
