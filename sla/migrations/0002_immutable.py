"""Calendar versions and the targets of agreements that were in force once cannot be changed, by anybody."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION sla_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published % cannot be changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER sla_calendar_version_immutable BEFORE UPDATE OR DELETE ON sla_calendarversion
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_change();
CREATE FUNCTION sla_refuse_signed_target() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM sla_agreementversion v
                WHERE v.id = COALESCE(NEW.version_id, OLD.version_id) AND v.state <> 'draft') THEN
        RAISE EXCEPTION 'targets of an agreement in force cannot be changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER sla_target_immutable BEFORE INSERT OR UPDATE OR DELETE ON sla_target
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_signed_target();
"""
BACKWARD = """
DROP TRIGGER sla_target_immutable ON sla_target;
DROP FUNCTION sla_refuse_signed_target();
DROP TRIGGER sla_calendar_version_immutable ON sla_calendarversion;
DROP FUNCTION sla_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("sla", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
