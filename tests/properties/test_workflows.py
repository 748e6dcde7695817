"""Random walks through every life cycle: no walk leaves the table, and what is offered can be taken."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Refused
from incidents import services as incidents
from incidents.workflow import INCIDENT
from tickets import services as tickets

pytestmark = pytest.mark.django_db
NAMES = [transition.name for transition in INCIDENT.transitions]
ACTORS = ["li_na", "zhao_min", "zhang_wei", "chen_hao", "wang_fang", "admin", "stranger"]


def values_for(name, cast):
    return {
        "assign": {"team": cast.network},
        "escalate": {"team": cast.database, "note": "tried everything"},
        "send_back": {"note": "not ours"},
        "requeue": {"reason": "wrong team"},
        "hold": {"pending_reason": "vendor"},
        "resolve": {"resolution_code": "fixed", "resolution_notes": "done"},
        "reopen": {"reason": "still broken"},
        "cancel": {"reason": "mistake"},
    }.get(name, {})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(ACTORS)), max_size=12))
def test_incident_walk_stays_inside_the_table(cast, steps):
    incident = incidents.report_incident(actor=cast.li_na, title="walk", service=cast.erp)
    version = incident.version
    for name, who in steps:
        actor, before = getattr(cast, who), incident.state
        offered = name in [t.name for t in INCIDENT.available(actor, incident)]
        try:
            incident = tickets.take_transition(incident, name, actor=actor, values=values_for(name, cast))
        except Refused:
            incident.refresh_from_db()
            assert (incident.state, incident.version) == (before, version)
            continue
        transition = INCIDENT.get(name)
        assert offered
        assert before in {state.key for state in transition.sources}
        assert incident.state == transition.target.key
        assert incident.version > version
        version = incident.version
        assert (incident.state == "pending") == bool(incident.pending_reason)
        assert incident.is_open == (incident.state not in ("resolved", "closed", "cancelled"))
        assert (incident.resolved_at is not None) == (incident.state in ("resolved", "closed"))
