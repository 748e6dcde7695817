"""The production settings, for a server under test: no collected files, quick password hashes, a page that breaks."""

from itsm.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [*MIDDLEWARE, "tests.faults.web_settings.breaks_on_demand"]  # noqa: F405


def breaks_on_demand(get_response):
    """A fault of ours whose message quotes what was asked, as exceptions do."""

    def respond(request):
        if "break" in request.headers:
            raise RuntimeError(f"{request.get_full_path()} by {request.headers.get('Authorization')}")
        return get_response(request)

    return respond
