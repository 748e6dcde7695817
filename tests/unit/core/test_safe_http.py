"""A POST to an address that somebody typed: where it refuses to go, and how long it waits."""

import socket
import threading
import time

import pytest

from core import safe_http
from core.safe_http import Forbidden, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::",
    ],
)  # fmt: skip
def test_own_network_is_not_public_however_it_is_written(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/meta-data/", "https://localhost/",
        "https://2130706433/", "https://0x7f.1/", "http://example.com/", "file:///etc/passwd", "gopher://example.com/",
        "https://user:pass@example.com/", "https:///nothing", "https://example.com:99999/", "https://exa\r\nmple.com/",
    ],
)  # fmt: skip
def test_refused_before_a_single_byte_leaves(url, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it connected"))
    with pytest.raises(Forbidden):
        safe_http.post(url, b"{}", headers={})


def test_name_with_one_private_address_is_refused(monkeypatch):
    rows = [(socket.AF_INET, 1, 6, "", (ip, 443)) for ip in ("8.8.8.8", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: rows)
    with pytest.raises(Forbidden, match="rebound"):
        safe_http.post("https://rebound.example/secret-path", b"{}", headers={})


def test_name_is_asked_once_and_the_connection_goes_to_what_was_judged(monkeypatch):
    asked, dialled = [], []

    def resolve(*args, **_options):
        asked.append(args)
        return [(socket.AF_INET, 1, 6, "", ("8.8.8.8" if len(asked) == 1 else "127.0.0.1", 443))]

    def connect(_self, sockaddr):
        dialled.append(sockaddr)
        raise TimeoutError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(OSError):
        safe_http.post("https://rebound.example/", b"{}", headers={})
    assert dialled == [("8.8.8.8", 443)] and len(asked) == 1


def test_server_that_never_speaks_ends_at_the_deadline(monkeypatch, settings):
    settings.PRIVATE_HOSTS = frozenset(["127.0.0.1"])
    with socket.create_server(("127.0.0.1", 0)) as server:
        holder = []
        threading.Thread(target=lambda: holder.append(server.accept()), daemon=True).start()
        began = time.monotonic()
        with pytest.raises(OSError):
            safe_http.post(f"https://127.0.0.1:{server.getsockname()[1]}/", b"{}", headers={}, deadline=0.5)
        assert time.monotonic() - began < 2
        holder[0][0].close()
