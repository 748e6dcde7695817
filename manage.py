#!/usr/bin/env python3
"""The one command of this project: `up`, `test` and every Django command.

This file is read by whatever Python the machine has, so it stays in syntax that very old
versions can parse: only then can they say clearly that they are too old.
"""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itsm.settings")
    if sys.version_info < (3, 11):
        from launcher.too_old import explain

        sys.exit(explain())
    from launcher.entry import run

    sys.exit(run(sys.argv))


if __name__ == "__main__":
    main()
