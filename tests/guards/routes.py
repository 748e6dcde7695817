"""Every route of the system, flattened from the URL tree."""

import re
from dataclasses import dataclass

from django.urls import get_resolver
from django.urls.resolvers import RoutePattern, URLPattern, URLResolver

_PARAMETER = re.compile(r"<(?:(?P<converter>[^>:]+):)?(?P<name>\w+)>")
_GROUP = re.compile(r"\(\?P<(?P<name>\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)")


@dataclass(frozen=True)
class Route:
    """`template` has its parameters as {name}; `name` is the namespaced name or empty."""

    template: str
    name: str
    parameters: tuple[str, ...]


def all_routes() -> list[Route]:
    return sorted(_walk(get_resolver(), "/", ""), key=lambda route: route.template)


def _walk(resolver, prefix, namespace):
    for entry in resolver.url_patterns:
        path = prefix + _readable(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, path, inner)
        elif isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else ""
            yield Route(path, name, tuple(re.findall(r"{(\w+)}", path)))


def _readable(pattern) -> str:
    """A pattern with its parameters as {name}, without anchors."""
    if isinstance(pattern, RoutePattern):
        return _PARAMETER.sub(lambda m: f"{{{m['name']}}}", str(pattern))
    text = _GROUP.sub(lambda m: f"{{{m['name']}}}", str(pattern))
    return text.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\.", ".").replace("/?", "/")


def in_groups(routes, size):
    """The routes in order, `size` together."""
    return [routes[start : start + size] for start in range(0, len(routes), size)]


# What this project answers itself.
ROUTES = [route for route in all_routes() if not route.template.startswith(("/admin/", "/static/", "/__"))]
