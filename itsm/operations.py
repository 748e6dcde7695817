"""What an operator's tools ask: readiness and metrics. Strangers learn a word, the operator the figures."""

import hmac
import ipaddress
import os

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from itsm import health

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


@never_cache
@require_safe
def readyz(request):
    """503 when requests cannot be served; 200 and "degraded" when only what runs behind them suffers."""
    word, details = health.examine()
    body = {"status": word}
    if _is_operator(request):
        body |= details
    return JsonResponse(body, status=503 if word == "unavailable" else 200)


@never_cache
@require_safe
def metrics(request):
    """Prometheus' text format, for METRICS_TOKEN or from this machine; anybody else finds nothing here."""
    if not _is_operator(request):
        return HttpResponse("not found\n", status=404, content_type="text/plain")
    shared = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(shared)
        text = generate_latest(shared)
    else:
        text = generate_latest(REGISTRY)
    figures = CollectorRegistry()
    figures.register(health.Figures())
    return HttpResponse(text + generate_latest(figures), content_type=CONTENT_TYPE_LATEST)


def _is_operator(request) -> bool:
    """A bearer of METRICS_TOKEN, or a process of this machine that no proxy speaks for."""
    scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and settings.METRICS_TOKEN:
        return hmac.compare_digest(secret.encode(), settings.METRICS_TOKEN.encode())
    if any(header in request.META for header in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


urlpatterns = [path("readyz", readyz, name="readyz"), path("metrics", metrics, name="metrics")]
