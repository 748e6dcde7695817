"""The chat platforms, on this machine."""

import socket
import ssl

import pytest

from tests.unit.notifications.platforms import NAMES, Platforms


@pytest.fixture(scope="session")
def machine(tmp_path_factory):
    server = Platforms(tmp_path_factory.mktemp("platforms"))
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def platforms(machine, monkeypatch, settings):
    """The server under every platform's name, with the one certificate that is trusted, as if it were public."""
    machine.got.clear()
    machine.answers.clear()
    real, trusted = socket.getaddrinfo, ssl.create_default_context

    def resolve(host, *args, **options):
        return machine.resolve(host, *args) if host in NAMES else real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusted(cafile=str(machine.certificate)))
    settings.PRIVATE_HOSTS = frozenset(NAMES)
    return machine
