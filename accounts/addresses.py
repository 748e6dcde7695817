"""Where a request comes from."""

from ipaddress import ip_address

from django.conf import settings


def address_of(request) -> str | None:
    """The client's address. `X-Forwarded-For` counts only as far as our own proxies (TRUSTED_PROXIES) wrote it.

    Each proxy appends the address it was called from, so the entry that the outermost of ours wrote is the
    `TRUSTED_PROXIES`-th from the right; everything left of it was sent by the client and proves nothing.
    """
    direct = request.META.get("REMOTE_ADDR") or None
    if not settings.TRUSTED_PROXIES:
        return direct
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if len(hops) < settings.TRUSTED_PROXIES:
        return direct
    try:
        return str(ip_address(hops[-settings.TRUSTED_PROXIES]))
    except ValueError:
        return direct
