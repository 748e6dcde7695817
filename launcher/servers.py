"""What both embedded servers share: starting, recognising, stopping, and sharing between commands."""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from launcher import processes, say
from launcher.home import Home, last_line, locked

LOOPBACK = "127.0.0.1"
STOP_PATIENCE = 20.0


def free_port(preferred: int = 0) -> int:
    """A loopback port nobody listens on: the preferred one while it is free."""
    for candidate in (preferred, 0) if preferred else (0,):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((LOOPBACK, candidate))
            return probe.getsockname()[1]
    raise OSError("no free port on the loopback interface")


class Server:
    """One embedded server: a direct child or a process left by an earlier command."""

    name = "server"
    state_name = "server"
    stop_signal = signal.SIGTERM
    death_signal = signal.SIGTERM
    start_patience = 20.0

    def __init__(self, home: Home, *, durable: bool = True):
        self.home = home
        self.durable = durable
        self.child: subprocess.Popen | None = None

    @property
    def log(self) -> Path:
        return self.home.logs / f"{self.state_name}.log"

    @property
    def state(self) -> dict:
        return self.home.recall(self.state_name)

    @property
    def port(self) -> int:
        """The port of the running server, or 0."""
        return self.state.get("port", 0)

    def prepare(self) -> None:
        """Create whatever must exist before the first start."""
        raise NotImplementedError

    def command(self, port: int) -> list[str]:
        """The command line of the server in the foreground."""
        raise NotImplementedError

    def answers(self, port: int) -> bool:
        """Whether the server on `port` is ours and accepts work."""
        raise NotImplementedError

    def popen_options(self) -> dict:
        """Extra arguments for Popen, such as the user to run as."""
        return {}

    def clear_the_way(self) -> None:
        """Remove what a crashed predecessor left in the way of a new start."""

    def alive(self) -> bool:
        """Whether the process is there (it may still be starting)."""
        if self.child is not None:
            self.child.poll()
        return processes.lives(self.state)

    def start(self, *, die_with_parent: bool = False) -> None:
        """Make sure the server runs; raises Stop with the last line of its log when it will not."""
        if self.alive() and self.answers(self.port) and not self._doomed():
            return
        self.stop()
        self.prepare()
        limit = time.monotonic() + self.start_patience
        while True:
            self.clear_the_way()
            if self._try_once(limit, die_with_parent):
                return
            if time.monotonic() > limit:
                raise say.Stop("server_failed", server=self.name, last=last_line(self.log), log=self.log)
            time.sleep(0.5)

    def _doomed(self) -> bool:
        """Whether the kernel has already told it to end, because the `up` that started it was killed."""
        parent = self.state.get("parent")
        return bool(parent) and not processes.lives(parent)

    def _try_once(self, limit: float, die_with_parent: bool) -> bool:
        port = free_port(self.port)
        arrange = processes.end_with_parent(self.death_signal) if die_with_parent else None
        with open(self.log, "ab") as log:
            self.child = subprocess.Popen(
                self.command(port),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=arrange,
                **self.popen_options(),
            )
        parent = processes.identity(os.getpid()) if die_with_parent else None
        state = {**processes.identity(self.child.pid), "port": port, "parent": parent}
        self.home.remember(self.state_name, state)
        while self.child.poll() is None:
            if self.answers(port):
                return True
            if time.monotonic() > limit:
                processes.stop(self.state, how=signal.SIGKILL, patience=2)
                return False
            time.sleep(0.03)
        return False

    def stop(self) -> None:
        """Stop in good order; the port is remembered so that the next start can use it again."""
        processes.stop(self.state, how=self.stop_signal, patience=STOP_PATIENCE)
        if self.child is not None:
            self.child.wait()
            self.child = None


@contextlib.contextmanager
def in_use(home: Home, servers: list[Server], *, die_with_parent: bool = False, keep: bool = False):
    """Run the servers for the duration of a block, shared with every other command of this home.

    Whoever leaves last stops them, unless `keep`. A killed command drops its lock by itself, so the
    next one finds the servers and goes on with them.
    """
    with locked(home.run / "users.lock", shared=True) as users:
        try:
            with locked(home.run / "servers.lock"):
                for server in servers:
                    server.start(die_with_parent=die_with_parent)
            yield
        finally:
            if not keep:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    for server in reversed(servers):
                        server.stop()


def readable_by_others(path: Path) -> bool:
    """Whether a user without special rights can reach `path` (execute on every folder above it)."""
    if os.stat(path).st_mode & 0o005 != 0o005:
        return False
    return all(os.stat(folder).st_mode & 0o001 for folder in path.resolve().parents)
