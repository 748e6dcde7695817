"""Reading the environment: names, types and the message for a wrong value."""

import os

from django.core.exceptions import ImproperlyConfigured

MODES = ("production", "local", "demo", "test")


def text(name, default=""):
    return os.environ.get(name, default).strip()


def number(name, default):
    value = text(name) or str(default)
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def flag(name, default=False):
    value = text(name).lower()
    if value in ("", "0", "1", "true", "false", "yes", "no"):
        return default if value == "" else value in ("1", "true", "yes")
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def mode():
    value = text("ITSM_MODE", "production")
    if value not in MODES:
        raise ImproperlyConfigured(f"ITSM_MODE must be one of {', '.join(MODES)}, not {value!r}.")
    return value
