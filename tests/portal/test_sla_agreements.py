"""Agreements in the browser's language of requests: two people negotiate and sign, and the next ticket counts by it."""

import pytest
from django.urls import reverse

from cmdb.models import ConfigurationItem
from incidents import services as incidents
from sla import services
from sla.models import Agreement, AgreementVersion, Clock, Remark
from sla.selectors.content import digest_of
from sla.services import recalculating
from tests import agreements as made
from tests.agreement_pages import at_home, text_of, url
from tickets import kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(cast):
    return at_home(cast.wang_fang)


@pytest.fixture
def customer(cast):
    return at_home(cast.zhao_min)


def targets_form(version, client, kind="incident", **changes):
    """What the targets page of a kind of ticket holds, with some fields changed."""
    form = client.get(url("agreement_targets", version), {"kind": kind}).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in (data | changes).items() if value is not None}


def test_two_people_negotiate_and_sign_and_the_next_ticket_counts(cast, manager, customer):
    office = made.calendar()
    made_new = manager.post(
        reverse("sla:new_agreement"),
        {"kind": "sla", "name_zh": "星河协议", "name_en": "Xinghe SLA", "slug": "xinghe", "customer": cast.xinghe.pk,
         "owner": "wang.fang", "rank": 10},
    )  # fmt: skip
    version = AgreementVersion.objects.get()
    assert made_new["Location"] == url("agreement_version", version)
    cells = {f"response_{p}": "1h" for p in (1, 2, 3, 4)} | {f"resolution_{p}": "2d" for p in (1, 2, 3, 4)}
    cells |= {f"{name}_calendar": office.pk for name in list(cells)}
    assert manager.post(url("agreement_targets", version), targets_form(version, manager, **cells)).status_code == 302
    scope = {"provider_signer": "wang.fang", "other_signer": "zhao.min", "services": [cast.erp.pk]}
    assert manager.post(url("agreement_scope", version), scope).status_code == 302
    manager.post(
        url("new_clause", version), {"section": "purpose", "text_zh": "保障生产", "text_en": "Keep the plant going"}
    )
    assert customer.get(url("agreement_version", version)).status_code == 404
    manager.post(url("agreement_step", version, step="send"))

    page = text_of(customer.get(url("agreement_version", version)))
    assert "2 working days of 7 h 30 min" in page and "Keep the plant going" in page and "Edit targets" not in page
    target = version.targets.get(metric="resolution", priority=1)
    refused = customer.post(url("remark", version), {"target": target.pk, "body": "too slow", "length": "fast"})
    assert "Write a length of time" in text_of(refused, 422) and "too slow" in refused.content.decode()
    customer.post(url("remark", version), {"target": target.pk, "body": "too slow", "length": "1d"})
    assert manager.post(url("agreement_step", version, step="submit")).status_code == 409
    assert "1 working day of 7 h 30 min" in text_of(manager.get(url("agreement_version", version)))
    said = Remark.objects.get()
    assert customer.post(url("answer_remark", version, remark=said.pk, answer="accept")).status_code == 403
    manager.post(url("answer_remark", version, remark=said.pk, answer="accept"))
    manager.post(url("agreement_step", version, step="submit"))

    for client, button in ((manager, True), (customer, True), (at_home(cast.admin), False)):
        assert ("Your signature" in text_of(client.get(url("agreement_version", version)))) is button
    digest = digest_of(AgreementVersion.objects.get())
    assert customer.post(url("sign_agreement", version), {"digest": "0" * 64}).status_code == 409
    assert customer.post(url("sign_agreement", version), {"digest": digest, "title": "财务总监"}).status_code == 302
    assert customer.post(url("sign_agreement", version), {"digest": digest}).status_code == 409
    manager.post(url("sign_agreement", version), {"digest": digest})
    version.refresh_from_db()
    assert version.state == "active"

    ticket = incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp, impact=1, urgency=1)
    clock = Clock.objects.get(ticket_id=ticket.pk, metric="resolution")
    assert (clock.target_seconds, clock.agreement_id) == (27_000, version.pk)


