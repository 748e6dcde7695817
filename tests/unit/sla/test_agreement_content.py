"""What is signed: remarks and counter-proposals, digests, differences, overlap, and what the database refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from core.errors import InvalidInput, NotAllowed, Refused
from sla import services
from sla.models import AgreementVersion, EscalationPolicy, Remark, Signature
from sla.selectors.content import differences, digest_of
from sla.services.agreements import is_signed, today
from tests import agreements as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(cast):
    return made.negotiating(cast)


def target_of(version, metric="resolution", priority=1):
    return version.targets.get(metric=metric, priority=priority)


def test_accepted_counter_proposal_is_written_to_the_row(cast, version):
    target = target_of(version)
    said = services.remark(version, actor=cast.zhao_min, target=target, body="太慢", proposal={"seconds": 4 * 3600})
    with pytest.raises(NotAllowed):
        services.answer_remark(said, "accept", actor=cast.zhao_min)
    said = services.answer_remark(said, "accept", actor=cast.wang_fang)
    target.refresh_from_db()
    assert (target.seconds, said.state, said.decided_by) == (4 * 3600, Remark.State.ACCEPTED, cast.wang_fang)
    with pytest.raises(Refused, match="settled already"):
        services.answer_remark(said, "decline", actor=cast.wang_fang)


def test_declined_and_withdrawn_proposals_change_nothing(cast, version):
    clause = services.save_clause(version, actor=cast.wang_fang, section="purpose", text_zh="一", text_en="one")
    for author, answer, by in (
        (cast.zhao_min, "decline", cast.wang_fang),
        (cast.wang_fang, "decline", cast.zhao_min),
        (cast.zhao_min, "withdraw", cast.zhao_min),
    ):
        said = services.remark(version, actor=author, clause=clause, proposal={"text_en": "two"})
        services.answer_remark(said, answer, actor=by)
    clause.refresh_from_db()
    assert clause.text_en == "one"
    with pytest.raises(NotAllowed):
        services.answer_remark(
            services.remark(version, actor=cast.zhao_min, body="?"), "withdraw", actor=cast.wang_fang
        )


def test_remarks_say_something_about_what_can_be_proposed(cast, version):
    with pytest.raises(InvalidInput):
        services.remark(version, actor=cast.zhao_min)
    with pytest.raises(InvalidInput):
        services.remark(version, actor=cast.zhao_min, target=target_of(version), proposal={"calendar_id": 1})
    with pytest.raises(NotAllowed):
        services.remark(version, actor=cast.zhang_wei, body="x")
    said = services.remark(version, actor=cast.zhao_min, target=target_of(version), proposal={"seconds": 60})
    services.set_targets(version, made.promises(priorities=(2,)), actor=cast.wang_fang)
    with pytest.raises(Refused, match="gone"):
        services.answer_remark(said, "accept", actor=cast.wang_fang)
    services.answer_remark(said, "decline", actor=cast.wang_fang)
    services.take_step(version, "submit", actor=cast.wang_fang)
    with pytest.raises(Refused):
        services.remark(version, actor=cast.zhao_min, body="zu spät")


def test_each_side_signs_through_its_named_person(cast):
    version = made.submitted(cast)
    digest = digest_of(version)
    with pytest.raises(NotAllowed):
        services.sign(version, actor=cast.admin, digest=digest)
    with pytest.raises(Refused, match="not the content"):
        services.sign(version, actor=cast.wang_fang, digest="0" * 64)
    signature = services.sign(version, actor=cast.wang_fang, digest=digest, title="IT 运维经理")
    assert (signature.side, signature.name, signature.digest) == ("provider", "王芳", digest)
    with pytest.raises(Refused, match="signed already"):
        services.sign(version, actor=cast.wang_fang, digest=digest)
    version.refresh_from_db()
    assert version.state == "pending_signature"


def test_a_signature_under_other_content_counts_for_nothing(cast):
    version = made.sign(made.submitted(cast), cast.wang_fang)
    with pytest.raises(InvalidInput):
        services.take_step(version, "reopen", actor=cast.zhao_min)
    services.take_step(version, "reopen", actor=cast.zhao_min, reason="P1 太慢")
    services.set_targets(version, made.promises((1, 4)), actor=cast.wang_fang)
    services.take_step(version, "submit", actor=cast.wang_fang)
    version = made.sign(version, cast.zhao_min)
    assert (version.state, is_signed(version)) == ("pending_signature", False)
    version = made.sign(version, cast.wang_fang)
    assert version.state == "active" and Signature.objects.count() == 3


def test_digest_changes_with_every_row(cast):
    version = made.draft(cast)
    digests = [digest_of(version)]
    policy = EscalationPolicy.objects.create(slug="p", name_en="P")
    for change in (
        lambda v: services.edit_version(v, actor=cast.wang_fang, services=[cast.erp]),
        lambda v: services.edit_version(v, actor=cast.wang_fang, excluded_services=[cast.email]),
        lambda v: services.edit_version(v, actor=cast.wang_fang, item_kinds=["server"]),
        lambda v: services.edit_version(v, actor=cast.wang_fang, priorities=[1, 2]),
        lambda v: services.edit_version(v, actor=cast.wang_fang, policy=policy),
        lambda v: services.edit_version(v, actor=cast.wang_fang, starts_on=today()),
        lambda v: services.edit_version(v, actor=cast.wang_fang, ends_on=today() + timedelta(days=9)),
        lambda v: services.edit_version(v, actor=cast.wang_fang, other_signer=cast.li_na),
        lambda v: services.edit_version(v, actor=cast.wang_fang, provider_signer=cast.admin),
        lambda v: services.save_clause(v, actor=cast.wang_fang, section="review", text_zh="季度", text_en=""),
        lambda v: services.set_targets(v, made.promises((1, 9)), actor=cast.wang_fang),
        lambda v: services.set_targets(
            v, [row | {"pausing_reasons": ["caller"]} for row in made.promises((1, 9))], actor=cast.wang_fang
        ),
        lambda v: services.set_targets(v, made.promises((1, 9), calendar_slug="b"), actor=cast.wang_fang),
    ):
        change(version)
        version = AgreementVersion.objects.get(pk=version.pk)
        digests.append(digest_of(version))
    assert len(set(digests)) == len(digests)
    assert digest_of(version) == digests[-1]


def written(version, cast, *texts, section="purpose"):
    return [
        services.save_clause(version, actor=cast.wang_fang, section=section, text_zh="", text_en=text) for text in texts
    ]


def texts_of(version, section="purpose"):
    return list(version.clauses.filter(section=section).values_list("text_en", flat=True))


def test_clauses_move_within_their_section_while_they_can_be_changed(cast):
    version = made.draft(cast)
    first, _second, third = written(version, cast, "one", "two", "three")
    written(version, cast, "yearly", section="review")
    digest = digest_of(version)
    services.move_clause(third, -1, actor=cast.wang_fang)
    services.move_clause(first, 1, actor=cast.wang_fang)
    assert texts_of(version) == ["three", "one", "two"] and texts_of(version, "review") == ["yearly"]
    assert digest_of(version) != digest
    with pytest.raises(Refused, match="at the end"):
        services.move_clause(third, -1, actor=cast.wang_fang)
    with pytest.raises(NotAllowed):
        services.move_clause(third, 1, actor=cast.zhang_wei)
    services.take_step(version, "send", actor=cast.wang_fang)
    services.take_step(version, "submit", actor=cast.wang_fang)
    with pytest.raises(Refused, match="Only a draft"):
        services.move_clause(third, 1, actor=cast.wang_fang)


def test_a_moved_clause_is_a_move_and_no_rewriting(cast):
    old = made.draft(cast, slug="old")
    new = made.draft(cast, slug="new", rank=50)
    written(old, cast, "one", "two", "three")
    *_rest, last = written(new, cast, "one", "two", "three")

    def found():
        return [(d.row, d.field, d.before, d.after, d.how) for d in differences(old, new) if d.part == "clauses"]

    assert found() == []
    services.move_clause(last, -2, actor=cast.wang_fang)
    assert found() == [("purpose/1", "place", "purpose/3", "purpose/1", "moved")]
    services.save_clause(new, actor=cast.wang_fang, clause=last, section="review", text_zh="", text_en="three")
    assert found() == [("review/1", "place", "purpose/3", "review/1", "moved")]


def test_an_added_or_removed_clause_moves_none_of_the_others(cast):
    old = made.draft(cast, slug="old")
    new = made.draft(cast, slug="new", rank=50)
    written(old, cast, "one", "two", "three")
    first, *_rest = written(new, cast, "one", "two", "three")
    services.remove_clause(first, actor=cast.wang_fang)
    (found,) = (d for d in differences(old, new) if d.part == "clauses" and d.before)
    assert (found.row, found.before, found.how) == ("purpose/1", "one", "removed")
    (fourth,) = written(new, cast, "four")
    services.move_clause(fourth, -2, actor=cast.wang_fang)
    found = {(d.before, d.after, d.how) for d in differences(old, new) if d.part == "clauses" and d.field == "text_en"}
    assert found == {("one", "four", "changed")}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sla_target SET seconds = 1 WHERE version_id = %s",
        "DELETE FROM sla_target WHERE version_id = %s",
        "UPDATE sla_clause SET text_en = 'x' WHERE version_id = %s",
        "INSERT INTO sla_clause (version_id, section, position, text_zh, text_en) VALUES (%s, 'review', 1, 'x', '')",
        "DELETE FROM sla_agreementversion_services WHERE agreementversion_id = %s",
        "INSERT INTO sla_agreementversion_excluded_services (agreementversion_id, service_id) "
        "SELECT %s, id FROM cmdb_configurationitem WHERE slug = 'email'",
        "UPDATE sla_agreementversion SET ends_on = '2099-01-01' WHERE id = %s",
        "UPDATE sla_agreementversion SET other_signer_id = provider_signer_id WHERE id = %s",
        "UPDATE sla_agreementversion SET state = 'draft' WHERE id = %s",
        "UPDATE sla_signature SET name = 'x' WHERE version_id = %s",
        "DELETE FROM sla_signature WHERE version_id = %s",
        "UPDATE sla_agreement SET customer_id = NULL FROM sla_agreementversion v "
        "WHERE v.agreement_id = sla_agreement.id AND v.id = %s",
    ],
)
def test_database_refuses_to_change_what_was_signed(cast, statement):
    version = made.draft(cast)
    services.save_clause(version, actor=cast.wang_fang, section="purpose", text_zh="一", text_en="one")
    services.edit_version(version, actor=cast.wang_fang, services=[cast.erp])
    for step in ("send", "submit"):
        services.take_step(version, step, actor=cast.wang_fang)
    version = made.sign(version, cast.wang_fang, cast.zhao_min)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [version.pk])
    with pytest.raises(Refused):
        services.set_targets(version, [], actor=cast.wang_fang)


def test_differences_name_what_was_added_removed_and_changed(cast):
    old = made.in_force(cast)
    new = services.new_version(old.agreement, actor=cast.wang_fang)
    assert differences(old, new) == []
    services.save_clause(new, actor=cast.wang_fang, section="review", text_zh="季度评审", text_en="")
    rows = [row for row in made.promises() if row["priority"] != 4]
    rows[0]["seconds"] = 1800
    services.set_targets(new, rows, actor=cast.wang_fang)
    new = services.edit_version(new, actor=cast.wang_fang, services=[cast.erp])
    found = {(d.part, d.row, d.field): (d.before, d.after, d.how) for d in differences(old, new)}
    assert found["scope", "", "services"] == ([], ["erp"], "changed")
    assert found["targets", "incident/response/1", "seconds"] == (3600, 1800, "changed")
    assert found["targets", "incident/response/4", "seconds"] == (3600, None, "removed")
    assert found["clauses", "review/1", "text_zh"] == (None, "季度评审", "added")


def rival(cast, **scope):
    """Another draft of the same customer and rank, with this scope, ready to be submitted."""
    other = services.edit_version(made.draft(cast, slug="rival"), actor=cast.wang_fang, **scope)
    return services.take_step(other, "send", actor=cast.wang_fang)


@pytest.mark.parametrize(
    ("first", "second", "meets"),
    [
        ({}, {}, True),
        ({"services": ["erp"]}, {}, True),
        ({"services": ["erp"]}, {"services": ["erp", "email"]}, True),
        ({"services": ["erp"]}, {"services": ["email"]}, False),
        ({"services": ["erp"]}, {"excluded_services": ["erp"]}, False),
        ({"excluded_services": ["email"]}, {"excluded_services": ["erp"]}, True),
        ({"priorities": [1, 2]}, {"priorities": [3]}, False),
        ({"priorities": [1, 2]}, {"priorities": [2]}, True),
        ({"item_kinds": ["server"]}, {"item_kinds": ["desktop"]}, False),
        ({"item_kinds": ["server"]}, {}, True),
    ],
)
def test_agreements_of_one_rank_may_not_claim_the_same_tickets(cast, first, second, meets):
    def of(scope):
        return {k: [getattr(cast, s) for s in v] if k.endswith("services") else v for k, v in scope.items()}

    version = services.edit_version(made.draft(cast), actor=cast.wang_fang, **of(first))
    for step in ("send", "submit"):
        services.take_step(version, step, actor=cast.wang_fang)
    made.sign(version, cast.wang_fang, cast.zhao_min)
    other = rival(cast, **of(second))
    if meets:
        with pytest.raises(Refused, match="Xinghe v1"):
            services.take_step(other, "submit", actor=cast.wang_fang)
        services.edit_agreement(other.agreement, actor=cast.wang_fang, rank=50)
        services.take_step(other, "submit", actor=cast.wang_fang)
        made.sign(other, cast.wang_fang, cast.zhao_min)
        with pytest.raises(Refused, match="same rank"):
            services.edit_agreement(other.agreement, actor=cast.wang_fang, rank=100)
    else:
        assert services.take_step(other, "submit", actor=cast.wang_fang).state == "pending_signature"


def test_another_customer_s_agreement_does_not_overlap(cast):
    made.in_force(cast)
    made.in_force(cast, slug="other", customer=cast.other)
    assert AgreementVersion.objects.filter(state="active").count() == 2
