"""A Chromium for the browser tests: named, of the system, or unpacked from an npm package."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from launcher import assets, python_env, say
from launcher.home import Home, need_space

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = "@sparticuz/chromium@153.0.0"
UNPACK = "import c from '@sparticuz/chromium'; console.log(await c.executablePath());"


def installed() -> str | None:
    """ITSM_CHROMIUM, or the system's Chromium."""
    named = os.environ.get("ITSM_CHROMIUM")
    return named or next(filter(None, map(shutil.which, PROGRAMS)), None)


def find(home: Home) -> tuple[str | None, str]:
    """The path of a browser, or None with the reason why there is none."""
    found = installed()
    if found:
        return (found, "") if Path(found).exists() else (None, f"ITSM_CHROMIUM={found} does not exist")
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "AMD64"):
        return None, "install Chromium, or name one with ITSM_CHROMIUM"
    return _unpacked(home)


def _unpacked(home: Home) -> tuple[str | None, str]:
    """Install the package on demand; not part of package.json, which everybody installs."""
    folder = home.tools / "chromium"
    program = folder / "chromium"
    if program.exists():
        return str(program), ""
    try:
        need_space(home.tools, 500)
        with say.step("browser"):
            node = assets.find_node(home)
            folder.mkdir(parents=True, exist_ok=True)
            log = home.logs / "browser.log"
            quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", folder]
            command = [*node.npm, "install", *quietly, PACKAGE]
            if not python_env.run_logged(command, log, env=node.environment):
                return None, str(python_env.why_failed(log, "install_failed"))
            environ = node.environment | {"TMPDIR": str(folder)}
            unpacked = subprocess.run(
                [node.node, "--input-type=module", "-e", UNPACK],
                cwd=folder, env=environ, capture_output=True, text=True, check=False,
            )  # fmt: skip
    except say.Stop as reason:
        return None, str(reason)
    if unpacked.returncode or not program.exists():
        return None, (unpacked.stderr.strip().splitlines() or ["the package did not unpack"])[-1]
    return str(program), ""
