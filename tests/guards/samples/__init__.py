"""One object of everything that a route can name, and which parameter of which route names it.

Each module has `samples(cast, world)`, which answers values by "route.parameter", by "namespace:.parameter" or by
the parameter's name. `world` carries what is shared: whatever one module makes, a later one finds there.
"""

from types import SimpleNamespace

from tests.guards.samples import (
    agreements,
    catalog,
    changes,
    conversation,
    desk,
    items,
    knowledge,
    letters,
    people,
    problems,
    recurring,
    training,
)

# In this order: what stands below is made from what stands above.
MODULES = (
    conversation,
    desk,
    people,
    letters,
    agreements,
    knowledge,
    items,
    catalog,
    changes,
    problems,
    recurring,
    training,
)


def make_samples(cast, incident):
    """A value for every parameter of every route."""
    world = SimpleNamespace(incident=incident, ticket=incident.ticket_ptr, at=incident.created_at)
    values = {
        "number": incident.number,
        "ticket_id": incident.pk,
        "name": "resolve",
        "score": 5,
        "uidb64": "MQ",
        "token": "not-a-token",
        "code": "not-a-code",
        "handle": "0" * 16,
        "team": cast.desk.pk,
        "user": cast.zhang_wei.pk,
    }
    for module in MODULES:
        values |= module.samples(cast, world)
    return values


def url_of(route, samples):
    space = route.name.partition(":")[0]
    values = {
        p: next((samples[k] for k in (f"{route.name}.{p}", p, f"{space}:.{p}") if k in samples), None)
        for p in route.parameters
    }
    missing = [p for p, value in values.items() if value is None]
    assert not missing, f"{route.name or route.template} needs a sample for {missing} in tests/guards/samples/"
    return route.template.format(**values)
