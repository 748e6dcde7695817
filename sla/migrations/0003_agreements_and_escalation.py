"""Agreements with two sides, escalation, rulings; terms become rows that clocks share."""

import hashlib
import json

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def carry_over(apps, schema_editor):
    """Scope moves from agreements to their versions; every clock gets its terms as a shared row and a first ruling."""
    models = {name: apps.get_model("sla", name) for name in ("Agreement", "Clock", "Ruling", "Terms")}
    for agreement in models["Agreement"].objects.all():
        for version in agreement.versions.all():
            version.services.set(agreement.services.all())
    for clock in models["Clock"].objects.select_related("ticket").iterator():
        content = {**clock.old_terms, "metric": clock.metric, "steps": [], "team": None, "per_assignment": False}
        content["waits_for"] = []
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        terms = models["Terms"].objects.get_or_create(digest=digest, defaults={"content": content})[0]
        models["Clock"].objects.filter(pk=clock.pk).update(terms=terms)
        models["Ruling"].objects.create(
            clock=clock, at=clock.ticket.created_at, reason="started", terms=terms, agreement_id=clock.agreement_id
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_rosters"),
        ("cmdb", "0001_initial"),
        ("events", "0002_append_only"),
        ("sla", "0002_immutable"),
        ("tickets", "0005_queue_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("purpose", "Purpose"),
                            ("in_scope", "In scope"),
                            ("out_of_scope", "Out of scope"),
                            ("exclusions", "Exclusions"),
                            ("provider", "The provider's responsibilities"),
                            ("customer", "The customer's responsibilities"),
                            ("supplier", "The supplier's responsibilities"),
                            ("measurement", "How it is measured"),
                            ("reporting", "Reporting"),
                            ("review", "Review"),
                        ],
                        max_length=14,
                        verbose_name="section",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("text_zh", models.TextField(blank=True, verbose_name="Chinese text")),
                ("text_en", models.TextField(blank=True, verbose_name="English text")),
            ],
            options={
                "ordering": ["version", "section", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
            ],
            options={
                "ordering": ["clock", "id"],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.PositiveSmallIntegerField()),
                ("level", models.PositiveSmallIntegerField(default=0)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("tell_assignee", "Tell the assignee"),
                            ("tell_team", "Tell the team"),
                            ("tell_lead", "Tell the team lead"),
                            ("tell_manager", "Tell the next lead up the reporting line"),
                            ("tell_on_call", "Call the person on call"),
                            ("move_to_team", "Hand over to a team"),
                            ("move_up", "Hand over to the next line"),
                            ("raise_priority", "Raise the priority by one"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("told", "Told"),
                            ("acknowledged", "Acknowledged"),
                            ("passed_on", "Not acknowledged, passed on"),
                            ("empty", "Nobody there, passed on"),
                            ("done", "Done"),
                            ("not_possible", "Not possible"),
                        ],
                        max_length=12,
                    ),
                ),
                ("detail", models.CharField(blank=True, default="", max_length=300)),
                ("at", models.DateTimeField()),
                ("acknowledge_by", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="EscalationPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                ("slug", models.SlugField(unique=True)),
            ],
            options={
                "verbose_name": "escalation policy",
                "verbose_name_plural": "escalation policies",
                "ordering": ["slug"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EscalationStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "metric",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("response", "Response"),
                            ("resolution", "Resolution"),
                            ("next_update", "Next update"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="metric",
                    ),
                ),
                ("pct", models.PositiveSmallIntegerField(default=100, verbose_name="percent of the target")),
                (
                    "offset_minutes",
                    models.IntegerField(default=0, verbose_name="business minutes after (before: negative)"),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("tell_assignee", "Tell the assignee"),
                            ("tell_team", "Tell the team"),
                            ("tell_lead", "Tell the team lead"),
                            ("tell_manager", "Tell the next lead up the reporting line"),
                            ("tell_on_call", "Call the person on call"),
                            ("move_to_team", "Hand over to a team"),
                            ("move_up", "Hand over to the next line"),
                            ("raise_priority", "Raise the priority by one"),
                        ],
                        max_length=16,
                        verbose_name="action",
                    ),
                ),
                (
                    "acknowledge_minutes",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minutes to acknowledge"),
                ),
            ],
            options={
                "ordering": ["policy", "pct", "offset_minutes", "id"],
            },
        ),
        migrations.CreateModel(
            name="Recalculation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mode",
                    models.CharField(
                        choices=[("retroactive", "retroactive"), ("carry", "carry"), ("restart", "restart")],
                        max_length=12,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Running"), ("done", "Done")], default="running", max_length=8
                    ),
                ),
                ("cursor", models.BigIntegerField(default=0)),
                ("seen", models.PositiveIntegerField(default=0)),
                ("moved", models.PositiveIntegerField(default=0)),
                ("breaches_gained", models.PositiveIntegerField(default=0)),
                ("breaches_withdrawn", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("provider", "Provider"), ("other", "Customer, team or supplier")], max_length=8
                    ),
                ),
                ("body", models.TextField(blank=True, verbose_name="comment")),
                ("proposal", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["version", "id"],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("started", "The clock started"),
                            ("calendar", "The calendar changed"),
                            ("agreement", "Another agreement or version applies"),
                            ("withdrawn", "The agreement was withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[("retroactive", "retroactive"), ("carry", "carry"), ("restart", "restart")],
                        default="",
                        max_length=12,
                    ),
                ),
            ],
            options={
                "ordering": ["clock", "id"],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("provider", "Provider"), ("other", "Customer, team or supplier")], max_length=8
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("title", models.CharField(blank=True, max_length=80)),
                ("digest", models.CharField(max_length=64)),
                ("signed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["version", "signed_at"],
            },
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("content", models.JSONField()),
            ],
            options={
                "verbose_name_plural": "terms",
            },
        ),
        migrations.RemoveConstraint(
            model_name="agreementversion",
            name="one_version_in_force_per_agreement",
        ),
        migrations.RemoveConstraint(
            model_name="clock",
            name="one_clock_per_ticket_and_metric",
        ),
        migrations.RemoveConstraint(
            model_name="firing",
            name="a_threshold_fires_once",
        ),
        migrations.RemoveField(
            model_name="clock",
            name="next_pct",
        ),
        migrations.AddField(
            model_name="agreement",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="owned_agreements",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="supplier",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contracts",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreements",
                to="accounts.team",
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="in force until"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="excluded_services",
            field=models.ManyToManyField(blank=True, related_name="+", to="cmdb.service"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="item_kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("service", "Business service"),
                        ("application", "Application"),
                        ("server", "Server"),
                        ("network", "Network device"),
                        ("database", "Database"),
                        ("desktop", "Desktop or laptop"),
                        ("peripheral", "Printer or peripheral"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="other_signer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="priorities",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(
                    choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Normal"), (4, "P4 Low")]
                ),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="provider_signer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="review_on",
            field=models.DateField(blank=True, null=True, verbose_name="next review"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="review_reminded_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="services",
            field=models.ManyToManyField(blank=True, related_name="agreement_versions", to="cmdb.service"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="starts_on",
            field=models.DateField(blank=True, null=True, verbose_name="in force from"),
        ),
        migrations.AddField(
            model_name="calendarversion",
            name="tzdata",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="time zone rules"),
        ),
        migrations.AddField(
            model_name="clock",
            name="is_withdrawn",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="clock",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sla", "Service level agreement with a customer"),
                    ("ola", "Operational level agreement between teams"),
                    ("uc", "Underpinning contract with a supplier"),
                ],
                default="sla",
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="clock",
            name="supplier",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="clock",
            name="team",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"
            ),
        ),
        migrations.AddField(
            model_name="firing",
            name="offset",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="target",
            name="team_mode",
            field=models.CharField(
                choices=[("cumulative", "All assignments together"), ("per_assignment", "Each assignment anew")],
                default="cumulative",
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="agreementversion",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("negotiating", "In negotiation"),
                    ("pending_signature", "Waiting for signatures"),
                    ("active", "In force"),
                    ("under_review", "In force, under review"),
                    ("superseded", "Superseded"),
                    ("expired", "Expired"),
                    ("terminated", "Terminated"),
                ],
                default="draft",
                max_length=20,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="clock",
            name="metric",
            field=models.CharField(
                choices=[("response", "Response"), ("resolution", "Resolution"), ("next_update", "Next update")],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="metric",
            field=models.CharField(
                choices=[("response", "Response"), ("resolution", "Resolution"), ("next_update", "Next update")],
                max_length=12,
                verbose_name="metric",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="seconds",
            field=models.PositiveIntegerField(
                validators=[django.core.validators.MinValueValidator(1)], verbose_name="business seconds"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("kind", "ola"), _negated=True), ("team__isnull", False), _connector="OR"),
                name="ola_names_its_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "uc"), _negated=True), ("supplier__isnull", False), _connector="OR"
                ),
                name="uc_names_its_supplier",
            ),
        ),
        migrations.AddConstraint(
            model_name="firing",
            constraint=models.UniqueConstraint(
                fields=("clock", "cycle", "revision", "pct", "offset"), name="a_threshold_fires_once"
            ),
        ),
        migrations.AddField(
            model_name="clause",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="clauses", to="sla.agreementversion"
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="cause",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="events.event"
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="clock",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="sla.clock"
            ),
        ),
        migrations.AddField(
            model_name="escalation",
            name="acknowledged_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="escalation",
            name="firing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="escalations", to="sla.firing"
            ),
        ),
        migrations.AddField(
            model_name="escalation",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="escalation",
            name="team",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"
            ),
        ),
        migrations.AddConstraint(
            model_name="escalationpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                name="sla_escalationpolicy_has_a_name",
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="policy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreement_versions",
                to="sla.escalationpolicy",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["active", "under_review"])),
                fields=("agreement",),
                name="one_version_in_force_per_agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on", None), ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="agreement_ends_after_it_starts",
            ),
        ),
        migrations.AddField(
            model_name="escalationstep",
            name="policy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="sla.escalationpolicy"
            ),
        ),
        migrations.AddField(
            model_name="escalationstep",
            name="roster",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.roster",
            ),
        ),
        migrations.AddField(
            model_name="escalationstep",
            name="team",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"
            ),
        ),
        migrations.AddField(
            model_name="recalculation",
            name="agreement",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recalculations",
                to="sla.agreement",
            ),
        ),
        migrations.AddField(
            model_name="recalculation",
            name="calendar",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="recalculations", to="sla.calendar"
            ),
        ),
        migrations.AddField(
            model_name="recalculation",
            name="requested_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="clause",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="remarks",
                to="sla.clause",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="target",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="remarks",
                to="sla.target",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="sla.agreementversion"
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="after",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="events.event",
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sla.agreementversion"
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="clock",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rulings", to="sla.clock"
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="sla.agreementversion"
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="terms",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sla.terms"),
        ),
        migrations.RenameField(model_name="clock", old_name="terms", new_name="old_terms"),
        migrations.AddField(
            model_name="clock",
            name="terms",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sla.terms"
            ),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="clock",
            name="terms",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sla.terms"),
        ),
        migrations.RemoveField(model_name="clock", name="old_terms"),
        migrations.RemoveField(model_name="agreement", name="services"),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("stage__in", ["running", "paused"])),
                fields=["terms", "id"],
                name="clock_open_by_terms",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("stage__in", ["running", "paused"])),
                fields=["agreement", "id"],
                name="clock_open_by_agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.UniqueConstraint(
                fields=("ticket", "kind", "metric", "team", "supplier"),
                name="one_clock_per_ticket_and_share",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.CheckConstraint(
                condition=models.Q(("text_en", ""), ("text_zh", ""), _negated=True), name="clause_has_a_text"
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("acknowledge_by__isnull", False)),
                fields=["acknowledge_by"],
                name="escalation_unanswered",
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(fields=["-at", "-id"], name="escalation_by_time"),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                fields=("firing", "step", "level", "person"), name="a_step_tells_a_person_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="escalationstep",
            constraint=models.CheckConstraint(condition=models.Q(("pct__gt", 0)), name="step_percent_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="escalationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("action", "move_to_team"), _negated=True), ("team__isnull", False), _connector="OR"
                ),
                name="moving_step_names_its_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("action", "tell_on_call"), _negated=True), ("roster__isnull", False), _connector="OR"
                ),
                name="calling_step_names_its_roster",
            ),
        ),
        migrations.AddConstraint(
            model_name="recalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(("calendar__isnull", True), ("agreement__isnull", True), _connector="XOR"),
                name="recalculation_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(fields=("version", "side"), name="each_side_signs_once"),
        ),
        migrations.AddIndex(
            model_name="ruling",
            index=models.Index(
                condition=models.Q(("reason", "started"), _negated=True), fields=["at"], name="ruling_by_time"
            ),
        ),
    ]
