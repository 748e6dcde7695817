"""A runbook begun on a ticket: its steps on the checklist, in the version it had then, told in the timeline."""

import pytest

from core.errors import NotAllowed, Refused
from core.markup import to_steps
from events.models import Event
from incidents import services as incidents
from knowledge import services as knowledge
from knowledge.models import Article
from knowledge.selectors.runbooks import runbooks_for
from tests import articles
from tickets import services as tickets
from tickets.models import Category, TicketArticle
from tickets.sentences import Names, sentence

pytestmark = pytest.mark.django_db
BODY = "## 前提\n\n1. 已报障\n\n## 步骤\n\n- [ ] 登录 `rt-sh-01`\n- [ ] ! 执行**切换**脚本\n- [x] 反向 ping\n"


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (BODY, ["登录 rt-sh-01", "! 执行切换脚本", "反向 ping"]),
        ("1. Look\n2. Wait\n   - a note\n3. [Call](https://x.example)", ["Look", "Wait", "Call"]),
        ("```\n1. not a step\n- [ ] nor this\n```\n- a plain bullet", []),
        ("- [ ] outer\n  - [ ] inner\n- [ ]", ["outer", "inner"]),
        ("- [ ] <script>alert(1)</script>", ["<script>alert(1)</script>"]),
    ],
)
def test_steps_of_a_text(text, steps):
    assert to_steps(text) == steps


@pytest.fixture
def ticket(cast):
    opened = incidents.report_incident(actor=cast.li_na, title="专线中断", service=cast.email)
    return tickets.take_transition(opened, "claim", actor=cast.zhang_wei, values={"team": cast.desk})


@pytest.fixture
def runbook(cast):
    version = articles.published(cast, title="切换备线", body=BODY, audience=articles.staff())
    Article.objects.filter(pk=version.article_id).update(kind="runbook")
    version.article.refresh_from_db()
    return version


def test_steps_stand_on_the_checklist_and_in_the_timeline(cast, ticket, runbook):
    run = tickets.start_runbook(ticket, runbook, actor=cast.zhang_wei)
    rows = ticket.checklist.values_list("text", "is_mandatory", "run")
    assert list(rows) == [
        ("登录 rt-sh-01", False, run.pk),
        ("执行切换脚本", True, run.pk),
        ("反向 ping", False, run.pk),
    ]
    assert TicketArticle.objects.get(ticket=ticket.pk).article == runbook.article
    event = Event.objects.get(name="ticket.runbook_started")
    assert f"“切换备线” ({runbook.article}, version 1)" in sentence(event, Names([event]))
    step = ticket.checklist.first()
    tickets.tick_step(step, actor=cast.zhang_wei, is_done=True)
    step.refresh_from_db()
    assert step.done_by == cast.zhang_wei and step.done_at


def test_it_is_begun_once_until_it_is_done(cast, ticket, runbook):
    tickets.start_runbook(ticket, runbook, actor=cast.zhang_wei)
    with pytest.raises(Refused, match="under way"):
        tickets.start_runbook(ticket, runbook, actor=cast.zhang_wei)
    for step in ticket.checklist.all():
        tickets.tick_step(step, actor=cast.zhang_wei, is_done=True)
    tickets.start_runbook(ticket, runbook, actor=cast.zhang_wei)
    assert ticket.checklist.count() == 6


def test_the_version_used_stays_when_a_newer_one_is_out(cast, ticket, runbook):
    run = tickets.start_runbook(ticket, runbook, actor=cast.zhang_wei)
    draft = knowledge.revise(runbook.article, "zh-hans", actor=cast.zhang_wei)
    articles.publish(cast, draft)
    run.refresh_from_db()
    assert run.version.number == 1 and run.version.state == "outdated"
    with pytest.raises(Refused, match="no steps"):
        tickets.start_runbook(ticket, run.version, actor=cast.zhang_wei)


def test_an_article_that_is_no_runbook_has_no_steps(cast, ticket):
    with pytest.raises(Refused, match="no steps"):
        tickets.start_runbook(ticket, articles.published(cast), actor=cast.zhang_wei)


def test_bystanders_begin_none(cast, ticket, runbook):
    with pytest.raises(NotAllowed):
        tickets.start_runbook(ticket, runbook, actor=cast.li_na)


def test_runbooks_that_fit_come_with_their_reasons(cast, runbook):
    [fitting] = runbooks_for(cast.zhang_wei, service=cast.email.pk)
    assert fitting == runbook and len(fitting.why) == 1
    assert runbooks_for(cast.zhang_wei, service=cast.erp.pk) == []
    assert runbooks_for(cast.li_na, service=cast.email.pk) == []


def test_a_runbook_of_a_broader_category_fits_too(cast, runbook):
    above = Category.objects.create(slug="net", name_en="Network")
    vpn = Category.objects.create(slug="net-vpn", name_en="VPN", parent=above)
    knowledge.set_about(runbook.article, actor=cast.zhang_wei, category=above)
    [fitting] = runbooks_for(cast.zhang_wei, category=vpn.pk, above=[above.pk])
    assert fitting == runbook and fitting.why == ["broader category"]
    assert runbooks_for(cast.zhang_wei, category=vpn.pk) == []
