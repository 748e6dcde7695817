"""After an outage of the sweep: whoever is told of a deadline is told how late, in every place where people look."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from core import clock
from incidents import services as incidents
from notifications.models import Mail
from sla import services as sla
from sla.models import Clock, Firing
from tickets import services as tickets

pytestmark = pytest.mark.django_db


def missed(cast, *, hours, seconds=0):
    """An incident whose response time ran out; the first sweep since then ran `hours` and `seconds` after that."""
    sla.install_defaults()
    with clock.travel(clock.now() - timedelta(hours=4)):
        incident = incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp, impact=1, urgency=1)
        tickets.take_transition(
            incident, "assign", actor=cast.zhang_wei, values={"team": cast.network, "assignee": cast.chen_hao}
        )
    due = Clock.objects.get(ticket=incident, metric="response").due_at
    with clock.travel(due + timedelta(hours=hours, seconds=seconds)):
        sla.sweep()
    return incident


def told(cast, client, incident, deliver):
    """Timeline of the ticket, receipt, bell and mail, as 陈浩 reads them, who has it."""
    User.objects.update(language="en")
    deliver()
    client.force_login(cast.chen_hao)
    pages = (reverse("desk:ticket", args=[incident.number]), reverse("notifications:list"))
    mail = Mail.objects.filter(user=cast.chen_hao, kind="sla_breached").latest("pk")
    return [*(client.get(page).content.decode() for page in pages), mail.text, mail.html]


def test_deadline_noticed_after_an_outage_says_how_late(client, cast, deliver):
    incident = missed(cast, hours=3)
    for text in told(cast, client, incident, deliver):
        assert "noticed 3 h late: the clocks were not watched" in " ".join(text.split())
    client.force_login(cast.chen_hao)
    receipt = client.get(reverse("sla:receipt", args=[incident.pk])).content.decode()
    firing = Firing.objects.get(clock__metric="response", pct=100)
    assert firing.lateness == 3 * 3600 and "10800 s late" in receipt


def test_deadline_noticed_in_time_speaks_of_no_delay(client, cast, deliver):
    incident = missed(cast, hours=0, seconds=45)
    for text in told(cast, client, incident, deliver):
        assert "noticed" not in text


def test_delay_is_told_in_chinese(cast, deliver):
    missed(cast, hours=3)
    with translation.override("zh-hans"):
        deliver()
    assert "迟3时才发现" in Mail.objects.filter(user=cast.chen_hao, kind="sla_breached").latest("pk").text
