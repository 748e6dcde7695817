"""Redis gone, silent or back again: people sign in, report and read all the while, and nothing that is owed is lost."""

import contextlib
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings as django_settings

from accounts import services as accounts
from events.models import Delivery, Event
from launcher.servers import free_port
from notifications.models import Mail
from tickets.models import Ticket

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PATIENCE = 60
REPORT = {"text": "ERP 登录失败", "affects": 3, "hinders": 2, "sending": "9b2e6c1e-6d0f-4f57-9f0c-2f1f6c1f4a11"}
OPERATOR = {"Authorization": "Bearer the-operators-token"}


class Line:
    """The way to Redis: `up` passes bytes on, `down` refuses to connect, `mute` takes bytes and never answers."""

    def __init__(self):
        where = urlsplit(django_settings.REDIS_URL)
        self.target = (where.hostname, where.port or 6379)
        self.port = free_port()
        # a broker database of our own, beside that of other suites
        login = f"{where.netloc.rpartition('@')[0]}@" if "@" in where.netloc else ""
        self.url = f"redis://{login}127.0.0.1:{self.port}/14"
        self.listener, self.links, self.state = None, [], "down"

    def turn(self, state):
        self.cut()
        self.state = state
        if state != "down":
            self.listener = socket.create_server(("127.0.0.1", self.port))
            threading.Thread(target=self._serve, args=(self.listener,), daemon=True).start()

    def cut(self):
        for link in (self.listener, *self.links):
            if link is not None:
                with contextlib.suppress(OSError):
                    link.shutdown(socket.SHUT_RDWR)
                link.close()
        self.listener, self.links = None, []

    def _serve(self, listener):
        with contextlib.suppress(OSError):
            while True:
                near, _address = listener.accept()
                self.links.append(near)
                if self.state == "up":
                    far = socket.create_connection(self.target)
                    self.links.append(far)
                    for pair in ((near, far), (far, near)):
                        threading.Thread(target=self._pass, args=pair, daemon=True).start()

    @staticmethod
    def _pass(source, sink):
        with contextlib.suppress(OSError):
            while part := source.recv(65536):
                sink.sendall(part)
            sink.shutdown(socket.SHUT_WR)


@pytest.fixture
def line():
    way = Line()
    way.turn("up")
    with contextlib.closing(redis.Redis.from_url(way.url)) as client:
        client.flushdb()
    yield way
    way.turn("up")
    with contextlib.closing(redis.Redis.from_url(way.url)) as client:
        client.flushdb()
    way.cut()


def wait_for(condition):
    limit = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < limit:
        time.sleep(0.1)
    return condition()


def work_a_morning(web, bearer):
    """李娜 signs in and reports; 张伟 signs in, reads the queue and the ticket, answers; a script asks the API."""
    requester, agent = web.browser(), web.browser()
    assert requester.sign_in("li.na").status == 302
    sent = requester.post("/report/", REPORT)
    assert sent.status == 302, sent.text
    number = Ticket.objects.latest("pk").number
    assert agent.sign_in("zhang.wei").status == 302
    assert number in agent.get("/desk/?view=all").text
    page = f"/desk/t/{number}/"
    assert agent.get(page).status == 200
    said = agent.post(f"{page}say/", {"body": "正在看"}, page=page)
    assert said.status in (200, 302), said.text
    answer = agent.get(f"/api/v1/tickets/{number}/", Authorization=f"Bearer {bearer}")
    assert answer.status == 200
    return web.browser().get("/readyz", **OPERATOR)


@pytest.mark.parametrize("state", ["down", "mute"])
def test_work_goes_on_without_redis_and_what_is_owed_goes_out_when_it_returns(cast, serve, start, line, state):
    bearer = accounts.issue_token(cast.zhang_wei, "script", ["read"], actor=cast.zhang_wei)[1]
    web = serve(REDIS_URL=line.url)
    web.browser().get("/account/login/")
    line.turn(state)
    began = time.monotonic()
    ready = work_a_morning(web, bearer)
    assert time.monotonic() - began < (6 if state == "down" else 20), "nobody waits for Redis"
    assert ready.status == 200
    assert '"status": "degraded"' in ready.text and '"broker": "down"' in ready.text
    strangers = web.browser().get("/readyz")
    assert (strangers.status, strangers.text) == (200, '{"status": "degraded"}')
    owed = Delivery.objects.filter(state="pending").count()
    assert owed and not Mail.objects.exists()

    # workers that were started while Redis was away wait for it
    start("celery", "-A", "itsm", "worker", "-Q", "timers,events", "-c", "1", "-n", "away@test", REDIS_URL=line.url)
    start("celery", "-A", "itsm", "beat", "-s", "/dev/shm/never-kept", "--pidfile=", REDIS_URL=line.url)
    time.sleep(3)
    assert Delivery.objects.filter(state="pending").count() == owed
    line.turn("up")
    assert wait_for(lambda: not Delivery.objects.filter(state="pending").exists())
    assert not Delivery.objects.exclude(state="done").exists()
    assert Mail.objects.filter(user=cast.li_na, kind="received").count() == 1
    assert Event.objects.filter(name="incident.reported").count() == 1
    wait_for(lambda: '"broker": "ok"' in web.browser().get("/readyz", **OPERATOR).text)
    assert '"status": "ok"' in web.browser().get("/readyz", **OPERATOR).text
