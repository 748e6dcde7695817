"""docs/operations.md, done: back up, restore beside the original, look, stay silent, take over."""

import ast
import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from core import clock
from events import services as events
from events.models import Delivery, Event
from incidents import services as incidents
from launcher.home import Home
from launcher.postgres import Postgres
from launcher.servers import free_port
from notifications.models import Mail
from sla import services as sla
from tests.faults.conftest import url_of
from tickets import services as tickets

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
FILE = "点击登录没有反应".encode()
# What a copy would do by itself: reactions, deadlines, mails; then what became of the mails.
ONE_ROUND = """
import django; django.setup()
from collections import Counter
from events import services as events; from notifications import services as mails; from sla import services as sla
from notifications.models import Mail
while sla.sweep(): pass
while events.deliver_due(): pass
mails.send_due()
print(dict(Counter(Mail.objects.values_list("state", flat=True))))
"""
RELEASE = """
import django; django.setup()
from accounts.models import User
from notifications import services
print(services.release_held(actor=User.objects.get(username="admin")))
"""


class Inbox:
    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        return "250 taken"


@pytest.fixture
def inbox():
    """A mail server that would take whatever a copy sends."""
    handler = Inbox()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, controller.port
    controller.stop()


@pytest.fixture
def programs(tmp_path):
    """The folder with pg_dump and pg_restore of the server's own version: the embedded package's or the system's."""
    wanted = connection.pg_version // 10000
    found = [Postgres(Home(tmp_path)).bin, *Path("/usr/lib/postgresql").glob("*/bin")]
    if there := shutil.which("pg_dump"):
        found.append(Path(there).parent)
    for folder in found:
        with contextlib.suppress(OSError):
            words = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=True).stdout
            if int(re.search(r"\d+", words)[0]) == wanted:
                return folder
    pytest.fail(f"no pg_dump of PostgreSQL {wanted} in {found}")


@pytest.fixture
def restored():
    """The name of a database that does not exist yet; dropped afterwards."""
    name = f"{connection.settings_dict['NAME']}_restored"
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    with connection.cursor() as cursor:
        cursor.execute(drop)
    yield name
    with connection.cursor() as cursor:
        cursor.execute(drop)


@pytest.fixture
def original(cast, deliver):
    """A house with a sealed day, a file, a mail that is owed and a reaction that is."""
    with clock.travel(clock.now() - timedelta(days=2)):
        sla.install_defaults()
        ticket = incidents.report_incident(actor=cast.li_na, title="ERP 登录失败", service=cast.erp)
    upload = SimpleUploadedFile("说明.txt", FILE)
    # a minute ago: the seconds in which an answer can be taken back are over
    with clock.travel(clock.now() - timedelta(minutes=1)):
        tickets.comment(ticket, actor=cast.li_na, body="见附件", uploads=[upload])
        deliver()
        tickets.comment(ticket, actor=cast.zhang_wei, body="正在看")
        deliver()
        assert Mail.objects.filter(user=cast.li_na, state="queued").exists()
        tickets.comment(ticket, actor=cast.zhang_wei, body="请再试一次")
    with clock.travel(clock.now() + timedelta(days=2)):
        assert events.seal_finished_days()
    assert Delivery.objects.filter(state="pending").exists()
    return ticket


def documented(about):
    """The commands that docs/operations.md gives under a heading, without Docker."""
    text = (django_settings.BASE_DIR / "docs" / "operations.md").read_text().partition(f"## {about}\n")[2]
    return re.search(r"```sh\n(.*?)```", text, re.DOTALL)[1]


def shell(commands, folder, **environ):
    """Run documented commands in `folder`; the first that fails ends the test with its words."""
    done = subprocess.run(["sh", "-euc", commands], cwd=folder, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done


def test_restored_copy_is_whole_and_silent_until_it_is_let_go(
    cast, original, programs, restored, production, serve, inbox, tmp_path, settings
):
    place = {"PATH": f"{programs}:{os.environ['PATH']}", "DATABASE_URL": production["DATABASE_URL"]}
    shell(documented("Backup"), tmp_path, **place, MEDIA_ROOT=str(settings.MEDIA_ROOT))
    copied = tmp_path / "restored-media"
    copied.mkdir()
    shell(documented("Restore"), tmp_path, **place, MEDIA_ROOT=str(copied), RESTORED=restored)
    handler, port = inbox
    copy = {"DATABASE_URL": url_of(restored), "MEDIA_ROOT": str(copied), "EMAIL_PORT": str(port), "ITSM_SILENT": "1"}

    def in_the_copy(*arguments, **changed):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=django_settings.BASE_DIR, env=production | copy | changed, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    in_the_copy("manage.py", "migrate", "--check")
    assert in_the_copy("manage.py", "verify_ledger") == f"{Event.objects.count()} events verified"
    browser = serve(**copy).browser()
    assert browser.sign_in("li.na").status == 302
    page = browser.get(f"/tickets/{original.number}/").text
    assert "正在看" in page
    assert browser.get(re.search(r"/files/\d+/", page)[0]).text == FILE.decode()

    outcome = in_the_copy("-c", ONE_ROUND)
    assert handler.letters == []
    held = Counter(ast.literal_eval(outcome))
    assert set(held) == {"held"} and held["held"] > Mail.objects.count(), "reactions ran, and what they wrote is held"
    assert set(Mail.objects.values_list("state", flat=True)) == {"queued"}, "the original is untouched"

    assert in_the_copy("-c", RELEASE) == str(held["held"])
    in_the_copy("-c", ONE_ROUND)
    assert handler.letters == [], "letting go is not yet the end of the silence"
    in_the_copy("-c", RELEASE)
    in_the_copy("-c", ONE_ROUND, ITSM_SILENT="0")
    assert len(handler.letters) == held["held"]
