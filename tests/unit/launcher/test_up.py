"""Options, ports, languages and restarts of `manage.py up`."""

import os
import socket
import string

import pytest

from launcher import browser, home, processes, say, supervisor, testing, up
from launcher.assets import fingerprint, major
from launcher.servers import free_port


@pytest.fixture
def busy_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_port_in_use_is_one_sentence_with_a_free_port(busy_port, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    with pytest.raises(say.Stop) as stopped:
        up.check_port("127.0.0.1", busy_port)
    words = str(stopped.value)
    assert f"Port {busy_port}" in words
    other = int(words.rsplit(" ", 1)[1])
    assert other != busy_port
    up.check_port("127.0.0.1", other)


def test_foreign_address_is_refused():
    with pytest.raises(say.Stop, match=r"203\.0\.113\.9"):
        up.check_port("203.0.113.9", 8000)


def test_preferred_port_is_kept_while_it_is_free(busy_port):
    assert free_port(busy_port) != busy_port
    kept = free_port()
    assert free_port(kept) == kept


@pytest.mark.parametrize("arguments", [["--port", "0"], ["--port", "x"], ["--workers", "0"], ["--nonsense"]])
def test_wrong_option_ends_with_usage(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        up.read_options(arguments)
    assert ended.value.code == 2
    assert "usage: manage.py up" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({}, False),
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C", "LC_MESSAGES": "zh_TW"}, True),
    ],
)
def test_language_follows_the_locale(variables, chinese):
    assert say.speaks_chinese(variables) is chinese


def test_every_sentence_exists_in_both_languages_with_the_same_values():
    for english, chinese in say.TEXTS.values():
        names = [{part[1] for part in string.Formatter().parse(text) if part[1]} for text in (english, chinese)]
        assert names[0] == names[1]
        assert any("一" <= letter <= "鿿" for letter in chinese)


def test_restarts_wait_longer_each_time_and_forget_after_a_calm_minute():
    waits = [0.0]
    for _ in range(8):
        waits.append(supervisor.next_wait(waits[-1], ran_for=2))
    assert waits[1:] == [1, 2, 4, 8, 16, 30, 30, 30]
    assert supervisor.next_wait(30, ran_for=61) == 1


def test_end_of_a_process_is_said_in_words():
    assert supervisor.how_it_ended(3) == "exit 3"
    assert supervisor.how_it_ended(-9) == "SIGKILL"


def test_process_is_recognised_by_pid_and_start():
    known = processes.identity(os.getpid())
    assert processes.lives(known)
    assert not processes.lives(known | {"started": "1"})
    assert not processes.lives({})


def test_torn_state_counts_as_absent(tmp_path):
    place = home.Home(tmp_path).make()
    place.remember("up", {"pid": 1})
    assert place.recall("up") == {"pid": 1}
    (place.run / "up.json").write_text('{"pid": ')
    assert place.recall("up") == {}


def test_full_disk_is_noticed_before_anything_is_written(tmp_path):
    with pytest.raises(say.Stop, match="MB"):
        home.need_space(tmp_path, 10**9)


def test_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(say.Stop, match="ITSM_HOME"):
        home.Home(tmp_path / "file" / "home").make()


def test_pytest_runs_in_parallel_unless_told_otherwise():
    parallel = ["-n", "2", "--dist", "worksteal"]
    assert testing.pytest_command(["tests/unit"])[3:-1] == parallel
    assert testing.pytest_command(["-n0", "-x"])[3:] == ["-n0", "-x"]
    assert testing.pytest_command(["--no-header"])[3:-1] == parallel


def test_only_databases_of_test_runs_have_an_owner():
    assert testing.owner_of("test_run123_gw1") == 123
    assert testing.owner_of("test_run123") == 123
    assert testing.owner_of("test_itsm") == 0
    assert testing.owner_of("itsm") == 0


def test_built_files_depend_on_name_and_content(tmp_path):
    file = tmp_path / "a.js"
    file.write_text("1")
    first = fingerprint([file], tmp_path)
    file.write_text("2")
    assert fingerprint([file], tmp_path) != first
    assert major("v20.11.1\n") == 20
    assert major("not found") == 0


def test_missing_browser_is_reported_with_the_reason(monkeypatch, tmp_path):
    monkeypatch.setenv("ITSM_CHROMIUM", str(tmp_path / "none"))
    found, reason = browser.find(home.Home(tmp_path))
    assert found is None
    assert "does not exist" in reason
