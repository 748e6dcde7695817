"""The tables of the app as they stood on 28 November 2026, in one step."""

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.migrating import AtOnce

# The database itself refuses to change history, stamps the instant of recording and digests the row.
FORWARD = """
CREATE FUNCTION events_event_digest(e events_event) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        e.id, e.name, e.subject_kind, e.subject_id, e.actor_id, extract(epoch FROM e.at)::text,
        extract(epoch FROM e.recorded_at)::text, e.is_public, e.data, e.cause_id, e.request_id)::text, 'UTF8')), 'hex')
$$;
CREATE FUNCTION events_event_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.recorded_at := clock_timestamp();
    NEW.digest := events_event_digest(NEW);
    RETURN NEW;
END $$;
CREATE TRIGGER events_event_stamp BEFORE INSERT ON events_event
    FOR EACH ROW EXECUTE FUNCTION events_event_stamp();
CREATE FUNCTION events_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % of event % refused', TG_OP, OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER events_event_refuse BEFORE UPDATE OR DELETE ON events_event
    FOR EACH ROW EXECUTE FUNCTION events_event_refuse();
"""
BACKWARD = """
DROP TRIGGER events_event_refuse ON events_event;
DROP TRIGGER events_event_stamp ON events_event;
DROP FUNCTION events_event_refuse();
DROP FUNCTION events_event_stamp();
DROP FUNCTION events_event_digest(events_event);
"""


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("events", "0001_initial"),
        ("events", "0002_append_only"),
        ("events", "0003_fewer_indexes"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0011_team_specialism"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="DaySeal",
                    fields=[
                        ("day", models.DateField(primary_key=True, serialize=False)),
                        ("count", models.PositiveBigIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                        ("sealed_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["day"],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("subject_kind", models.CharField(max_length=30)),
                        ("subject_id", models.BigIntegerField()),
                        (
                            "actor",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "recorded_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False, null=True
                            ),
                        ),
                        ("is_public", models.BooleanField(default=True)),
                        (
                            "data",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        (
                            "cause",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="effects",
                                to="events.event",
                            ),
                        ),
                        ("request_id", models.CharField(blank=True, default="", max_length=20)),
                        ("digest", models.CharField(blank=True, default="", editable=False, max_length=64)),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_by_subject"),
                            models.Index(fields=["name", "at"], name="event_by_name"),
                            models.Index(fields=["recorded_at"], name="event_by_recorded_at"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="events.event",
                            ),
                        ),
                        ("handler", models.CharField(max_length=120)),
                        (
                            "state",
                            models.CharField(
                                choices=[("pending", "Pending"), ("done", "Done"), ("dead", "Dead")],
                                default="pending",
                                max_length=8,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("not_before", models.DateTimeField()),
                        ("done_at", models.DateTimeField(null=True)),
                        ("last_error", models.TextField(blank=True, default="")),
                    ],
                    options={
                        "verbose_name_plural": "deliveries",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "pending")),
                                fields=["not_before", "id"],
                                name="delivery_due",
                            ),
                            models.Index(condition=models.Q(("state", "dead")), fields=["id"], name="delivery_dead"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("event", "handler"), name="one_delivery_per_event_and_handler"
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
