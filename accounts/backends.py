"""Signing in with a login, an e-mail address or a staff number."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q

from accounts.models import User


class LoginNameBackend(BaseBackend):
    def authenticate(self, request, username=None, password=None):
        """The active person with this name and password, or None. Unknown names take as long as wrong passwords."""
        if not username or not password:
            return None
        name = username.strip().lower()
        matches = Q(username=name) | Q(email__iexact=name) & ~Q(email="") | Q(staff_number__iexact=name)
        found = list(User.objects.filter(matches)[:2])
        if len(found) != 1:
            make_password(password)
            return None
        user = found[0]
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id):
        return User.objects.active().filter(pk=user_id).first()
