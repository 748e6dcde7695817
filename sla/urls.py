"""Pages about clocks, agreements, calendars and escalation."""

from django.urls import path

from sla.views import home, receipt

app_name = "sla"

urlpatterns = [
    path("", home.home, name="home"),
    # -- agreements
    # -- calendars
    # -- policies, rosters, the escalation log
    # -- receipts, simulator, what-if, audit
    path("receipt/<int:ticket_id>/", receipt.receipt, name="receipt"),
]
