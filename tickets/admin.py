"""Tickets, read only; categories and the priority matrix are kept here."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from tickets.models import Attachment, Category, Comment, PriorityRule, SavedView, Ticket


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["slug", "name", "parent", "default_team", "is_active"]
    list_select_related = ["parent", "default_team"]
    search_fields = ["slug", "name_zh", "name_en"]


@admin.register(PriorityRule)
class PriorityRuleAdmin(admin.ModelAdmin):
    """The matrix: its nine cells always exist, only their priority changes."""

    list_display = ["impact", "urgency", "priority"]
    readonly_fields = ["impact", "urgency"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Ticket)
class TicketAdmin(ReadOnlyAdmin):
    list_display = ["number", "kind", "title", "state", "priority", "requester", "team", "assignee", "created_at"]
    list_filter = ["kind", "state"]
    list_select_related = ["requester", "team", "assignee"]
    search_fields = ["=number", "title"]


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = ["id", "ticket", "author", "is_internal", "created_at"]
    list_select_related = ["ticket", "author"]
    search_fields = ["=ticket__number"]


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    """Names only: files are served by the portal, which checks who asks."""

    list_display = ["id", "ticket", "name", "size", "is_internal"]
    list_select_related = ["ticket"]
    fields = ["ticket", "name", "size", "is_internal"]
    search_fields = ["=ticket__number", "name"]


@admin.register(SavedView)
class SavedViewAdmin(ReadOnlyAdmin):
    list_display = ["name", "owner", "audience", "team", "query"]
    list_select_related = ["owner", "team"]
