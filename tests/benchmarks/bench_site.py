"""The whole site plus one view that does nothing, served by gunicorn for bench_pages.py."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import include, path

from itsm.wsgi import application

urlpatterns = [
    path("bench/nothing/", lambda request: HttpResponse("nothing")),
    path("", include("itsm.urls")),
]
settings.ROOT_URLCONF = __name__

__all__ = ["application", "urlpatterns"]
