"""Production boots only when it is safe, and its probes reach it past the proxy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SAFE = {
    "ITSM_MODE": "production",
    "SECRET_KEY": "kT9vQ2xL7mZr4WbN8sHd3JcF6yPg1UaE5oXi0RtYqMwKlSzVnB-",
    "DATABASE_URL": "postgresql://itsm:Xk29fjLq82hs@db.example.com/itsm",
    "REDIS_URL": "redis://:Yw83kdQp@broker.example.com/0",
    "SITE_URL": "https://itsm.example.com",
    "EMAIL_HOST": "mail.example.com",
}
DROPPED = ("ALLOWED_HOSTS", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "TRUSTED_PROXIES")


def boot(tmp_path, **changed):
    """What `check --deploy` of a fresh process says in production; no server is asked."""
    environ = {name: value for name, value in os.environ.items() if name not in DROPPED}
    code = "from django.core.management import execute_from_command_line as run; run(['', 'check', '--deploy', *ARGS])"
    code = f"ARGS = ['--fail-level', 'WARNING']; {code}"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environ | {"DJANGO_SETTINGS_MODULE": "itsm.settings", "ITSM_HOME": str(tmp_path)} | SAFE | changed,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_safe_settings_boot_without_a_warning(tmp_path):
    done = boot(tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "a" * 64),
        ("SECRET_KEY", "changeme-" + "kT9vQ2xL7mZr4WbN8sHd3JcF6yPg1UaE5oXi0RtYqMwKlSzVnB"),
        ("DATABASE_URL", "postgresql://itsm:itsm@db.example.com/itsm"),
        ("REDIS_URL", ""),
        ("SITE_URL", "http://itsm.example.com"),
        ("EMAIL_HOST", ""),
        ("ALLOWED_HOSTS", "itsm.example.com,*"),
    ],
)
def test_an_unsafe_setting_refuses_to_boot_and_is_named(tmp_path, name, value):
    done = boot(tmp_path, **{name: value})
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


@pytest.mark.django_db
def test_probes_reach_a_container_by_its_name_and_in_plain_http(client, settings):
    settings.ALLOWED_HOSTS = ["itsm.example.com"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
    settings.METRICS_TOKEN = "a-token-of-the-operator"
    bearer = {"HTTP_AUTHORIZATION": "Bearer a-token-of-the-operator"}
    assert client.get("/healthz", HTTP_HOST="web:8000").status_code == 200
    assert client.get("/readyz", HTTP_HOST="web:8000", REMOTE_ADDR="10.0.0.7").json().keys() == {"status"}
    assert client.get("/metrics", HTTP_HOST="web:8000", REMOTE_ADDR="10.0.0.7").status_code == 404
    assert (
        b"itsm_open_tickets" in client.get("/metrics", HTTP_HOST="web:8000", REMOTE_ADDR="10.0.0.7", **bearer).content
    )
    assert client.get("/account/login/", HTTP_HOST="itsm.example.com").status_code == 301
