"""What was told to whom, read only. The words of a mail stay out: some carry a link that lets its reader in."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from notifications.models import Mail, Notification, Preference


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    list_display = ["id", "address", "kind", "subject", "state", "attempts", "created_at", "sent_at", "last_error"]
    list_filter = ["state", "kind"]
    search_fields = ["=address", "subject"]
    exclude = ["text", "html"]


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = ["id", "user", "kind", "ticket", "created_at", "read_at"]
    list_select_related = ["user", "ticket"]


@admin.register(Preference)
class PreferenceAdmin(ReadOnlyAdmin):
    list_display = ["user", "kind", "way", "is_on"]
    list_select_related = ["user"]
