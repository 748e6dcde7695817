"""The message for a Python below 3.11; parsed by that very Python, hence the plain syntax."""

import os
import sys


def explain():
    """Print one sentence in the reader's language and return the exit code 1."""
    found = "%d.%d" % tuple(sys.version_info[:2])  # noqa: UP031
    language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if language.lower().startswith("zh"):
        text = "需要 Python 3.11、3.12 或 3.13，当前是 %s。请安装后重试，例如：python3.12 manage.py up"
    else:
        text = "Python 3.11, 3.12 or 3.13 is needed, this is %s. Try for example: python3.12 manage.py up"
    sys.stderr.write((text % found) + "\n")
    return 1
