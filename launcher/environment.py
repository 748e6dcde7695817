"""The environment contract between the launcher and Django: a handful of variables, nothing else."""

import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

from launcher import say
from launcher.home import Home

LAUNCHED = "ITSM_LAUNCHED"
URLS = {"DATABASE_URL": 5432, "REDIS_URL": 6379}


def uses_own_servers(environ: Mapping[str, str]) -> bool:
    """Whether the operator named servers; raises Stop when only one of the two is named."""
    missing = [name for name in URLS if not environ.get(name)]
    if len(missing) == 1:
        raise say.Stop("url_missing", missing=missing[0])
    return not missing


def check_reachable(environ: Mapping[str, str]) -> None:
    """Raise Stop, naming host and port but no password, when a named server does not answer."""
    for name, usual in URLS.items():
        parts = urlsplit(environ[name])
        if not parts.hostname or "%2F" in parts.hostname.upper():
            continue  # a unix socket
        place = (parts.hostname, parts.port or usual)
        try:
            socket.create_connection(place, timeout=5).close()
        except OSError as error:
            raise say.Stop("server_unreachable", name=name, place="{}:{}".format(*place)) from error


def assemble(
    environ: Mapping[str, str],
    home: Home,
    *,
    mode: str,
    database_url: str = "",
    redis_url: str = "",
    site_url: str = "",
) -> dict[str, str]:
    """What Django is started with. What the operator set always wins over what we would choose."""
    chosen = {
        "DJANGO_SETTINGS_MODULE": "itsm.settings",
        "ITSM_MODE": mode,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SITE_URL": site_url,
        "MEDIA_ROOT": str(home.media),
    }
    result = dict(environ) | {name: value for name, value in chosen.items() if value and not environ.get(name)}
    result["ITSM_HOME"] = str(home.path)
    if not result.get("SECRET_KEY"):
        result["SECRET_KEY"] = home.secret("secret_key")
    result[LAUNCHED] = "1"
    result["PYTHONUNBUFFERED"] = "1"
    return result
