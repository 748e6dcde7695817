"""Routes of insights."""

from django.urls import path

app_name = "insights"

urlpatterns = []
