"""Sessions in the database that know whose they are, so that they can be listed and ended.

Named by SESSION_ENGINE: Django looks for `SessionStore` here.
"""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

DEVICE = "device"
ADDRESS = "address"
SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"


class SessionStore(DatabaseStore):
    """Copies owner, device and address from the session's data into columns."""

    @classmethod
    def get_model_class(cls):
        from accounts.models import PersonSession

        return PersonSession

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.device = data.get(DEVICE, "")[:200]
        row.address = data.get(ADDRESS)
        row.signed_in_at = data.get(SIGNED_IN_AT)
        row.seen_at = data.get(SEEN_AT)
        return row
