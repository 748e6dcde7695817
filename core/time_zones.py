"""Which release of the time zone rules this machine counts by, and what it says."""

import zoneinfo
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

from core.spans import OffsetPiece, constant_offset_pieces


def installed_release() -> str:
    """Like "2026f". Python prefers the system's rules to those of the `tzdata` package; so does this."""
    for folder in zoneinfo.TZPATH:
        listing = Path(folder, "tzdata.zi")
        if listing.exists():
            with listing.open() as lines:
                return lines.readline().rpartition(" ")[2].strip()
        if Path(folder, "UTC").exists():
            return "system"
    return tzdata.IANA_VERSION


def offsets_of(zone: str, low: int, high: int) -> list[OffsetPiece]:
    """(start, end, UTC offset) pieces that tile [low, high), in epoch seconds, by the installed rules."""
    return list(constant_offset_pieces(ZoneInfo(zone), low, high))


def is_known(zone: str) -> bool:
    """Whether there are rules for a zone of this name."""
    try:
        ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@cache
def zone_names() -> list[str]:
    """The names people choose from: places and UTC, without the historical short names."""
    places = (name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [*sorted(places), "UTC"]
