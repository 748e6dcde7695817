"""Processes by identity: a pid alone may have been reused, a pid with its start time has not."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1


def started_at(pid: int) -> str:
    """An opaque mark of when process `pid` started; empty when there is no such process."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        # a zombie has ended: only its parent has not looked yet
        return "" if fields[0] in (b"Z", b"X") else fields[19].decode()
    except FileNotFoundError:
        pass
    if sys.platform == "linux":
        return ""
    found = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def identity(pid: int) -> dict:
    """What to remember of a process to recognise it later."""
    return {"pid": pid, "started": started_at(pid)}


def lives(known: dict) -> bool:
    """Whether the very process that `identity` described is still running."""
    return bool(known.get("pid")) and started_at(known["pid"]) == known.get("started") != ""


def stop(known: dict, *, how: int = signal.SIGTERM, patience: float = 10) -> bool:
    """Ask a known process to end, wait up to `patience` seconds, then kill it; True when it was killed."""
    if not lives(known):
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(known["pid"], how)
    limit = time.monotonic() + patience
    while lives(known):
        if time.monotonic() > limit:
            with contextlib.suppress(ProcessLookupError):
                os.kill(known["pid"], signal.SIGKILL)
            return True
        with contextlib.suppress(ChildProcessError, OSError):
            os.waitpid(known["pid"], os.WNOHANG)
        time.sleep(0.02)
    return False


def end_with_parent(how: int):
    """A `preexec_fn` that makes the kernel send `how` to the child when its parent dies (Linux)."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def arrange():
        libc.prctl(PR_SET_PDEATHSIG, how, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return arrange


def session_members(session: int, mark: str) -> list[int]:
    """Pids of a session whose environment holds `mark` (Linux): what a killed leader left behind.

    The mark keeps us from touching a stranger that got a reused session number.
    """
    found = []
    for entry in os.listdir("/proc") if sys.platform == "linux" else []:
        if not entry.isdigit():
            continue
        with contextlib.suppress(OSError):
            with open(f"/proc/{entry}/stat", "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
            if int(fields[3]) == session and fields[0] != b"Z":
                with open(f"/proc/{entry}/environ", "rb") as file:
                    if os.fsencode(mark) in file.read().split(b"\0"):
                        found.append(int(entry))
    return found


def stop_session(known: dict, mark: str, *, patience: float = 10) -> None:
    """Stop a known session leader and then whatever is left of its session."""
    stop(known, patience=patience)
    for how in (signal.SIGTERM, signal.SIGKILL):
        left = session_members(known["pid"], mark) if known.get("pid") else []
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
        limit = time.monotonic() + 3
        while left and time.monotonic() < limit and session_members(known["pid"], mark):
            time.sleep(0.05)
