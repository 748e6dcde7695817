"""Language and theme: kept with the person, or in a cookie for visitors."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts import services as people
from core.errors import InvalidInput

_YEAR = 365 * 24 * 3600


@require_POST
def choose(request):
    """Set what was posted (language, theme, or both) and go back to where the person was."""
    language, theme = request.POST.get("language"), request.POST.get("theme")
    if language is not None and language not in dict(settings.LANGUAGES):
        raise InvalidInput({"language": [language[:20]]})
    if request.user.is_authenticated:
        chosen = {"language": language, "theme": theme}
        people.update_own_profile(request.user, **{name: value for name, value in chosen.items() if value is not None})
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    kept = {"max_age": _YEAR, "samesite": "Lax", "secure": request.is_secure()}
    if language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, **kept)
    if theme in ("auto", "light", "dark"):
        response.set_cookie("theme", theme, **kept)
    return response
