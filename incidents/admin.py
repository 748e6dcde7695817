"""Incidents, read only: the desk works them."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from incidents.models import Incident


@admin.register(Incident)
class IncidentAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "state", "priority", "escalation_level", "reassignment_count", "reopen_count"]
    list_filter = ["state"]
    search_fields = ["=number", "title"]
