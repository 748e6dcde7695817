"""Pages about clocks."""

from django.urls import path

from sla import views

app_name = "sla"

urlpatterns = [
    path("receipt/<int:ticket_id>/", views.receipt, name="receipt"),
]
