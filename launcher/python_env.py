"""The project's own Python: `.venv`, made from hash-locked requirements, and stepping into it."""

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from launcher import say
from launcher.home import REPOSITORY, Home, last_line, locked, need_space

VENV = REPOSITORY / ".venv"
STAMP = VENV / "installed.json"
NEWEST_TRIED = (3, 13)
LOCKS = ("production", "local", "test")
SPACE_NEEDED = {"production": 400, "local": 600, "test": 1000}
NETWORK_SIGNS = (
    "name resolution", "dns error", "error sending request", "Could not find a version", "ConnectionError",
    "Failed to establish", "Connection refused", "Network is unreachable", "timed out", "ProxyError",
    "Failed to fetch", "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET",
)  # fmt: skip
FULL_SIGNS = ("No space left", "ENOSPC", "Disk quota")


def check_python() -> None:
    """Raise Stop on a Python the locked packages were never tried with."""
    if sys.version_info[:2] > NEWEST_TRIED:
        raise say.Stop("python_unsupported", found=".".join(map(str, sys.version_info[:2])))


def is_musl() -> bool:
    """Whether this Python runs on a musl system, for which no embedded servers are built."""
    if sys.platform != "linux":
        return False
    with contextlib.suppress(OSError):
        return "ld-musl" in Path("/proc/self/maps").read_text()
    return False


def lock_hash(name: str, folder: Path = REPOSITORY / "requirements") -> str:
    """The fingerprint of one lock file."""
    return hashlib.sha256((folder / f"{name}.lock").read_bytes()).hexdigest()


def lock_to_install(wanted: str, stamp: dict, hashes: dict) -> str | None:
    """Which lock must be installed so that `wanted` is satisfied; None when nothing is to be done.

    Each lock contains the ones before it in LOCKS: a venv made for the tests also runs the
    application, and once it has the test packages it keeps them.
    """
    enough = LOCKS[LOCKS.index(wanted) :]
    if any(stamp.get(name) == hashes[name] for name in enough):
        return None
    return next((name for name in reversed(enough) if name in stamp), wanted)


def python() -> Path:
    """The interpreter of `.venv`."""
    return VENV / "bin" / "python"


def inside() -> bool:
    """Whether we already run on the interpreter of `.venv`."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def why_failed(log: Path, otherwise: str) -> say.Stop:
    """Turn the log of a failed download or build into one sentence."""
    words = log.read_text(errors="replace") if log.exists() else ""
    if any(sign in words for sign in FULL_SIGNS):
        return say.Stop("disk_full_now")
    if any(sign in words for sign in NETWORK_SIGNS):
        return say.Stop("no_network", log=log)
    return say.Stop(otherwise, last=last_line(log), log=log)


def run_logged(command: list, log: Path, **options) -> bool:
    """Run a command with all its output in `log`; a dot every few seconds shows that it lives."""
    with open(log, "wb") as out:
        process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=out, stderr=out, **options
        )
        began = told = time.monotonic()
        while process.poll() is None:
            time.sleep(0.05)
            if time.monotonic() - told > 10:
                told = time.monotonic()
                say.line(f"  … {told - began:.0f} s")
    return process.returncode == 0


def _uv() -> list[str] | None:
    """How to call uv: the program in PATH or the module of this Python."""
    if shutil.which("uv"):
        return [shutil.which("uv")]
    return [sys.executable, "-m", "uv"] if importlib.util.find_spec("uv") else None


def _usable() -> bool:
    """Whether the venv's interpreter runs and is of a supported version."""
    if not python().exists():
        return False
    probe = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
    return subprocess.run([python(), "-c", probe], capture_output=True, check=False).returncode == 0


def _make_venv(log: Path) -> None:
    if VENV.exists():
        shutil.rmtree(VENV)
    uv = _uv()
    if uv and run_logged([*uv, "venv", "--seed", "--python", sys.executable, VENV], log):
        return
    if run_logged([sys.executable, "-m", "venv", VENV], log):
        return
    # Debian without python3-venv: no ensurepip, but its own pip can install into a bare venv
    shutil.rmtree(VENV, ignore_errors=True)
    bare = run_logged([sys.executable, "-m", "venv", "--without-pip", VENV], log)
    if not (bare and importlib.util.find_spec("pip")):
        shutil.rmtree(VENV, ignore_errors=True)
        raise say.Stop("no_venv_module")


def installer() -> list:
    """The beginning of a command that installs packages into `.venv`: uv when present, else pip."""
    uv = _uv()
    if uv:
        return [*uv, "pip", "install", "--python", python()]
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    if subprocess.run([python(), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0:
        return [python(), "-m", "pip", "install", *options]
    return [sys.executable, "-m", "pip", "--python", python(), "install", *options]


def ensure(home: Home, wanted: str) -> None:
    """Make or complete `.venv` so that it holds the lock `wanted`; costs nothing when it already does."""
    stamp = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    hashes = {name: lock_hash(name) for name in LOCKS}
    if lock_to_install(wanted, stamp, hashes) is None and python().exists():
        return
    with locked(VENV.with_name(".venv.lock")):
        stamp = json.loads(STAMP.read_text()) if STAMP.exists() else {}
        name = lock_to_install(wanted, stamp, hashes)
        usable = _usable()
        if usable and name is None:
            return
        name = name or wanted
        need_space(REPOSITORY, SPACE_NEEDED[name])
        log = home.logs / "install.log"
        with say.step("installing", lock=f"requirements/{name}.lock"):
            if not usable:
                _make_venv(log)
                stamp = {}
            lock = REPOSITORY / "requirements" / f"{name}.lock"
            if not run_logged([*installer(), "--require-hashes", "-r", lock], log, cwd=REPOSITORY):
                raise why_failed(log, "install_failed")
        stamp = {key: value for key, value in stamp.items() if value == hashes.get(key)}
        STAMP.write_text(json.dumps(stamp | {name: hashes[name]}))


def step_into(argv: list[str]) -> None:
    """Continue this very command on the interpreter of `.venv`; does not return."""
    sys.stdout.flush()
    os.execv(python(), [str(python()), str(REPOSITORY / "manage.py"), *argv[1:]])


def compile_messages() -> None:
    """Compile the translation catalogues, which are committed as text only."""
    from core.translations import compile_catalogues

    compile_catalogues(REPOSITORY)
