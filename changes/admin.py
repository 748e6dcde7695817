"""Changes, read only: the desk works them. The questions about risk and who is asked on which score are kept here."""

from django.contrib import admin

from changes.models import Change, RiskQuestion, RiskRoute
from core.admin import ReadOnlyAdmin


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "type", "state", "planned_start", "planned_end", "outcome"]
    list_filter = ["type", "state", "outcome"]
    search_fields = ["=number", "title"]


@admin.register(RiskQuestion)
class RiskQuestionAdmin(admin.ModelAdmin):
    """What was answered stays readable: a question is taken out of use, never deleted."""

    list_display = ["slug", "name", "position", "is_active"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(RiskRoute)
class RiskRouteAdmin(admin.ModelAdmin):
    list_display = ["name", "from_score", "asked"]