@pytest.mark.parametrize(
    ("who", "status"), [("wang_fang", 200), ("zhang_wei", 200), ("zhao_min", 200), ("li_na", 404), ("stranger", 404)]
)
def test_the_desk_and_the_named_person_read_an_agreement(cast, who, status):
    version, client = made.negotiating(cast), at_home(getattr(cast, who))
    assert client.get(reverse("sla:agreements")).status_code == status
    for name in ("agreement_version", "agreement_difference", "agreement_document"):
        assert client.get(url(name, version)).status_code == status
    assert client.get(reverse("sla:agreement", args=[version.agreement_id])).status_code in (302, status)


def test_only_managers_get_the_pages_that_write(cast):
    version = made.negotiating(cast)
    for who, status in (("zhang_wei", 403), ("zhao_min", 403), ("stranger", 404)):
        client = at_home(getattr(cast, who))
        for name in ("agreement_scope", "agreement_targets", "new_clause", "agreement_dry_run"):
            assert client.get(url(name, version)).status_code == status, (who, name)
        assert client.post(url("agreement_step", version, step="submit")).status_code == status
        assert client.post(reverse("sla:new_agreement_version", args=[version.agreement_id])).status_code == status


def test_targets_form_keeps_what_was_typed_and_says_what_is_wrong(cast, manager):
    version = made.draft(cast)
    data = targets_form(version, manager, response_1="soon", resolution_1="3 lightyears", response_2_calendar="")
    page = text_of(manager.post(url("agreement_targets", version), data), 422)
    assert 'value="soon"' in page and "By which calendar" in page and "no unit of time" in page
    data = targets_form(version, manager, response_thresholds="50, eighty")
    assert "whole percents" in text_of(manager.post(url("agreement_targets", version), data), 422)


def test_each_kind_of_ticket_has_targets_of_its_own(cast, manager, monkeypatch):
    monkeypatch.setattr(kinds, "choices", lambda: [("incident", "Incident"), ("request", "Service request")])
    version = made.draft(cast)
    incidents_before = list(version.targets.values_list("kind", "metric", "priority", "seconds"))
    page = url("agreement_targets", version) + "?kind=request"
    assert "Service request" in text_of(manager.get(page))
    typed = {"resolution_3": "3d", "resolution_3_calendar": made.calendar().pk}
    assert manager.post(page, targets_form(version, manager, "request", **typed)).status_code == 302
    promised = version.targets.values_list("kind", "metric", "priority", "seconds")
    assert list(promised.filter(kind="incident")) == incidents_before
    assert list(promised.filter(kind="request")) == [("request", "resolution", 3, 3 * 27_000)]
    for name in ("agreement_version", "agreement_document"):
        shown = text_of(manager.get(url(name, version)))
        assert shown.index("Incident</h") < shown.index("Service request</h") < shown.index("3 working days")
    assert manager.get(url("agreement_targets", version) + "?kind=opera").status_code == 404


def test_clauses_are_moved_by_buttons_that_need_no_script(cast, manager, customer):
    version = made.draft(cast)
    for text in ("Zweck", "Geltung"):
        manager.post(url("new_clause", version), {"section": "purpose", "text_zh": "", "text_en": text})
    last = version.clauses.get(text_en="Geltung")
    page = text_of(manager.get(url("agreement_version", version)))
    up, down = url("raise_clause", version, clause=last.pk), url("lower_clause", version, clause=last.pk)
    assert up in page and down not in page
    assert manager.post(up)["Location"] == f"{url('agreement_version', version)}#clause-{last.pk}"
    page = text_of(manager.get(url("agreement_version", version)))
    assert page.index("Geltung") < page.index("Zweck") and up not in page and down in page
    assert manager.post(up).status_code == 409
    services.take_step(version, "send", actor=cast.wang_fang)
    assert customer.post(down).status_code == 403 and down not in text_of(
        customer.get(url("agreement_version", version))
    )


