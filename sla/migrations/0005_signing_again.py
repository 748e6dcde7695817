"""A side may sign again after changes; the parties of an agreement stay once a version of it left negotiation."""

from django.db import migrations, models

FORWARD = """
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
"""


class Migration(migrations.Migration):
    dependencies = [("sla", "0004_append_only")]
    operations = [
        migrations.RemoveConstraint(model_name="signature", name="each_side_signs_once"),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(fields=("version", "side", "digest"), name="each_side_signs_once"),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
