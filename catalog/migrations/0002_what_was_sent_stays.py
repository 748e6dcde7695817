"""Published forms and sent answers cannot be changed, by anybody: answers would say what nobody said."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION catalog_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % cannot be changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER catalog_formversion_immutable BEFORE UPDATE ON catalog_formversion
    FOR EACH ROW EXECUTE FUNCTION catalog_refuse_change();
CREATE TRIGGER catalog_answerversion_immutable BEFORE UPDATE ON catalog_answerversion
    FOR EACH ROW EXECUTE FUNCTION catalog_refuse_change();
"""
BACKWARD = """
DROP TRIGGER catalog_answerversion_immutable ON catalog_answerversion;
DROP TRIGGER catalog_formversion_immutable ON catalog_formversion;
DROP FUNCTION catalog_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_catalogue_and_requests")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