def test_targets_page_opens_what_is_promised_or_wrong_and_folds_the_rest(cast, manager):
    version = made.draft(cast)
    blocks = manager.get(url("agreement_targets", version)).context["form"].blocks()
    assert [block.is_open for block in blocks] == [block.label != "Next update" for block in blocks]
    data = targets_form(version, manager, next_update_thresholds="eighty")
    answer = manager.post(url("agreement_targets", version), data)
    assert answer.status_code == 422
    assert all(block.is_open for block in answer.context["form"].blocks())


def test_targets_saved_unchanged_change_nothing(cast, manager):
    version = made.draft(cast)
    before = digest_of(version)
    assert manager.post(url("agreement_targets", version), targets_form(version, manager)).status_code == 302
    assert digest_of(version) == before


def test_saving_over_somebody_else_s_change_is_refused_with_the_typed_text_kept(cast, manager):
    version = made.draft(cast)
    data = targets_form(version, manager, response_1="45m")
    services.set_targets(version, made.promises((2, 9)), actor=cast.admin)
    page = text_of(manager.post(url("agreement_targets", version), data), 422)
    assert "Somebody changed this version meanwhile" in page and 'value="45m"' in page


def test_a_step_without_its_reason_says_so_on_the_page(cast, manager):
    version = made.in_force(cast)
    page = text_of(manager.post(url("agreement_step", version, step="terminate")), 422)
    assert "Say why." in page
    assert manager.post(url("agreement_step", version, step="burn")).status_code == 404


def test_differences_are_read_in_words(cast, manager, customer):
    first = made.in_force(cast)
    manager.post(reverse("sla:new_agreement_version", args=[first.agreement_id]))
    second = AgreementVersion.objects.get(number=2)
    services.set_targets(second, made.promises((1, 15)), actor=cast.wang_fang)
    services.edit_version(second, actor=cast.wang_fang, services=[cast.erp])
    page = text_of(manager.get(url("agreement_difference", second)))
    for words in ("Version 2 compared with version 1", "8 h", "2 working days of 7 h 30 min", "ERP"):
        assert words in page
    assert customer.get(url("agreement_difference", second)).status_code == 404


def test_dry_run_counts_past_tickets_and_lists_them(cast, manager):
    made.in_force(cast, slug="old")
    bound = incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp)
    services.take_step(AgreementVersion.objects.get(), "terminate", actor=cast.wang_fang, reason="x")
    services.withdraw_clocks()
    free = incidents.report_incident(actor=cast.li_na, title="邮箱慢", service=cast.email)
    version = services.edit_version(made.draft(cast), actor=cast.wang_fang, services=[cast.erp])
    response = manager.get(url("agreement_dry_run", version), {"days": 30, "show": "would"})
    trial = response.context["trial"]
    assert (trial.looked_at, trial.would, trial.gained, trial.lost, trial.none) == (2, 1, 1, 0, 1)
    assert bound.number in text_of(response) and free.number not in text_of(response)
    none = text_of(manager.get(url("agreement_dry_run", version), {"days": 30, "show": "none"}))
    assert free.number in none and "No agreement applies" in none
    assert manager.get(url("agreement_dry_run", version), {"days": "x"}).status_code == 422


def test_dry_run_of_the_version_in_force_agrees_with_what_bound(cast, manager):
    version = services.edit_version(made.draft(cast), actor=cast.wang_fang, priorities=[1, 2], item_kinds=["server"])
    for step in ("send", "submit"):
        services.take_step(version, step, actor=cast.wang_fang)
    made.sign(version, cast.wang_fang, cast.zhao_min)
    made.in_force(cast, slug="rest", rank=200)
    server = ConfigurationItem.objects.create(slug="srv", item_class_id="server", name_en="S", organisation=cast.xinghe)
    for impact, items in ((1, [server]), (1, []), (3, [server]), (3, [])):
        incidents.report_incident(
            actor=cast.li_na, title="x", service=cast.erp, impact=impact, urgency=1, affected_items=items
        )
    trial = manager.get(url("agreement_dry_run", version), {"days": 30}).context["trial"]
    in_truth = Clock.objects.filter(agreement=version).values("ticket").distinct().count()
    assert (trial.would, trial.gained, trial.lost, trial.none) == (in_truth, 0, 0, 0)
    assert in_truth == 1


