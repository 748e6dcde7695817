"""Pages about clocks, agreements, calendars and escalation."""

from django.urls import include, path

from sla.views import (
    agreement_negotiating,
    agreement_writing,
    agreements,
    audit,
    calendar_editor,
    calendars,
    calling,
    escalations,
    home,
    policies,
    receipt,
    simulator,
    what_if,
)

app_name = "sla"

VERSION = [
    path("", agreements.version_page, name="agreement_version"),
    path("scope/", agreement_writing.scope, name="agreement_scope"),
    path("targets/", agreement_writing.targets, name="agreement_targets"),
    path("clauses/new/", agreement_writing.clause, name="new_clause"),
    path("clauses/<int:clause>/", agreement_writing.clause, name="clause"),
    path("clauses/<int:clause>/up/", agreement_writing.move_clause, {"places": -1}, name="raise_clause"),
    path("clauses/<int:clause>/down/", agreement_writing.move_clause, {"places": 1}, name="lower_clause"),
    path("clauses/<int:clause>/remove/", agreement_writing.remove_clause, name="remove_clause"),
    path("steps/<slug:step>/", agreement_negotiating.take_step, name="agreement_step"),
    path("remarks/", agreement_negotiating.remark, name="remark"),
    path("remarks/<int:remark>/<slug:answer>/", agreement_negotiating.answer_remark, name="answer_remark"),
    path("sign/", agreement_negotiating.sign, name="sign_agreement"),
    path("carry-over/", agreement_negotiating.carry_over, name="carry_over_agreement"),
    path("difference/", agreements.difference_page, name="agreement_difference"),
    path("dry-run/", agreements.dry_run, name="agreement_dry_run"),
    path("document/", agreements.document, name="agreement_document"),
]

urlpatterns = [
    path("", home.home, name="home"),
    # -- agreements
    path("agreements/", agreements.agreement_list, name="agreements"),
    path("agreements/new/", agreement_writing.new_agreement, name="new_agreement"),
    path("agreements/<int:agreement>/", agreements.agreement_page, name="agreement"),
    path("agreements/<int:agreement>/edit/", agreement_writing.edit_agreement, name="edit_agreement"),
    path("agreements/<int:agreement>/new-version/", agreement_writing.new_version, name="new_agreement_version"),
    path("agreements/<int:agreement>/v/<int:v>/", include(VERSION)),
    # -- calendars
    path("calendars/", calendars.calendar_list, name="calendars"),
    path("calendars/new/", calendar_editor.edit_calendar, name="new_calendar"),
    path("calendars/<int:pk>/", calendars.calendar_page, name="calendar"),
    path("calendars/<int:pk>/edit/", calendar_editor.edit_calendar, name="edit_calendar"),
    path("calendars/<int:pk>/progress/", calendars.calendar_progress, name="calendar_progress"),
    path("calendars/<int:pk>/zone-rules/", calendars.follow_zone_rules, name="follow_zone_rules"),
    # -- policies, rosters, the escalation log
    path("policies/", policies.policy_list, name="policies"),
    path("policies/new/", policies.policy_page, name="new_policy"),
    path("policies/<int:pk>/", policies.policy_page, name="policy"),
    path("policies/<int:pk>/remove/", policies.remove_policy, name="remove_policy"),
    path("escalations/", escalations.log, name="escalations"),
    path("escalations/<int:pk>/acknowledge/", escalations.acknowledge, name="acknowledge"),
    path("calls/", escalations.calls, name="calls"),
    path("calls/<str:token>/", calling.answer_call, name="answer_call"),
    # -- receipts, simulator, what-if, audit
    path("receipt/<int:ticket_id>/", receipt.receipt, name="receipt"),
    path("simulator/", simulator.simulator, name="simulator"),
    path("what-if/", what_if.what_if, name="what_if"),
    path("what-if/<int:pk>/", what_if.replay, name="replay"),
    path("audit/", audit.audit, name="audit"),
]
