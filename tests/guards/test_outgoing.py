"""Whatever the server asks of another one goes through one room: core/safe_http. Mail hosts have rooms of their own."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name not in ("tests", "launcher")]
CLIENTS = ("aiohttp", "ftplib", "http.client", "httpx", "imaplib", "imap_tools", "requests", "smtplib", "socket",
           "telnetlib", "urllib.request", "urllib3", "websockets")  # fmt: skip
# What each room may import, and why it must.
ROOMS = {
    "core/safe_http.py": {"http.client", "socket"},
    "integrations/imap.py": {"imaplib", "imap_tools", "socket"},  # the mail host an administrator names
    "notifications/transport.py": {"smtplib"},  # names of errors; EMAIL_HOST is the operator's
}


def clients_in(path) -> set:
    """The modules of CLIENTS that a file imports, in whichever way."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {client for client in CLIENTS if any(name == client or name.startswith(f"{client}.") for name in names)}


def test_nobody_speaks_to_another_server_past_the_one_room():
    found = {
        str(path.relative_to(ROOT)): clients
        for app in APPS
        for path in app.rglob("*.py")
        if (clients := clients_in(path))
    }
    assert found == ROOMS
