"""What was signed cannot be changed, and the account of the clocks only grows: by anybody, with any tool."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION sla_refuse_signed_target() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM sla_agreementversion v WHERE v.state NOT IN ('draft', 'negotiating')
                  AND v.id = (COALESCE(to_jsonb(NEW), to_jsonb(OLD)) ->> TG_ARGV[0])::bigint) THEN
        RAISE EXCEPTION '% of an agreement that is signed or in signature cannot be changed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
DROP TRIGGER sla_target_immutable ON sla_target;
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
"""
BACKWARD = """
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
"""


class Migration(migrations.Migration):
    dependencies = [("sla", "0003_agreements_and_escalation")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
