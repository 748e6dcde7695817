"""The corpus, taken in twice: every letter ends where it should, and the second time changes nothing."""

import pytest

from accounts.models import User
from incidents.models import Incident
from integrations import services
from integrations.letters import read
from integrations.models import InboundMessage, Mailbox
from tests.data.mail.corpus import cases
from tickets.models import Attachment, Comment, Ticket

pytestmark = pytest.mark.django_db
CASES = cases()


@pytest.fixture
def open_mailbox(mailbox, cast):
    """One that takes letters from everybody; most senders are known, which is quicker."""
    mailbox.strangers, mailbox.organisation = Mailbox.Strangers.CONTACT, cast.xinghe
    mailbox.save()
    known = [
        User(
            username=f"u{n}", name=f"u{n}", email=f"u{n}@corpus.example", organisation=cast.xinghe, roles=["requester"]
        )
        for n in range(1, len(CASES) + 1)
    ]
    User.objects.bulk_create(known)
    return mailbox


def outcome(message):
    return f"{message.state}:{message.reason}".rstrip(":")


def test_corpus_is_large_alike_each_time_and_named():
    assert len(CASES) >= 150
    assert [case.raw for case in cases()] == [case.raw for case in CASES]
    assert len({case.name for case in CASES}) == len(CASES)


def test_corpus_taken_in_twice_gives_identical_results(open_mailbox):
    first = [services.take_in(open_mailbox, case.raw) for case in CASES]
    wrong = {case.name: outcome(m) for case, m in zip(CASES, first, strict=True) if outcome(m) != case.state}
    assert wrong == {}
    descriptions = dict(Incident.objects.values_list("pk", "description"))
    titles = dict(Incident.objects.values_list("pk", "title"))
    for case, message in zip(CASES, first, strict=True):
        shown = f"{titles.get(message.ticket_id)}\n{descriptions.get(message.ticket_id)}"
        assert [words for words in case.says if words not in shown] == [], case.name
        assert [words for words in case.hides if words in shown] == [], case.name
    before = footprint()
    again = [services.take_in(open_mailbox, case.raw) for case in CASES]
    assert [(m.pk, outcome(m), m.ticket_id) for m in again] == [(m.pk, outcome(m), m.ticket_id) for m in first]
    assert footprint() == before


def footprint():
    """Everything that a letter can leave behind."""
    rows = InboundMessage.objects.order_by("pk").values_list("pk", "state", "reason", "attempts", "handled_at")
    counted = (Ticket, Comment, Attachment, User)
    return [*rows], [model.objects.count() for model in counted]


def test_files_come_in_under_plain_names_and_programs_do_not(open_mailbox):
    for case in CASES:
        if case.name.startswith(("file name", "program", "winmail", "related", "invitation")):
            services.take_in(open_mailbox, case.raw)
    names = set(Attachment.objects.values_list("name", flat=True))
    assert {"report.pdf", "报表.pdf", "passwd", "shot.png", "plan.txt", "invite.ics"} <= names
    assert not any(name.endswith((".exe", ".exe.")) or "/" in name or "\\" in name or "\n" in name for name in names)
    assert "invoice.pdf" not in names


def test_letter_is_kept_as_it_came(open_mailbox):
    for case in CASES[::10]:
        assert services.take_in(open_mailbox, case.raw).raw_bytes() == case.raw


def test_every_case_is_read_in_a_moment():
    import time

    for case in CASES:
        began = time.perf_counter()
        read(case.raw)
        assert time.perf_counter() - began < 3, case.name