@pytest.mark.parametrize(("language", "words"), [("en", "Make-up working days"), ("zh", "调休")])
def test_document_is_made_of_the_rows_in_both_languages(cast, manager, language, words):
    services.install_defaults()
    rows = made.promises((1, 7.5))
    version = made.draft(cast)
    services.set_targets(version, rows, actor=cast.wang_fang)
    services.save_clause(
        version, actor=cast.wang_fang, section="reporting", text_zh="每月报告", text_en="Monthly report"
    )
    for step in ("send", "submit"):
        services.take_step(version, step, actor=cast.wang_fang)
    version = made.sign(version, cast.wang_fang, cast.zhao_min)
    page = text_of(manager.get(url("agreement_document", version), {"lang": language}))
    for expected in (words, digest_of(version), {"en": "Monthly report", "zh": "每月报告"}[language], "王芳", "赵敏"):
        assert expected in page
    assert {"en": "1 working day of 7 h 30 min", "zh": "1 个工作日"}[language] in page
    assert page.count({"en": "Shanghai time", "zh": "上海时间"}[language]) == 3, "the hours and both signatures"
    assert "UTC+" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_version_take_a_bounded_number_of_queries(cast, manager, django_assert_max_num_queries, count):
    for n in range(count):
        version = made.negotiating(cast, slug=f"a-{n}", rank=n)
        services.save_clause(version, actor=cast.wang_fang, section="purpose", text_zh="一", text_en="one")
        for target in version.targets.all()[: count * 2]:
            services.remark(version, actor=cast.zhao_min, target=target, body="?")
    with django_assert_max_num_queries(12):
        manager.get(reverse("sla:agreements"))
    with django_assert_max_num_queries(38):
        manager.get(url("agreement_version", version))
    assert Agreement.objects.count() == count


def test_open_tickets_follow_a_new_version_when_a_manager_says_so(cast, manager):
    first = made.in_force(cast, hours=(1, 8))
    ticket = incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp)
    second = services.new_version(first.agreement, actor=cast.wang_fang)
    services.set_targets(second, made.promises((1, 4)), actor=cast.wang_fang)
    services.take_step(second, "send", actor=cast.wang_fang)
    second = made.sign(
        services.take_step(second, "submit", actor=cast.wang_fang), second.provider_signer, cast.zhao_min
    )
    clock = Clock.objects.get(ticket=ticket.pk, metric="resolution")
    assert (clock.agreement_id, clock.target_seconds) == (first.pk, 8 * 3600)

    assert "Let them follow" not in text_of(manager.get(url("agreement_version", first)))
    page = text_of(manager.get(url("agreement_version", second)))
    assert "2 clocks of open tickets count by an older version" in page
    assert at_home(cast.zhang_wei).post(url("carry_over_agreement", second), {"mode": "carry"}).status_code == 403
    assert manager.post(url("carry_over_agreement", first), {"mode": "carry"}).status_code == 409
    assert manager.post(url("carry_over_agreement", second), {"mode": "backwards"}).status_code == 422
    assert manager.post(url("carry_over_agreement", second), {"mode": "carry"}).status_code == 302
    while recalculating.recalculate():
        pass
    clock.refresh_from_db()
    assert (clock.agreement_id, clock.target_seconds) == (second.pk, 4 * 3600)
    assert "2 clocks followed" in text_of(manager.get(url("agreement_version", second)))
