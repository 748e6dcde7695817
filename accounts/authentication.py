"""Who is asking, by bearer token. Browsers come with their session instead."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from accounts import selectors, services
from accounts.models import ApiToken

_WRONG = _("This token is unknown, expired or revoked.")


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <secret>`. `request.auth` is the token, which `ScopedAccess` asks for its scopes.

    A token that ended, or whose owner is deactivated, is a 401 like one that never existed. Messages come in the
    owner's language unless the request names one.
    """

    def authenticate(self, request):
        scheme, _blank, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = selectors.live_token(secret.strip())
        if token is None:
            raise AuthenticationFailed(_WRONG)
        if not token.user.sees_everything:
            token.scopes = [scope for scope in token.scopes if scope != ApiToken.Scope.ADMIN]
        services.touch_token(token)
        if "Accept-Language" not in request.headers:
            translation.activate(token.user.language)
        return token.user, token

    def authenticate_header(self, request):
        return 'Bearer realm="api"'
