"""The database itself refuses to change history, stamps the instant of recording and digests the row."""

from django.db import migrations

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
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
