"""What is left of somebody who was forgotten: in plans, articles, letters and skills, and what stays for a reason."""

import pytest
from django.urls import reverse

from accounts import services
from accounts.models import PersonSkill, Skill, User
from accounts.services import privacy
from changes.selectors.scope import scope_of
from core import clock
from core.forgetting import erase_everywhere, outlook
from core.personal import rows_about
from integrations.models import InboundMessage, Mailbox
from knowledge.models import ArticleVersion
from sla.models import Signature
from tests.agreements import in_force
from tests.articles import drafted
from tests.changes import asked, change_manager, planned
from tickets import services as tickets
from tickets.models import ApprovalRound, Task
from tickets.models.approving import hash_of

pytestmark = pytest.mark.django_db


def forget(person):
    services.deactivate(person, actor=User.objects.get(username="admin"))
    person.refresh_from_db()
    erase_everywhere(person, privacy.identity_of(person))


def test_a_plan_that_waits_for_approval_loses_the_name_and_nothing_else(cast, deliver):
    change_manager(cast)
    plan = "Call Chen Hao (chen.hao@xinghe.example) first"
    change = asked(planned(cast, plan=plan), actor=cast.chen_hao)
    change.refresh_from_db()
    state = change.state
    Task.objects.create(ticket_id=change.pk, title="陈浩 tells the users", key="tell", team=cast.network)
    forget(cast.chen_hao)
    deliver()
    change.refresh_from_db()
    pseudonym = f"#{cast.chen_hao.pk}"
    assert change.plan == f"Call {pseudonym} ({pseudonym}) first"
    assert Task.objects.get(key="tell").title == f"{pseudonym} tells the users"
    assert change.state == state and change.scope_hash == hash_of(scope_of(change))
    assert ApprovalRound.objects.standing_on(change).scope_hash == change.scope_hash


def test_an_article_is_found_by_its_words_but_not_by_its_writer(cast):
    version = drafted(cast, title="张伟的 VPN 指南", body="Ask Wei Zhang or zhang.wei about the tunnel")
    forget(cast.zhang_wei)
    version.refresh_from_db()
    assert version.title == f"#{cast.zhang_wei.pk}的 VPN 指南" and "hang" not in version.body
    words = str(ArticleVersion.objects.values_list("search_vector", flat=True).get(pk=version.pk))
    assert "tunnel" in words and "zhang" not in words and "张伟" not in words


def test_who_signed_an_agreement_stays_under_it(cast):
    version = in_force(cast)
    forget(cast.zhao_min)
    assert Signature.objects.get(version=version, person=cast.zhao_min).name == "赵敏"


def test_evidence_about_somebody_goes_and_the_level_stays(cast):
    skill = Skill.objects.create(slug="vpn", name_zh="VPN", name_en="VPN")
    PersonSkill.objects.create(
        user=cast.chen_hao, skill=skill, level=3, evidence="Certificate", link="https://x.example/1"
    )
    forget(cast.chen_hao)
    assert PersonSkill.objects.values_list("level", "evidence", "link").get(user=cast.chen_hao) == (3, "", "")


def test_letters_from_their_address_are_in_the_copy(cast):
    box = Mailbox.objects.create(name="Desk", address="desk@xinghe.example", host="mail.example", service=cast.email)
    InboundMessage.objects.create(
        mailbox=box, message_id="<1@x>", sender="Li.Na@xinghe.example", subject="Help", size=1, received_at=clock.now()
    )
    assert "Help" in [
        row["subject"] for label, row, files in rows_about(cast.li_na) if label.endswith("InboundMessage")
    ]


def test_administrators_see_beforehand_what_goes_and_what_stays_and_why(cast, client, incident):
    tickets.comment(incident, actor=cast.li_na, body="thanks", is_internal=False)
    services.deactivate(cast.li_na, actor=cast.admin)
    cast.li_na.refresh_from_db()
    told = outlook(cast.li_na)
    assert dict(told["scrubbed"])["Tickets"] >= 2 and any("ledger" in str(reason) for reason, apps in told["kept"])
    client.force_login(cast.admin)
    page = client.get(reverse("accounts:person_privacy", args=[cast.li_na.pk])).content.decode()
    assert "审计账本已封存" in page and "原样保留" in page
    active = client.get(reverse("accounts:person_privacy", args=[cast.zhao_min.pk])).content.decode()
    assert "原样保留" not in active, "whoever is here is not forgotten"
