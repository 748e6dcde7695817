"""The superuser's window on rows that have their own commands, or that nobody may ever change."""

from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """Look, search and filter; change nothing. Changes go through the services, which tell the ledger."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
