"""Sent answers change for one reason only: somebody is forgotten, and says so (`catalog/erasing.py`)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION catalog_refuse_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('itsm.erasing', true) = 'on' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a row of % cannot be changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER catalog_answerversion_immutable ON catalog_answerversion;
CREATE TRIGGER catalog_answerversion_immutable BEFORE UPDATE ON catalog_answerversion
    FOR EACH ROW EXECUTE FUNCTION catalog_refuse_other_words();
"""
BACKWARD = """
DROP TRIGGER catalog_answerversion_immutable ON catalog_answerversion;
CREATE TRIGGER catalog_answerversion_immutable BEFORE UPDATE ON catalog_answerversion
    FOR EACH ROW EXECUTE FUNCTION catalog_refuse_change();
DROP FUNCTION catalog_refuse_other_words();
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_what_was_sent_stays")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
