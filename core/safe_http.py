"""One POST to an address that somebody typed: never into the own network, never long, never much.

The name is resolved once, every address it has is judged, and the connection goes to one that was judged: a name
that answers differently a moment later leads nowhere else. Redirects are not followed.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

DEADLINE_SECONDS = 10
LONGEST_ANSWER = 64 * 1024
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Forbidden(Exception):
    """Nothing may be sent to this address. Its words name the host alone: the rest of an address is a secret."""


@dataclass(frozen=True)
class Answer:
    """`body` holds at most LONGEST_ANSWER bytes. Header names are in lower case."""

    status: int
    headers: dict
    body: bytes


def post(url, body: bytes, *, headers, deadline=DEADLINE_SECONDS) -> Answer:
    """POST over HTTPS within `deadline` seconds from connecting to the last byte that is read.

    Raises Forbidden (another scheme, a login in the address, a host with an address that is not public and that
    settings.PRIVATE_HOSTS does not name) and OSError (no name, no connection, no certificate, too slow, no HTTP).
    """
    host, port, target = _parts(url)
    family, sockaddr = _checked(host, port)
    wire = _Pinned(host, port, family, sockaddr, timeout=deadline)
    # A server that sends a byte now and then never runs into a socket's timeout; this ends it all the same.
    watch = threading.Timer(deadline, wire.cut)
    watch.start()
    try:
        wire.request("POST", target, body=body, headers=headers)
        response = wire.getresponse()
        content = response.read(LONGEST_ANSWER)
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, content)
    except http.client.HTTPException as error:
        raise ConnectionError(f"no proper answer ({type(error).__name__})") from None
    finally:
        watch.cancel()
        wire.close()


def _parts(url):
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        raise Forbidden("not an address") from None
    if parts.scheme != "https" or not host or parts.username is not None or not url.isascii() or not url.isprintable():
        raise Forbidden(f"not a plain https address: {host[:100]}")
    return host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _checked(host, port):
    """(family, sockaddr) of the first address of a host, all of whose addresses may be called."""
    found = [(row[0], row[4]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if host not in settings.PRIVATE_HOSTS and not all(is_public(sockaddr[0]) for _family, sockaddr in found):
        raise Forbidden(f"{host} lies in a private network")
    return found[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also when it wraps another one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _NAT64:
            inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
        ip = inner or ip
    return ip.is_global and not ip.is_multicast


class _Pinned(http.client.HTTPSConnection):
    """A connection to one judged address, whose certificate must be that of the host's name."""

    def __init__(self, host, port, family, sockaddr, *, timeout):
        super().__init__(host, port, timeout=timeout, context=ssl.create_default_context())
        self._family, self._sockaddr = family, sockaddr
        self._wire = None

    def connect(self):
        self._wire = socket.socket(self._family, socket.SOCK_STREAM)
        self._wire.settimeout(self.timeout)
        self._wire.connect(self._sockaddr)
        wrap = self._context.wrap_socket
        self.sock = self._wire = wrap(self._wire, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()

    def cut(self):
        with suppress(OSError):
            if self._wire is not None:
                socket.socket.shutdown(self._wire, socket.SHUT_RDWR)

    def close(self):
        super().close()
        if self._wire is not None:
            self._wire.close()
