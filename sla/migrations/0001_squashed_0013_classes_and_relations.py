"""The tables of the app as they stood on 28 November 2026, in one step."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sla.models.agreement
from core.migrating import AtOnce

# What was signed or published cannot be changed, and the account of the clocks only grows: by anybody, with any
# tool. The parties of an agreement stay once a version of it left negotiation.
FORWARD = """
CREATE FUNCTION sla_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published % cannot be changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER sla_calendar_version_immutable BEFORE UPDATE OR DELETE ON sla_calendarversion
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_change();
CREATE FUNCTION sla_refuse_signed_target() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM sla_agreementversion v WHERE v.state NOT IN ('draft', 'negotiating')
                  AND v.id = (COALESCE(to_jsonb(NEW), to_jsonb(OLD)) ->> TG_ARGV[0])::bigint) THEN
        RAISE EXCEPTION '% of an agreement that is signed or in signature cannot be changed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER sla_target_immutable BEFORE INSERT OR UPDATE OR DELETE ON sla_target
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_signed_target('version_id');
CREATE TRIGGER sla_clause_immutable BEFORE INSERT OR UPDATE OR DELETE ON sla_clause
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_signed_target('version_id');
CREATE TRIGGER sla_scope_immutable BEFORE INSERT OR UPDATE OR DELETE ON sla_agreementversion_services
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_signed_target('agreementversion_id');
CREATE TRIGGER sla_exclusion_immutable BEFORE INSERT OR UPDATE OR DELETE ON sla_agreementversion_excluded_services
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_signed_target('agreementversion_id');

CREATE FUNCTION sla_refuse_signed_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state NOT IN ('draft', 'negotiating') AND (
        TG_OP = 'DELETE'
        OR (OLD.agreement_id, OLD.number, OLD.item_kinds, OLD.priorities, OLD.policy_id, OLD.starts_on, OLD.ends_on,
            OLD.provider_signer_id, OLD.other_signer_id)
           IS DISTINCT FROM
           (NEW.agreement_id, NEW.number, NEW.item_kinds, NEW.priorities, NEW.policy_id, NEW.starts_on, NEW.ends_on,
            NEW.provider_signer_id, NEW.other_signer_id)
        OR (NEW.state IN ('draft', 'negotiating') AND OLD.state <> 'pending_signature')
    ) THEN
        RAISE EXCEPTION 'an agreement that is signed or in signature cannot be changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER sla_agreementversion_immutable BEFORE UPDATE OR DELETE ON sla_agreementversion
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_signed_version();

CREATE TRIGGER sla_terms_immutable BEFORE UPDATE OR DELETE ON sla_terms
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_change();
CREATE TRIGGER sla_ruling_immutable BEFORE UPDATE OR DELETE ON sla_ruling
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_change();
CREATE TRIGGER sla_correction_immutable BEFORE UPDATE OR DELETE ON sla_correction
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_change();
CREATE TRIGGER sla_signature_immutable BEFORE UPDATE OR DELETE ON sla_signature
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_change();

CREATE FUNCTION sla_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - TG_ARGV[0] <> to_jsonb(OLD) - TG_ARGV[0]
       OR (to_jsonb(OLD) ->> TG_ARGV[0])::boolean THEN
        RAISE EXCEPTION 'rows of % are only marked, never changed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sla_segment_append_only BEFORE UPDATE OR DELETE ON sla_segment
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_rewriting('is_superseded');
CREATE TRIGGER sla_firing_append_only BEFORE UPDATE OR DELETE ON sla_firing
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_rewriting('is_withdrawn');

