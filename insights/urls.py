"""Routes of insights."""

from django.urls import path

from insights.views import lists, overview

app_name = "insights"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("tickets/", lists.tickets, name="tickets"),
    path("tickets.csv", lists.export, name="export"),
]
