"""What must hold before anything else is imported; parsed by very old versions, hence plain syntax."""

import os
import sys

OLD_PYTHON = (
    "Python 3.11, 3.12 or 3.13 is needed, this is %s. Try for example: python3.12 manage.py up",
    "需要 Python 3.11、3.12 或 3.13，当前是 %s。请安装后重试，例如：python3.12 manage.py up",
)
WINDOWS = (
    "The built-in servers run on Linux and macOS. On Windows use WSL, or docker compose.",
    "内置服务器支持 Linux 和 macOS。在 Windows 上请使用 WSL 或 docker compose。",
)


def unmet():
    """The reason why this machine cannot go on, in the reader's language; None when it can."""
    language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    chosen = 1 if language.lower().startswith("zh") else 0
    if sys.version_info < (3, 11):
        return OLD_PYTHON[chosen] % ".".join(str(part) for part in sys.version_info[:2])
    if sys.platform == "win32":
        return WINDOWS[chosen]
    return None