CREATE FUNCTION sla_refuse_other_parties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.slug, OLD.kind, OLD.customer_id, OLD.supplier_id, OLD.team_id)
       IS DISTINCT FROM (NEW.slug, NEW.kind, NEW.customer_id, NEW.supplier_id, NEW.team_id)
       AND EXISTS (SELECT 1 FROM sla_agreementversion v
                    WHERE v.agreement_id = OLD.id AND v.state NOT IN ('draft', 'negotiating')) THEN
        RAISE EXCEPTION 'the parties of an agreement that is signed or in signature cannot be changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sla_agreement_parties BEFORE UPDATE ON sla_agreement
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_other_parties();
"""
BACKWARD = """
DROP TRIGGER sla_agreement_parties ON sla_agreement;
DROP FUNCTION sla_refuse_other_parties();
DROP TRIGGER sla_firing_append_only ON sla_firing;
DROP TRIGGER sla_segment_append_only ON sla_segment;
DROP FUNCTION sla_refuse_rewriting();
DROP TRIGGER sla_signature_immutable ON sla_signature;
DROP TRIGGER sla_correction_immutable ON sla_correction;
DROP TRIGGER sla_ruling_immutable ON sla_ruling;
DROP TRIGGER sla_terms_immutable ON sla_terms;
DROP TRIGGER sla_agreementversion_immutable ON sla_agreementversion;
DROP FUNCTION sla_refuse_signed_version();
DROP TRIGGER sla_exclusion_immutable ON sla_agreementversion_excluded_services;
DROP TRIGGER sla_scope_immutable ON sla_agreementversion_services;
DROP TRIGGER sla_clause_immutable ON sla_clause;
DROP TRIGGER sla_target_immutable ON sla_target;
DROP FUNCTION sla_refuse_signed_target();
DROP TRIGGER sla_calendar_version_immutable ON sla_calendarversion;
DROP FUNCTION sla_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("sla", "0001_initial"),
        ("sla", "0002_immutable"),
        ("sla", "0003_agreements_and_escalation"),
        ("sla", "0004_append_only"),
        ("sla", "0005_signing_again"),
        ("sla", "0006_calendars_keep_their_rules"),
        ("sla", "0007_escalation_watch"),
        ("sla", "0008_audit_runs"),
        ("sla", "0009_replays"),
        ("sla", "0010_fewer_indexes"),
        ("sla", "0011_segments_without_team"),
        ("sla", "0012_discarded_drafts"),
        ("sla", "0013_classes_and_relations"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0011_team_specialism"),
        ("cmdb", "0001_squashed_0016_responsibilities"),
        ("events", "0001_squashed_0003_fewer_indexes"),
        ("tickets", "0001_squashed_0015_runbooks"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="AuditRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(null=True)),
                        ("scope", models.CharField(max_length=60)),
                        ("clocks", models.PositiveIntegerField(default=0)),
                        ("differences", models.PositiveIntegerField(default=0)),
                        ("findings", models.JSONField(default=list)),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Terms",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("content", models.JSONField()),
                    ],
                    options={
                        "verbose_name_plural": "terms",
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
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
                                choices=[
                                    ("sla", "Service level agreement with a customer"),
                                    ("ola", "Operational level agreement between teams"),
                                    ("uc", "Underpinning contract with a supplier"),
                                ],
                                default="sla",
                                max_length=4,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="owned_agreements",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField(default=100, verbose_name="order of matching")),
                    ],
                    options={
                        "verbose_name": "agreement",
                        "ordering": ["rank", "slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="sla_agreement_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "ola"), _negated=True), ("team__isnull", False), _connector="OR"
                                ),
                                name="ola_names_its_team",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "uc"), _negated=True),
                                    ("supplier__isnull", False),
                                    _connector="OR",
                                ),
                                name="uc_names_its_supplier",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Calendar",
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calendars",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "calendar",
                        "ordering": ["slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="sla_calendar_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="sla.calendar"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("zone", models.CharField(max_length=50, verbose_name="time zone")),
                        ("weekly", models.JSONField()),
                        ("exceptions", models.JSONField(default=dict)),
                        ("labels", models.JSONField(default=dict)),
                        ("valid_through", models.DateField(blank=True, null=True)),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "tzdata",
                            models.CharField(blank=True, default="", max_length=20, verbose_name="time zone rules"),
                        ),
                        ("offsets", models.JSONField(default=list)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["calendar", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("calendar", "number"), name="calendar_version_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EscalationPolicy",
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
                        ("revision", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "verbose_name": "escalation policy",
                        "verbose_name_plural": "escalation policies",
                        "ordering": ["slug"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="sla_escalationpolicy_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="sla.agreement"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("negotiating", "In negotiation"),
                                    ("pending_signature", "Waiting for signatures"),
                                    ("active", "In force"),
                                    ("under_review", "In force, under review"),
                                    ("superseded", "Superseded"),
                                    ("expired", "Expired"),
                                    ("terminated", "Terminated"),
                                    ("discarded", "Discarded"),
                                ],
                                default="draft",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "item_kinds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "priorities",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(
                                    choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Normal"), (4, "P4 Low")]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "policy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_versions",
                                to="sla.escalationpolicy",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="in force until")),
                        ("review_on", models.DateField(blank=True, null=True, verbose_name="next review")),
                        (
                            "provider_signer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other_signer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("active_from", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("review_reminded_on", models.DateField(blank=True, null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "services",
                            models.ManyToManyField(blank=True, related_name="agreement_versions", to="cmdb.service"),
                        ),
                        ("excluded_services", models.ManyToManyField(blank=True, related_name="+", to="cmdb.service")),
                    ],
                    options={
                        "ordering": ["agreement", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("agreement", "number"), name="agreement_version_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["active", "under_review"])),
                                fields=("agreement",),
                                name="one_version_in_force_per_agreement",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_on", None),
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="agreement_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="clauses",
                                to="sla.agreementversion",
                            ),
                        ),
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text_en", ""), ("text_zh", ""), _negated=True),
                                name="clause_has_a_text",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clock",
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
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="clocks",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sla", "Service level agreement with a customer"),
                                    ("ola", "Operational level agreement between teams"),
                                    ("uc", "Underpinning contract with a supplier"),
                                ],
                                default="sla",
                                max_length=4,
                            ),
                        ),
                        (
                            "metric",
                            models.CharField(
                                choices=[
                                    ("response", "Response"),
                                    ("resolution", "Resolution"),
                                    ("next_update", "Next update"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clocks",
                                to="sla.agreementversion",
                            ),
                        ),
                        (
                            "terms",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sla.terms",
                            ),
                        ),
                        ("memory", models.JSONField()),
                        ("stage", models.CharField(max_length=12)),
                        ("outcome", models.CharField(blank=True, default="", max_length=16)),
                        ("cycle", models.PositiveSmallIntegerField()),
                        ("revision", models.PositiveSmallIntegerField()),
                        ("target_seconds", models.PositiveIntegerField(null=True)),
                        (
                            "calendar_version",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sla.calendarversion",
                            ),
                        ),
                        ("since", models.DateTimeField(null=True)),
                        ("base_elapsed", models.PositiveIntegerField(default=0)),
                        ("due_at", models.DateTimeField(null=True)),
                        ("is_breached", models.BooleanField(default=False)),
                        ("stopped_at", models.DateTimeField(null=True)),
                        ("next_at", models.DateTimeField(null=True)),
                        ("is_withdrawn", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name": "clock",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_at__isnull", False)),
                                fields=["next_at", "id"],
                                name="clock_due",
                            ),
                            models.Index(
                                condition=models.Q(("team__isnull", False)), fields=["team"], name="clock_of_team"
                            ),
                            models.Index(
                                condition=models.Q(("supplier__isnull", False)),
                                fields=["supplier"],
                                name="clock_of_supplier",
                            ),
                            models.Index(
                                condition=models.Q(("stopped_at__isnull", False)),
                                fields=["metric", "stopped_at"],
                                name="clock_ended",
                            ),
                            models.Index(
                                condition=models.Q(("stage__in", ["running", "paused"])),
                                fields=["terms", "id"],
                                name="clock_open_by_terms",
                            ),
                            models.Index(
                                condition=models.Q(("stage__in", ["running", "paused"])),
                                fields=["agreement", "id"],
                                name="clock_open_by_agreement",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("ticket", "kind", "metric", "team", "supplier"),
                                name="one_clock_per_ticket_and_share",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "clock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="sla.clock"
                            ),
                        ),
                        (
                            "cause",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.event",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("before", models.JSONField()),
                        ("after", models.JSONField()),
                    ],
                    options={
                        "ordering": ["clock", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="EscalationStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "policy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="sla.escalationpolicy",
                            ),
                        ),
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
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        (
                            "roster",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.roster",
                            ),
                        ),
                        (
                            "acknowledge_minutes",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="minutes to acknowledge"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["policy", "pct", "offset_minutes", "id"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("pct__gt", 0)), name="step_percent_is_positive"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("action", "move_to_team"), _negated=True),
                                    ("team__isnull", False),
                                    _connector="OR",
                                ),
                                name="moving_step_names_its_team",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("action", "tell_on_call"), _negated=True),
                                    ("roster__isnull", False),
                                    _connector="OR",
                                ),
                                name="calling_step_names_its_roster",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Firing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "clock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="firings", to="sla.clock"
                            ),
                        ),
                        ("cycle", models.PositiveSmallIntegerField()),
                        ("revision", models.PositiveSmallIntegerField()),
                        ("pct", models.PositiveSmallIntegerField()),
                        ("offset", models.IntegerField(default=0)),
                        ("due_at", models.DateTimeField()),
                        ("fire_at", models.DateTimeField()),
                        ("fired_at", models.DateTimeField()),
                        ("lateness", models.PositiveIntegerField()),
                        ("notify", models.BooleanField()),
                        ("is_withdrawn", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["clock", "id"],
                        "indexes": [models.Index(fields=["fired_at"], name="firing_by_time")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_withdrawn", False)),
                                fields=("clock", "cycle", "revision", "pct", "offset"),
                                name="a_threshold_fires_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Escalation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "firing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="escalations", to="sla.firing"
                            ),
                        ),
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
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.team",
                            ),
                        ),
                        ("detail", models.CharField(blank=True, default="", max_length=300)),
                        (
                            "event",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.event",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("acknowledge_by", models.DateTimeField(null=True)),
                        ("acknowledged_at", models.DateTimeField(null=True)),
                        (
                            "acknowledged_by",
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
                        "indexes": [
                            models.Index(
                                condition=models.Q(("acknowledge_by__isnull", False)),
                                fields=["acknowledge_by"],
                                name="escalation_unanswered",
                            ),
                            models.Index(fields=["-at", "-id"], name="escalation_by_time"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("firing", "step", "level", "person"),
                                name="a_step_tells_a_person_once",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recalculation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "calendar",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recalculations",
                                to="sla.calendar",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recalculations",
                                to="sla.agreement",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[("retroactive", "retroactive"), ("carry", "carry"), ("restart", "restart")],
                                max_length=12,
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("requested_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("taken_over", "Taken over by a later change"),
                                ],
                                default="running",
                                max_length=10,
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
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "running")), fields=["id"], name="recalculation_running"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("calendar__isnull", True), ("agreement__isnull", True), _connector="XOR"
                                ),
                                name="recalculation_of_one_thing",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Replay",
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
                            "agreement_version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="sla.agreementversion",
                            ),
                        ),
                        (
                            "calendar",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="sla.calendar",
                            ),
                        ),
                        ("calendar_number", models.PositiveIntegerField(null=True)),
                        ("content", models.JSONField(null=True)),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("created_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                                default="running",
                                max_length=8,
                            ),
                        ),
                        ("total", models.PositiveIntegerField()),
                        ("seen", models.PositiveIntegerField(default=0)),
                        ("cursor", models.BigIntegerField(null=True)),
                        ("clocks", models.PositiveIntegerField(default=0)),
                        ("differing", models.PositiveIntegerField(default=0)),
                        ("tallies", models.JSONField(default=dict)),
                        ("flipped", models.PositiveIntegerField(default=0)),
                        ("flips", models.JSONField(default=list)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(condition=models.Q(("state", "running")), fields=["id"], name="replay_running")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("calendar__isnull", True), ("agreement_version__isnull", True), _connector="XOR"
                                ),
                                name="replay_of_one_thing",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Segment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "clock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="segments", to="sla.clock"
                            ),
                        ),
                        ("cycle", models.PositiveSmallIntegerField()),
                        ("stage", models.CharField(max_length=12)),
                        ("start_at", models.DateTimeField()),
                        ("end_at", models.DateTimeField()),
                        ("seconds", models.PositiveIntegerField()),
                        (
                            "calendar_version",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sla.calendarversion",
                            ),
                        ),
                        (
                            "cause",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.event",
                            ),
                        ),
                        ("is_superseded", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["clock", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="sla.agreementversion",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("provider", "Provider"), ("other", "Customer, team or supplier")],
                                max_length=8,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("title", models.CharField(blank=True, max_length=80)),
                        ("digest", models.CharField(max_length=64)),
                        ("signed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["version", "signed_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "side", "digest"), name="each_side_signs_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SweepDelay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("noticed_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("worst", models.PositiveIntegerField(verbose_name="longest wait in seconds")),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.Value(1),
                                condition=models.Q(("ended_at", None)),
                                name="one_sweep_delay_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="sla.agreementversion",
                            ),
                        ),
                        (
                            "metric",
                            models.CharField(
                                choices=[
                                    ("response", "Response"),
                                    ("resolution", "Resolution"),
                                    ("next_update", "Next update"),
                                ],
                                max_length=12,
                                verbose_name="metric",
                            ),
                        ),
                        ("kind", models.CharField(default="incident", max_length=12, verbose_name="kind of ticket")),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "P1 Critical"), (2, "P2 High"), (3, "P3 Normal"), (4, "P4 Low")],
                                verbose_name="priority",
                            ),
                        ),
                        (
                            "seconds",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="business seconds",
                            ),
                        ),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sla.calendar"
                            ),
                        ),
                        (
                            "thresholds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                default=sla.models.agreement.default_thresholds,
                                size=None,
                            ),
                        ),
                        (
                            "pausing_reasons",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("caller", "Waiting for the requester"),
                                        ("vendor", "Waiting for a supplier"),
                                        ("change", "Waiting for a change"),
                                        ("problem", "Waiting for a problem's solution"),
                                        ("scheduled", "Scheduled for later"),
                                    ],
                                    max_length=12,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "on_retarget",
                            models.CharField(
                                choices=[("retroactive", "retroactive"), ("carry", "carry"), ("restart", "restart")],
                                default="retroactive",
                                max_length=12,
                            ),
                        ),
                        (
                            "on_reopen",
                            models.CharField(
                                choices=[
                                    ("resume", "resume"),
                                    ("continuous", "continuous"),
                                    ("restart", "restart"),
                                    ("final", "final"),
                                ],
                                default="resume",
                                max_length=12,
                            ),
                        ),
                        (
                            "team_mode",
                            models.CharField(
                                choices=[
                                    ("cumulative", "All assignments together"),
                                    ("per_assignment", "Each assignment anew"),
                                ],
                                default="cumulative",
                                max_length=16,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version", "metric", "priority"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "metric", "kind", "priority"), name="one_target_per_promise"
                            ),
                            models.CheckConstraint(condition=models.Q(("seconds__gt", 0)), name="target_is_positive"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Remark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remarks",
                                to="sla.agreementversion",
                            ),
                        ),
                        (
                            "clause",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="remarks",
                                to="sla.clause",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="remarks",
                                to="sla.target",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("provider", "Provider"), ("other", "Customer, team or supplier")],
                                max_length=8,
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["version", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Ruling",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "clock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="rulings", to="sla.clock"
                            ),
                        ),
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
                            "terms",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sla.terms"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sla.agreementversion"
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
                        (
                            "after",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.event",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["clock", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("reason", "started"), _negated=True),
                                fields=["at"],
                                name="ruling_by_time",
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
