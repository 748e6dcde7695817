"""Links in mails that act without a login: whose they are, what they are for, how long they last, who clicked.

A link is either signed (it carries its own facts and its date) or derived (a code computed anew whenever the mail
is written). Neither is ever stored, so that nobody who reads the database can act with it.

Why a GET may act at all: the budget is one click in the mail. Mail scanners and link previews fetch links too, so
a GET acts only when it looks like a person's click: never on HEAD, never on a prefetch, and over HTTPS only when the
browser says that it navigates a tab (every current browser sends Sec-Fetch headers there; scanners that fetch
links do not). Everything else gets the same page with a button, which posts. A scanner that drives a whole browser
could still act; what it can do is small by choice: a score can be changed, a closed ticket can be followed up.
"""

import base64

from django.core import signing
from django.utils.crypto import salted_hmac


def sign(purpose: str, **facts) -> str:
    """A token that carries `facts` (JSON) and is good for one purpose only."""
    return signing.dumps(facts, salt=f"one-click.{purpose}")


def read(purpose: str, token: str, *, max_age) -> dict | None:
    """The facts of a token; None when it is forged, meant for something else, or older than `max_age` (timedelta)."""
    try:
        return signing.loads(token, salt=f"one-click.{purpose}", max_age=max_age)
    except signing.BadSignature:
        return None


def derive(purpose: str, pk: int) -> str:
    """The code of one record for one purpose: 256 bits, the same whenever it is computed, guessable by nobody."""
    mac = salted_hmac(f"one-click.{purpose}", str(pk), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def is_deliberate(request) -> bool:
    """Whether a request looks like a person's click rather than a scanner, a preview or a prefetch."""
    if request.method == "POST":
        return True
    if request.method != "GET":
        return False
    headers = request.headers
    if any("prefetch" in headers.get(name, "").lower() for name in ("Purpose", "X-Purpose", "Sec-Purpose", "X-Moz")):
        return False
    mode = headers.get("Sec-Fetch-Mode")
    if mode is None:
        return not request.is_secure()
    return mode == "navigate" and headers.get("Sec-Fetch-Dest", "document") == "document"
