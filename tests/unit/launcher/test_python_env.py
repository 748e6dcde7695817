"""Which packages are installed when, and how a failed download is explained."""

import subprocess
import sys

import pytest

from launcher import preconditions, python_env
from launcher.home import REPOSITORY
from launcher.say import Stop

HASHES = {"production": "p1", "local": "l1", "test": "t1"}


@pytest.mark.parametrize(
    ("wanted", "stamp", "expected"),
    [
        ("local", {}, "local"),
        ("test", {}, "test"),
        ("local", {"local": "l1"}, None),
        ("local", {"local": "l0"}, "local"),
        ("test", {"local": "l1"}, "test"),
        ("local", {"test": "t1"}, None),
        ("local", {"test": "t0"}, "test"),
        ("test", {"test": "t1"}, None),
        ("production", {}, "production"),
        ("production", {"local": "l1"}, None),
        ("production", {"production": "p0", "local": "l0"}, "local"),
    ],
)
def test_lock_is_installed_only_when_it_changed(wanted, stamp, expected):
    assert python_env.lock_to_install(wanted, stamp, HASHES) == expected


def test_test_lock_contains_the_local_and_the_production_lock():
    def pins(name):
        lines = (REPOSITORY / "requirements" / f"{name}.lock").read_text().splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line and not line.startswith(" ")}

    assert pins("production") < pins("local") < pins("test")


def test_every_locked_package_has_hashes_and_no_address():
    for file in (REPOSITORY / "requirements").glob("*.lock"):
        text = file.read_text()
        assert text.count("--hash=sha256:") > text.count("==")
        assert "http" not in text.replace("httpx", "").replace("httpcore", "").replace("pytest-httpserver", "")
    assert '"resolved"' not in (REPOSITORY / "package-lock.json").read_text()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("error: dns error: failed to lookup address", "download"),
        ("npm error code ENOTFOUND", "download"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("error: something else broke", "something else broke"),
    ],
)
def test_failed_download_is_explained_in_one_sentence(tmp_path, monkeypatch, words, expected):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    log = tmp_path / "install.log"
    log.write_text(f"first line\n{words}\n\n")
    reason = str(python_env.why_failed(log, "install_failed"))
    assert expected in reason
    assert "\n" not in reason


def test_newer_python_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 15, 0))
    with pytest.raises(Stop, match=r"3\.15"):
        python_env.check_python()


def test_old_python_is_refused_in_both_languages(monkeypatch):
    assert preconditions.unmet() is None
    monkeypatch.setattr(sys, "version_info", (3, 8, 1))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "当前是 3.8" in preconditions.unmet()
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert "this is 3.8" in preconditions.unmet()


def test_windows_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LC_ALL", "C")
    assert "WSL" in preconditions.unmet()


def test_launcher_needs_nothing_but_the_standard_library():
    modules = "entry, up, testing, supervisor, browser, assets, postgres, valkey"
    program = f"import sys; sys.path.insert(0, {str(REPOSITORY)!r})\nfrom launcher import {modules}"
    command = [sys.executable, "-I", "-S", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
