"""The life of an agreement: each step, who may take it, what refuses it, and what the ledger keeps."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cmdb.models import ConfigurationItem
from core import clock as wall
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from incidents import services as incidents
from sla import services
from sla.models import Agreement, AgreementVersion, Calendar, Clock, Remark, Target
from sla.selectors.content import digest_of
from sla.services.agreements import today
from tests import agreements as made
from tickets import services as tickets

pytestmark = pytest.mark.django_db
State = AgreementVersion.State


def names_of(agreement):
    return list(Event.objects.filter(subject_kind="agreement", subject_id=agreement.pk).values_list("name", flat=True))


def test_two_people_bring_an_agreement_into_force_and_the_next_ticket_counts_by_it(cast):
    version = made.in_force(cast, hours=(2, 9))
    assert version.state == State.ACTIVE and version.active_from
    ticket = incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp)
    clocks = {clock.metric: clock for clock in Clock.objects.filter(ticket_id=ticket.pk)}
    assert {metric: clock.target_seconds for metric, clock in clocks.items()} == {"response": 7200, "resolution": 32400}
    assert {clock.agreement_id for clock in clocks.values()} == {version.pk}
    assert names_of(version.agreement) == [
        "agreement.created", "agreement.version_edited", "agreement.version_edited", "agreement.sent",
        "agreement.submitted", "agreement.signed", "agreement.signed", "agreement.put_in_force",
    ]  # fmt: skip
    assert not Event.objects.filter(subject_kind="agreement", is_public=True).exists()


def test_a_draft_binds_nothing(cast):
    made.submitted(cast)
    ticket = incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp)
    assert not Clock.objects.filter(ticket_id=ticket.pk).exists()


@pytest.mark.parametrize("missing", ["zhang_wei", "chen_hao", "zhao_min"])
def test_only_managers_write_agreements(cast, missing):
    version, who = made.draft(cast), getattr(cast, missing)
    for command in (
        lambda: services.create_agreement(actor=who, slug="x", kind="sla", name_en="X"),
        lambda: services.edit_agreement(version.agreement, actor=who, name_en="X"),
        lambda: services.new_version(version.agreement, actor=who),
        lambda: services.edit_version(version, actor=who, priorities=[1]),
        lambda: services.set_targets(version, made.promises(), actor=who),
        lambda: services.save_clause(version, actor=who, section="purpose", text_zh="一", text_en=""),
        lambda: services.take_step(version, "send", actor=who),
    ):
        with pytest.raises(NotAllowed):
            command()


def test_who_is_named_for_the_other_side_does_not_write_even_as_a_manager(cast):
    version = services.edit_version(
        made.draft(cast), actor=cast.admin, provider_signer=cast.admin, other_signer=cast.wang_fang
    )
    with pytest.raises(NotAllowed):
        services.set_targets(version, made.promises(), actor=cast.wang_fang)


def test_kinds_name_their_other_party(cast):
    with pytest.raises(InvalidInput) as refusal:
        services.create_agreement(actor=cast.wang_fang, slug="x", kind="ola", name_en="X")
    assert list(refusal.value.fields) == ["team"]
    with pytest.raises(InvalidInput) as refusal:
        services.create_agreement(actor=cast.wang_fang, slug="x", kind="uc", name_en="X")
    assert list(refusal.value.fields) == ["supplier"]
    with pytest.raises(InvalidInput) as refusal:
        services.create_agreement(actor=cast.wang_fang, slug="x", kind="sla", name_en="X", team=cast.network)
    assert list(refusal.value.fields) == ["team"]


@pytest.mark.parametrize(
    ("prepare", "why"),
    [
        (lambda v, cast: services.set_targets(v, [], actor=cast.wang_fang), "promises nothing"),
        (lambda v, cast: services.edit_version(v, actor=cast.wang_fang, other_signer=None), "Name the person"),
        (lambda v, cast: services.remark(v, actor=cast.zhao_min, body="?"), "settled first"),
        (lambda v, cast: Calendar.objects.create(slug="empty", name_en="Empty"), "has no version"),
    ],
)
def test_submission_is_refused_while_something_is_missing(cast, prepare, why):
    version = made.negotiating(cast)
    prepared = prepare(version, cast)
    if isinstance(prepared, Calendar):
        Target.objects.filter(version=version).update(calendar=prepared)
    with pytest.raises(Refused, match=why):
        services.take_step(version, "submit", actor=cast.wang_fang)


def test_steps_out_of_order_are_refused(cast):
    version = made.draft(cast)
    for name in ("submit", "reopen", "take_back", "review", "keep"):
        with pytest.raises(Refused):
            services.take_step(version, name, actor=cast.wang_fang, reason="because")
    with pytest.raises(Refused):
        services.put_in_force(version, actor=cast.wang_fang)
    with pytest.raises(Refused):
        made.sign(version, cast.wang_fang)


def test_dates_and_signers_must_make_sense(cast):
    version, day = made.draft(cast), today()
    for values, field in (
        ({"starts_on": day, "ends_on": day - timedelta(days=1)}, "ends_on"),
        ({"provider_signer": cast.zhao_min}, "other_signer"),
        ({"services": [cast.erp], "excluded_services": [cast.erp]}, "excluded_services"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            services.edit_version(version, actor=cast.wang_fang, **values)
        assert field in refusal.value.fields


def test_a_version_signed_early_comes_into_force_on_its_day(cast):
    version = made.draft(cast)
    services.edit_version(version, actor=cast.wang_fang, starts_on=today() + timedelta(days=2))
    for step in ("send", "submit"):
        services.take_step(version, step, actor=cast.wang_fang)
    version = made.sign(version, cast.wang_fang, cast.zhao_min)
    assert version.state == State.PENDING_SIGNATURE and services.start_due() == 0

    with wall.travel(timezone.now() + timedelta(days=2)):
        assert (services.start_due(), services.start_due()) == (1, 0)
    version.refresh_from_db()
    assert version.state == State.ACTIVE


def test_the_next_version_supersedes_and_running_tickets_keep_theirs(cast):
    first = made.in_force(cast, hours=(1, 8))
    ticket = incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp)
    second = services.new_version(first.agreement, actor=cast.wang_fang)
    assert (second.number, second.state, second.targets.count()) == (2, State.DRAFT, first.targets.count())
    with pytest.raises(Refused, match="still being written"):
        services.new_version(first.agreement, actor=cast.wang_fang)
    services.set_targets(second, made.promises((1, 4)), actor=cast.wang_fang)
    for step in ("send", "submit"):
        services.take_step(second, step, actor=cast.wang_fang)
    made.sign(second, cast.wang_fang, cast.zhao_min)
    first.refresh_from_db()
    assert first.state == State.SUPERSEDED and first.ended_at
    clock = Clock.objects.get(ticket_id=ticket.pk, metric="resolution")
    assert (clock.agreement_id, clock.target_seconds) == (first.pk, 8 * 3600)
    later = incidents.report_incident(actor=cast.li_na, title="y", service=cast.erp)
    assert Clock.objects.get(ticket_id=later.pk, metric="resolution").target_seconds == 4 * 3600


def test_a_version_under_review_binds_on_and_is_kept(cast):
    version = services.take_step(made.in_force(cast), "review", actor=cast.wang_fang)
    ticket = incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp)
    assert Clock.objects.filter(ticket_id=ticket.pk).count() == 2
    version = services.take_step(version, "keep", actor=cast.wang_fang, review_on=today() + timedelta(days=90))
    assert (version.state, version.review_on) == (State.ACTIVE, today() + timedelta(days=90))


def test_termination_withdraws_the_open_clocks_in_batches(cast):
    version = made.in_force(cast)
    tickets = [incidents.report_incident(actor=cast.li_na, title=str(n), service=cast.erp) for n in range(3)]
    with pytest.raises(InvalidInput):
        services.take_step(version, "terminate", actor=cast.wang_fang)
    services.take_step(version, "terminate", actor=cast.wang_fang, reason="客户更换了供应商")
    assert [services.withdraw_clocks(limit=4) for _ in range(3)] == [4, 2, 0]
    clocks = Clock.objects.filter(ticket__in=[ticket.pk for ticket in tickets])
    assert {(c.is_withdrawn, c.stage, c.next_at) for c in clocks} == {(True, "cancelled", None)}
    assert services.sweep() == 0
    tickets[0].refresh_from_db()
    assert tickets[0].due_at is None
    assert incidents.report_incident(actor=cast.li_na, title="z", service=cast.erp).due_at is None


def test_after_a_termination_a_ticket_gets_another_agreement_when_it_changes(cast):
    """Nobody promised anything about the others; what is in force is asked when a deciding fact changes."""
    version = made.in_force(cast)
    ticket = incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp)
    house = made.in_force(cast, slug="house", rank=900, hours=(2, 9))
    services.take_step(version, "terminate", actor=cast.wang_fang, reason="客户更换了供应商")
    services.withdraw_clocks()
    clocks = Clock.objects.filter(ticket=ticket.pk)
    assert {(c.agreement_id, c.is_withdrawn) for c in clocks} == {(version.pk, True)}
    newer = incidents.report_incident(actor=cast.li_na, title="y", service=cast.erp)
    assert {c.agreement_id for c in Clock.objects.filter(ticket=newer.pk)} == {house.pk}
    tickets.comment(ticket, actor=cast.li_na, body="?")
    assert {c.agreement_id for c in clocks.all()} == {version.pk}
    tickets.edit(ticket, actor=cast.zhang_wei, changes={"service": cast.email})
    assert {(c.agreement_id, c.is_withdrawn) for c in clocks.all()} == {(house.pk, False)}


def test_expiry_ends_the_binding_of_new_tickets_only(cast):
    version = made.draft(cast)
    services.edit_version(version, actor=cast.wang_fang, ends_on=today())
    for step in ("send", "submit"):
        services.take_step(version, step, actor=cast.wang_fang)
    version = made.sign(version, cast.wang_fang, cast.zhao_min)
    old = incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp)
    assert services.expire_due() == 0

    with wall.travel(timezone.now() + timedelta(days=1)):
        assert (services.expire_due(), services.expire_due()) == (1, 0)
    version.refresh_from_db()
    assert version.state == State.EXPIRED
    new = incidents.report_incident(actor=cast.li_na, title="y", service=cast.erp)
    assert (Clock.objects.filter(ticket_id=old.pk).count(), Clock.objects.filter(ticket_id=new.pk).count()) == (2, 0)


def test_a_review_is_reminded_of_once_for_each_date(cast):
    version = made.in_force(cast)
    AgreementVersion.objects.filter(pk=version.pk).update(review_on=today())
    assert (services.remind_of_reviews(), services.remind_of_reviews()) == (1, 0)
    AgreementVersion.objects.filter(pk=version.pk).update(review_on=today() - timedelta(days=1))
    assert services.remind_of_reviews() == 1
    assert names_of(version.agreement).count("agreement.review_due") == 2


def test_writing_over_what_somebody_else_wrote_is_refused(cast):
    version = made.draft(cast)
    seen = digest_of(version)
    services.set_targets(version, made.promises((1, 6)), actor=cast.admin, based_on=seen)
    with pytest.raises(Refused, match="meanwhile"):
        services.set_targets(version, made.promises((1, 7)), actor=cast.wang_fang, based_on=seen)
    assert Agreement.objects.get().versions.get().targets.filter(seconds=6 * 3600).exists()
    assert Remark.objects.count() == 0


def test_an_item_named_later_brings_the_agreement_of_its_kind(cast):
    server = ConfigurationItem.objects.create(slug="srv", item_class_id="server", name_en="S", organisation=cast.xinghe)
    version = services.edit_version(made.draft(cast), actor=cast.wang_fang, item_kinds=["server"])
    for step in ("send", "submit"):
        services.take_step(version, step, actor=cast.wang_fang)
    made.sign(version, cast.wang_fang, cast.zhao_min)
    named = incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp, affected_items=[server])
    plain = incidents.report_incident(actor=cast.li_na, title="y", service=cast.erp)
    counts = [Clock.objects.filter(ticket_id=ticket.pk).count() for ticket in (named, plain)]
    assert counts == [2, 0]
    tickets.edit(plain, actor=cast.zhang_wei, changes={"affected_items": [server]})
    assert Clock.objects.filter(ticket_id=plain.pk, agreement=version).count() == 2
