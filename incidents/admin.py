"""Incidents, read only: the desk works them; and the rules by which major ones are proposed."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from incidents.models import Incident, MajorRule


@admin.register(Incident)
class IncidentAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "state", "priority", "escalation_level", "reassignment_count", "reopen_count"]
    list_filter = ["state"]
    search_fields = ["=number", "title"]


@admin.register(MajorRule)
class MajorRuleAdmin(admin.ModelAdmin):
    list_display = ["name", "reports", "minutes", "criticality", "priority", "is_active"]
