"""What Django is started with, and what the launcher refuses before it starts anything."""

import socket

import pytest

from launcher import environment
from launcher.home import Home
from launcher.say import Stop


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home").make()


def test_environment_carries_the_contract(home):
    result = environment.assemble(
        {"PATH": "/bin"},
        home,
        mode="demo",
        database_url="postgres://x",
        redis_url="redis://y",
        site_url="http://z",
    )
    assert {name: result[name] for name in ("PATH", "ITSM_MODE", "DATABASE_URL", "REDIS_URL", "SITE_URL")} == {
        "PATH": "/bin",
        "ITSM_MODE": "demo",
        "DATABASE_URL": "postgres://x",
        "REDIS_URL": "redis://y",
        "SITE_URL": "http://z",
    }
    assert result["ITSM_HOME"] == str(home.path)
    assert result["MEDIA_ROOT"] == str(home.path / "media")
    assert len(result["SECRET_KEY"]) >= 50


def test_environment_keeps_what_the_operator_set(home):
    named = {"SITE_URL": "https://desk.example.com", "SECRET_KEY": "s" * 60, "ITSM_MODE": "local"}
    result = environment.assemble(named, home, mode="demo", site_url="http://127.0.0.1:8000")
    assert {name: result[name] for name in named} == named


def test_secret_key_stays_the_same_and_private(home):
    first = environment.assemble({}, home, mode="demo")["SECRET_KEY"]
    assert environment.assemble({}, home, mode="demo")["SECRET_KEY"] == first
    file = home.path / "secrets" / "secret_key"
    assert file.stat().st_mode & 0o077 == 0


def test_own_servers_are_used_only_when_both_are_named():
    both = {"DATABASE_URL": "postgres://a", "REDIS_URL": "redis://b"}
    assert environment.uses_own_servers(both) is True
    assert environment.uses_own_servers({}) is False
    for name in both:
        with pytest.raises(Stop, match=next(other for other in both if other != name)):
            environment.uses_own_servers({name: "x://y"})


def test_unreachable_server_is_named_without_its_password():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    urls = {"DATABASE_URL": f"postgres://u:geheim@127.0.0.1:{port}/x", "REDIS_URL": "redis://127.0.0.1:1"}
    with pytest.raises(Stop) as stopped:
        environment.check_reachable(urls)
    assert f"127.0.0.1:{port}" in str(stopped.value)
    assert "geheim" not in str(stopped.value)
