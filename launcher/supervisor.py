"""Keeps the processes of `up` running in the foreground: one log, restarts, one orderly end."""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO

from launcher import processes, say
from launcher.home import REPOSITORY, Home
from launcher.servers import Server

COLOURS = (36, 35, 33, 32, 34, 96)
LONGEST_WAIT = 30
CALM_AFTER = 60
SERVER_CHECK_EVERY = 1.0


def next_wait(previous: float, ran_for: float) -> float:
    """Seconds until a crashed process is started again: doubling, and forgotten after a calm minute."""
    if ran_for > CALM_AFTER or not previous:
        return 1
    return min(previous * 2, LONGEST_WAIT)


def how_it_ended(code: int) -> str:
    """An exit code in words: `exit 3`, `SIGKILL`."""
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


@dataclass
class Child:
    """One supervised process."""

    name: str
    command: list[str]
    grace: float = 10
    process: subprocess.Popen | None = None
    started: float = 0
    wait: float = 0
    due: float = 0
    rest: bytes = field(default=b"", repr=False)

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Runs children and watches the embedded servers until a signal asks it to stop."""

    def __init__(self, home: Home, servers: list[Server], environ: dict[str, str]):
        self.home = home
        self.servers = servers
        self.environ = environ
        self.children: list[Child] = []
        self.selector = selectors.DefaultSelector()
        self.stopping = False
        self.log: IO[str] | None = None
        self.coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        self.on_turn: Callable[[], None] = lambda: None

    @property
    def mark(self) -> str:
        return f"ITSM_HOME={self.home.path}"

    def add(self, name: str, command: list[str], grace: float = 10) -> None:
        """Register a process; it is started by `run`, and stopped in reverse order of adding."""
        self.children.append(Child(name, command, grace))

    def clear_leftovers(self) -> None:
        """Stop what a killed predecessor left running."""
        for known in self.home.recall("children").values():
            processes.stop_session(known, self.mark)
        self.home.forget("children")

    def run(self) -> None:
        """Start everything and stay until SIGINT or SIGTERM; then stop everything."""
        self.clear_leftovers()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        with open(self.home.logs / "up.log", "w", encoding="utf-8") as self.log:
            try:
                checked = time.monotonic()
                while not self.stopping:
                    self._start_due()
                    self._read_logs(0.25)
                    self._notice_ends()
                    if time.monotonic() - checked > SERVER_CHECK_EVERY:
                        checked = time.monotonic()
                        self._keep_servers()
                    self.on_turn()
            finally:
                self._stop_all()

    def _asked_to_stop(self, number, frame) -> None:
        self.stopping = True

    def _start_due(self) -> None:
        for child in self.children:
            if child.process is None and time.monotonic() >= child.due:
                self._start(child)

    def _start(self, child: Child) -> None:
        # a worker's pool can outlive a killed worker and would hold its port or its tasks
        known = self.home.recall("children")
        if child.name in known:
            processes.stop_session(known[child.name], self.mark, patience=1)
        child.process = subprocess.Popen(
            child.command,
            cwd=REPOSITORY,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=processes.end_with_parent(signal.SIGTERM),
        )
        os.set_blocking(child.process.stdout.fileno(), False)
        child.started = time.monotonic()
        self.selector.register(child.process.stdout, selectors.EVENT_READ, child)
        self.home.remember("children", known | {child.name: processes.identity(child.process.pid)})

    def _read_logs(self, seconds: float) -> None:
        for key, _ in self.selector.select(seconds):
            self._read(key.data, key.fileobj)

    def _read(self, child: Child, stream) -> None:
        data = stream.read(65536) or b""
        if not data:
            self.selector.unregister(stream)
            stream.close()
        *lines, child.rest = (child.rest + data).split(b"\n")
        if not data and child.rest:
            lines, child.rest = [child.rest], b""
        for line in lines:
            self.tell(child.name, line.decode(errors="replace").rstrip())

    def tell(self, name: str, words: str) -> None:
        """One log line: time, process, words."""
        if not words:
            return
        now = time.strftime("%H:%M:%S")
        if self.log is not None:
            print(now, f"{name:<8}", words, file=self.log, flush=True)
        if self.coloured:
            colour = COLOURS[hash(name) % len(COLOURS)] if name not in self._names else self._colour(name)
            say.line(f"\033[2m{now}\033[0m \033[{colour}m{name:<8}\033[0m {words}")
        else:
            say.line(f"{now} {name:<8} {words}")

    @property
    def _names(self) -> list[str]:
        return [child.name for child in self.children]

    def _colour(self, name: str) -> int:
        return COLOURS[self._names.index(name) % len(COLOURS)]

    def _notice_ends(self) -> None:
        for child in self.children:
            if child.process is None or child.running:
                continue
            child.wait = next_wait(child.wait, time.monotonic() - child.started)
            child.due = time.monotonic() + child.wait
            how = how_it_ended(child.process.returncode)
            child.process = None
            self.tell("up", say.text("restarting", name=child.name, how=how, wait=f"{child.wait:.0f}"))

    def _keep_servers(self) -> None:
        for server in self.servers:
            if not server.alive():
                self.tell("up", say.text("restarting", name=server.name, how="-", wait="0"))
                try:
                    server.start(die_with_parent=True)
                except say.Stop as reason:
                    self.tell("up", str(reason))

    def _stop_all(self) -> None:
        """Beat first, so that nothing new begins; the web and the workers finish what they have."""
        self.tell("up", say.text("stopping"))
        running = [child for child in reversed(self.children) if child.running]
        for child in running:
            child.process.send_signal(signal.SIGTERM)
        limit = time.monotonic() + max([child.grace for child in running], default=0)
        while any(child.running for child in running) and time.monotonic() < limit:
            self._read_logs(0.1)
        for child in running:
            processes.stop_session(processes.identity(child.process.pid), self.mark, patience=0)
            child.process.wait()
        self._read_logs(0)
        self.home.forget("children")
