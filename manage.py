#!/usr/bin/env python3
"""The one command of this project: `up`, `test` and every Django command.

This file is read by whatever Python the machine has, so it stays in syntax that very old
versions can parse: only then can they say clearly that they are too old.
"""

import os
import sys

from launcher.preconditions import unmet


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itsm.settings")
    reason = unmet()
    if reason:
        sys.exit(reason)
    from launcher.entry import run

    sys.exit(run(sys.argv))


if __name__ == "__main__":
    main()
