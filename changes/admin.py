"""Changes, read only: the desk works them."""

from django.contrib import admin

from changes.models import Change
from core.admin import ReadOnlyAdmin


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "type", "state", "planned_start", "planned_end", "outcome"]
    list_filter = ["type", "state", "outcome"]
    search_fields = ["=number", "title"]
