"""Agreements, calendars and clocks, read only: versions are immutable and clocks belong to the engine."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from sla.models import Agreement, AgreementVersion, Calendar, CalendarVersion, Clock, Firing, Segment, Target


@admin.register(Calendar)
class CalendarAdmin(ReadOnlyAdmin):
    list_display = ["slug", "name", "organisation"]
    list_select_related = ["organisation"]


@admin.register(CalendarVersion)
class CalendarVersionAdmin(ReadOnlyAdmin):
    list_display = ["calendar", "number", "zone", "valid_through", "created_at"]
    list_select_related = ["calendar"]


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ["slug", "name", "kind", "customer", "rank"]
    list_select_related = ["customer"]


@admin.register(AgreementVersion)
class AgreementVersionAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "number", "state", "active_from", "created_at"]
    list_select_related = ["agreement"]


@admin.register(Target)
class TargetAdmin(ReadOnlyAdmin):
    list_display = ["version", "metric", "kind", "priority", "seconds", "calendar"]
    list_select_related = ["version__agreement", "calendar"]


@admin.register(Clock)
class ClockAdmin(ReadOnlyAdmin):
    list_display = ["id", "ticket", "metric", "stage", "outcome", "due_at", "next_at", "is_breached"]
    list_filter = ["metric", "stage"]
    list_select_related = ["ticket"]
    search_fields = ["=ticket__number"]


@admin.register(Segment)
class SegmentAdmin(ReadOnlyAdmin):
    list_display = ["id", "clock", "stage", "start_at", "end_at", "seconds", "is_superseded"]
    list_select_related = ["clock__ticket"]
    search_fields = ["=clock__ticket__number"]


@admin.register(Firing)
class FiringAdmin(ReadOnlyAdmin):
    list_display = ["id", "clock", "pct", "due_at", "fired_at", "lateness", "notify", "is_withdrawn"]
    list_select_related = ["clock__ticket"]
    search_fields = ["=clock__ticket__number"]
