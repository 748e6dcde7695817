"""The ledger, read only: the database itself refuses anything else."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from events.models import DaySeal, Delivery, Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["id", "name", "subject_kind", "subject_id", "actor", "at", "request_id"]
    list_select_related = ["actor"]
    search_fields = ["=subject_id", "=name", "=request_id"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["id", "handler", "event", "state", "attempts", "not_before", "done_at", "last_error"]
    list_filter = ["state"]
    list_select_related = ["event"]


@admin.register(DaySeal)
class DaySealAdmin(ReadOnlyAdmin):
    list_display = ["day", "count", "digest", "sealed_at"]
