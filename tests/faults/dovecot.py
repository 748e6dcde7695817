"""A Dovecot of our own for a test: one folder, one port for TLS and one without, any login with one password."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

PASSWORD = "geheim und 密码"
_CONFIG = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{root}/cert.pem
ssl_key = <{root}/key.pem
disable_plaintext_auth = no
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{root}/mail/%u
passdb {{
  driver = passwd-file
  args = {root}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={root}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  mailbox Done {{
    auto = create
  }}
}}
"""


def missing() -> str:
    """Why no Dovecot can be started here, or ""."""
    absent = [name for name in ("dovecot", "openssl") if not _program(name)]
    return f"{' and '.join(absent)} not installed (Debian: dovecot-imapd, openssl)" if absent else ""


class Server:
    def __init__(self, root: Path):
        self.root, self.plain, self.tls = root, _free_port(), _free_port()
        is_root = os.geteuid() == 0
        self.user, self.group = ("nobody", "nogroup") if is_root else (getpass.getuser(),) * 2
        self._process = None

    def start(self):
        for folder in ("run", "state", "mail"):
            (self.root / folder).mkdir(exist_ok=True)
        certify(self.root, "127.0.0.1")
        (self.root / "users").write_text(f"it:{{PLAIN}}{PASSWORD}::::::\n", encoding="utf-8")
        facts = {name: getattr(self, name) for name in ("root", "user", "group", "plain", "tls")}
        (self.root / "dovecot.conf").write_text(_CONFIG.format(**facts), encoding="utf-8")
        if os.geteuid() == 0:
            self.root.chmod(0o755)
            shutil.chown(self.root / "mail", self.user, self.group)
        self._process = subprocess.Popen([_program("dovecot"), "-F", "-c", self.root / "dovecot.conf"])
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.tls)) == 0:
                    return
            time.sleep(0.1)
        pytest.fail(f"Dovecot does not start: {self.log()}")

    def stop(self):
        self._process.terminate()
        self._process.wait(10)

    def log(self):
        path = self.root / "dovecot.log"
        return path.read_text("utf-8", "replace")[-3000:] if path.exists() else ""


def certify(folder, name):
    """A certificate for an address, signed by itself."""
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
            "-addext", f"subjectAltName=IP:{name}", "-keyout", folder / "key.pem", "-out", folder / "cert.pem",
        ],
        check=True, capture_output=True,
    )  # fmt: skip


def _program(name):
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
