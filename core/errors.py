"""The ways a command says no. Views turn them into pages, the API into problem+json."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A rule forbids this now. The message is for the reader and is translated. Becomes 409 (or 422 with fields).

    `fields` maps a field name to a list of messages when the input, not the situation, is at fault. `more` are further
    members of the API's problem, for machines.
    """

    status = 409
    code = "refused"
    more = {}

    def __init__(self, message, *, fields=None):
        super().__init__(message)
        self.message = message
        self.fields = fields or {}

    def __str__(self):
        return str(self.message)


class InvalidInput(Refused):
    """The values given cannot be accepted: missing, unknown, malformed or out of range. Becomes 422."""

    status = 422
    code = "invalid"

    def __init__(self, fields, message=None):
        super().__init__(message or _("Please correct the marked fields."), fields=fields)


class NotAllowed(Refused):
    """The actor sees the object but may not do this to it. Becomes 403."""

    status = 403
    code = "not_allowed"

    def __init__(self, message=None):
        super().__init__(message or _("You are not allowed to do this."))


class Stale(Refused):
    """The object changed since the actor read it. Carries what changed, so nothing is overwritten silently.

    `current` is the version in the database; `changes` is a list of ledger events since the version read.
    Portal: 409 with the difference. API: 412 for a failed If-Match.
    """

    code = "stale"

    def __init__(self, *, current, changes=()):
        super().__init__(_("This record was changed meanwhile. Review the changes and send again."))
        self.current = current
        self.changes = list(changes)
