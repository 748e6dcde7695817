"""Where things live: the repository, ITSM_HOME and what the launcher remembers there."""

import contextlib
import errno
import json
import os
import secrets
import shutil
from pathlib import Path

from launcher.say import Stop

REPOSITORY = Path(__file__).resolve().parent.parent


class Home:
    """One data folder: servers' files, uploads, logs, generated secrets and run state."""

    def __init__(self, path: Path):
        self.path = path
        self.run = path / "run"
        self.logs = path / "logs"
        self.media = path / "media"
        self.tools = path / "tools"

    @classmethod
    def of_environment(cls) -> "Home":
        """The folder named by ITSM_HOME, by default `.itsm` beside manage.py."""
        named = os.environ.get("ITSM_HOME")
        return cls(Path(named).expanduser().resolve() if named else REPOSITORY / ".itsm")

    def for_tests(self) -> "Home":
        """The separate folder of the test servers, which may run while `up` runs."""
        return Home(self.path / "test")

    def make(self) -> "Home":
        """Create the folders; raises Stop when they cannot be written."""
        try:
            for folder in (self.path, self.run, self.logs, self.media, self.tools):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.run / f".probe-{os.getpid()}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise Stop("disk_full_now") from error
            raise Stop("not_writable", path=self.path) from error
        return self

    def secret(self, name: str) -> str:
        """A random secret kept in `secrets/<name>`, readable by its owner only."""
        folder = self.path / "secrets"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / name
        if not file.exists():
            draft = folder / f".{name}-{os.getpid()}"
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(48))
                out.flush()
                os.fsync(out.fileno())
            # link, unlike rename, never replaces a secret another process made meanwhile
            with contextlib.suppress(FileExistsError):
                os.link(draft, file)
            draft.unlink()
        return file.read_text().strip()

    def recall(self, name: str) -> dict:
        """The JSON state `name`, or an empty dict when absent or torn by a crash."""
        try:
            return json.loads((self.run / f"{name}.json").read_text())
        except (OSError, ValueError):
            return {}

    def remember(self, name: str, state: dict) -> None:
        """Replace the JSON state `name` in one step."""
        draft = self.run / f".{name}-{os.getpid()}.json"
        draft.write_text(json.dumps(state))
        draft.replace(self.run / f"{name}.json")

    def forget(self, name: str) -> None:
        """Drop the JSON state `name`."""
        (self.run / f"{name}.json").unlink(missing_ok=True)


def need_space(path: Path, megabytes: int) -> None:
    """Raise Stop unless the disk of `path` has that much room."""
    free = shutil.disk_usage(path).free // 1_000_000
    if free < megabytes:
        raise Stop("disk_full", path=path, free=free, needed=megabytes)


@contextlib.contextmanager
def locked(path: Path, *, shared: bool = False, wait: bool = True):
    """Hold a lock file; yields the open file, or None when it is held elsewhere and `wait` is false.

    The kernel drops the lock when its holder dies, so a crash never leaves one behind.
    """
    import fcntl

    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a+") as file:
        how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(file, how)
        except BlockingIOError:
            yield None
            return
        yield file


def last_line(path: Path) -> str:
    """The last non-empty line of a log, shortened for a message."""
    try:
        lines = [x.strip() for x in path.read_text(errors="replace").splitlines() if x.strip()]
    except OSError:
        return "-"
    return lines[-1][:300] if lines else "-"
