"""Real processes on the test database: a gunicorn with the production settings and a browser without a screen."""

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from http.cookies import SimpleCookie
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from launcher.servers import free_port

HOST = "itsm.example.com"
SECRET_KEY = "kT9vQ2xL7mZr4WbN8sHd3JcF6yPg1UaE5oXi0RtYqMwKlSzVnB-"


def url_of(database):
    """The address of a database of the server under test; production refuses an empty password, `trust` takes any."""
    place = connection.settings_dict
    password = place["PASSWORD"] or "not-asked-for"
    return f"postgresql://{place['USER']}:{password}@{place['HOST'] or '127.0.0.1'}:{place['PORT'] or 5432}/{database}"


@pytest.fixture
def production(tmp_path, settings):
    """The environment of a production process on the test database; this process signs links with the same key."""
    settings.SECRET_KEY = SECRET_KEY
    settings.SITE_URL = f"https://{HOST}"
    dropped = ("ALLOWED_HOSTS", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "ITSM_LAUNCHED")
    return {name: value for name, value in os.environ.items() if name not in dropped} | {
        "ITSM_MODE": "production",
        "ITSM_HOME": str(tmp_path),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "tests.faults.web_settings",
        "PYTHONPATH": str(settings.BASE_DIR),
        "SECRET_KEY": SECRET_KEY,
        "SITE_URL": f"https://{HOST}",
        "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
        "REDIS_URL": settings.REDIS_URL,
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": "1",
        "TRUSTED_PROXIES": "1",
        "METRICS_TOKEN": "the-operators-token",
        "ACCESS_LOG": "1",
        "WEB_WORKERS": "1",
    }


@pytest.fixture
def start(production, tmp_path):
    """Start `python -m …` in production; each process writes one log, and its whole group ends with the test."""
    running = []

    def run(*arguments, **changed):
        log = tmp_path / f"process{len(running)}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=settings.BASE_DIR, env=production | changed, stdout=out, stderr=out, stdin=subprocess.DEVNULL,
                start_new_session=True,
            )  # fmt: skip
        running.append(process)
        return SimpleNamespace(process=process, log=log)

    yield run
    for process in running:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=20)


@pytest.fixture
def serve(start):
    """Start gunicorn as the container does; returns a `Browser` maker and its log once it answers."""

    def run(**changed):
        port = free_port()
        server = start(
            "gunicorn", "--config", "deploy/gunicorn.py", "--bind", f"127.0.0.1:{port}", "itsm.wsgi:application",
            **changed,
        )  # fmt: skip
        limit = time.monotonic() + 60
        while not _answers(port):
            assert server.process.poll() is None and time.monotonic() < limit, server.log.read_text()
            time.sleep(0.1)
        return SimpleNamespace(browser=lambda: Browser(port), log=server.log)

    return run


def _answers(port):
    with contextlib.suppress(OSError):
        return Browser(port).get("/healthz").status == 200
    return False


class Browser:
    """Speaks HTTP as the proxy does for somebody on HTTPS: keeps cookies, follows no redirect by itself."""

    def __init__(self, port):
        self.port = port
        self.cookies = SimpleCookie()

    def get(self, path, **headers):
        return self._ask("GET", path, None, headers)

    def post(self, path, data, *, page="", **headers):
        """Post a form with the token that `page` shows; it stands at `path` itself unless told otherwise."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(page or path).text)
        form = urlencode(data | {"csrfmiddlewaretoken": token[1] if token else ""})
        about = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{HOST}{path}"}
        return self._ask("POST", path, form, about | headers)

    def sign_in(self, username, password="a-long-password"):
        return self.post("/account/login/", {"username": username, "password": password})

    def _ask(self, method, path, body, headers):
        proxy = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(link):
            link.request(method, path, body, proxy | ({"Cookie": cookies} if cookies else {}) | headers)
            answer = link.getresponse()
            text = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie", ()):
            self.cookies.load(line)
        return SimpleNamespace(status=answer.status, headers=answer.headers, text=text)
