"""What nobody may overlook in a browser: errors, violations of the content policy, calls to other hosts."""

import re
from urllib.parse import urlsplit

OWN_SCHEMES = ("data", "blob", "about")
# How htmx reports what was still being asked when a page was left; a bad answer it calls responseError.
LEFT_BEHIND = ("htmx:afterRequest", "htmx:sendError", "htmx:sendAbort")


class Watch:
    """Collects what went wrong in every page of the contexts it looks at.

    A test that provokes an answer like 409 says so with `allow`: browsers report every 4xx as a console error.
    """

    def __init__(self, home: str):
        self.host = urlsplit(home).netloc
        self.complaints: list[str] = []
        self.allowed: list[str] = []

    def look_at(self, context):
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)

    def allow(self, pattern: str):
        """Overlook console errors that contain the regular expression `pattern`."""
        self.allowed.append(pattern)

    def verdict(self) -> list[str]:
        return [line for line in self.complaints if not any(re.search(pattern, line) for pattern in self.allowed)]

    def _heard(self, message):
        if message.type == "error" and not message.text.startswith(LEFT_BEHIND):
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request):
        url = urlsplit(request.url)
        if url.scheme not in OWN_SCHEMES and url.netloc != self.host:
            self.complaints.append(f"asked another host: {request.url}")

    def _answered(self, response):
        if response.status >= 500:
            self.complaints.append(f"{response.status} from {response.url}")
