"""Counting requests for Prometheus.

Each web process counts for itself. Where several serve one address, set PROMETHEUS_MULTIPROC_DIR to an empty
directory of the start-up: /metrics then adds the processes up, whichever of them is asked.
"""

import time

from prometheus_client import Counter, Histogram

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
REQUESTS = Counter("itsm_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "itsm_request_seconds",
    "Time until the answer was ready.",
    ["method", "route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class MetricsMiddleware:
    """Labels are route templates, never addresses: their number stays small whatever strangers ask for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        response = self.get_response(request)
        match = getattr(request, "resolver_match", None)
        route = match.route if match else "unmatched"
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(method, route, str(response.status_code)).inc()
        SECONDS.labels(method, route).observe(time.perf_counter() - started)
        return response
