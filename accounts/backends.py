"""Signing in with a login, an e-mail address or a staff number."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from accounts import selectors
from accounts.models import User
from accounts.search_keys import folded


class LoginNameBackend(BaseBackend):
    def authenticate(self, request, username=None, password=None):
        """The active person with this name and password, or None. Unknown names take as long as wrong passwords."""
        if not username or not password:
            return None
        user = selectors.person_called(username)
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id):
        return User.objects.active().filter(pk=user_id).first()


def counted_name(request, credentials=None) -> str | None:
    """The name that wrong passwords are counted under: one per person, however the name was typed.

    Counting what was typed would give eight tries each to the login, the address, the number and every mix of
    upper and lower case.
    """
    typed = (credentials or {}).get("username") or request.POST.get("username")
    if not typed:
        return None
    person = selectors.person_called(typed)
    return person.username if person else folded(typed).strip()[:150]
