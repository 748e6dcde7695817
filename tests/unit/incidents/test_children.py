"""A parent carries its children, whoever solves it."""

from incidents import services as incidents
from tickets import services as tickets


def test_second_line_resolves_children_that_wait_with_another_team(cast):
    parent = incidents.report_incident(actor=cast.zhao_min, title="全厂断网", service=cast.erp)
    child = incidents.report_incident(actor=cast.li_na, title="上不了网", service=cast.erp)
    tickets.set_parent(child, parent, actor=cast.zhang_wei)
    tickets.take_transition(child, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    parent = tickets.take_transition(parent, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    values = {"team": cast.network, "note": "核心交换机失联"}
    parent = tickets.take_transition(parent, "escalate", actor=cast.zhang_wei, values=values)
    tickets.take_transition(parent, "claim", actor=cast.chen_hao)
    tickets.take_transition(parent, "start", actor=cast.chen_hao)
    resolution = {"resolution_code": "fixed", "resolution_notes": "更换电源"}
    tickets.take_transition(parent, "resolve", actor=cast.chen_hao, values=resolution)
    child.refresh_from_db()
    assert child.state == "resolved"
    assert child.resolution_code == "by_parent"
