"""What the house must be able to say to another server, and nobody must read: encrypted in the database.

The key comes from SECRET_KEY; what was encrypted under one of SECRET_KEY_FALLBACKS is still read, and
`manage.py reencrypt_secrets` writes it anew. A copy of the database alone gives no password away.
"""

from base64 import urlsafe_b64encode
from functools import cached_property, lru_cache
from hmac import compare_digest

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_noop

LOST = gettext_noop("What is stored here can no longer be read: its key is gone. Type it again.")


class Undecipherable(ValueError):
    """The key that encrypted this is none of those we have. Its words are LOST, for whoever keeps the secret."""

    def __init__(self):
        super().__init__(LOST)


class Secret:
    """A text that shows itself only when asked by `plain()`: not in a page, a log, an exception or a form.

    Empty is false; what cannot be read is true, because something is there.
    """

    def __init__(self, plain: str | None = None, *, token: str = ""):
        self.token = token
        if plain is not None:
            self._plain = plain

    @cached_property
    def _plain(self):
        try:
            return _keys().decrypt(self.token.encode()).decode() if self.token else ""
        except InvalidToken:
            raise Undecipherable from None

    def plain(self) -> str:
        """The text itself. Raises Undecipherable."""
        return self._plain

    @property
    def is_lost(self) -> bool:
        try:
            self.plain()
        except Undecipherable:
            return True
        return False

    def stored(self) -> str:
        """What lies in the database: as it was read, or encrypted under the present key; nothing for nothing."""
        if not self.token and self._plain:
            self.token = _keys().encrypt(self._plain.encode()).decode()
        return self.token

    def renewed(self) -> "Secret":
        """The same text, to be encrypted under the present key. Raises Undecipherable."""
        return Secret(self.plain())

    def __bool__(self):
        return bool(self.token or self._plain)

    def __eq__(self, other):
        if not isinstance(other, (Secret, str)):
            return NotImplemented
        if self.is_lost or (isinstance(other, Secret) and other.is_lost):
            return self is other
        theirs = other if isinstance(other, str) else other.plain()
        return compare_digest(self.plain().encode(), theirs.encode())

    __hash__ = None

    def __str__(self):
        return "…" if self else ""

    def __repr__(self):
        return f"<Secret {self}>"


class _Wrapped(DeferredAttribute):
    """Whatever is assigned is a Secret from then on."""

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class SecretField(models.TextField):
    """A text that is encrypted on its way into the database; the attribute is a `Secret`. It cannot be looked up."""

    descriptor_class = _Wrapped

    def from_db_value(self, value, expression, connection):
        return value if value is None else Secret(token=value)

    def to_python(self, value):
        return value if value is None or isinstance(value, Secret) else Secret(str(value))

    def get_prep_value(self, value):
        value = self.to_python(value)
        return value if value is None else value.stored()

    def get_lookup(self, name):
        raise FieldError(f"{self.name} is encrypted: nothing can be looked up by it.")


def _keys() -> MultiFernet:
    return _keys_from(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=8)
def _keys_from(*masters):
    return MultiFernet([Fernet(_derived(master)) for master in masters])


def _derived(master):
    """A key for this purpose alone: whoever learned it could sign no session and no link."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"itsm.core.secrets").derive(master.encode())
    return urlsafe_b64encode(key)
