"""People and teams, read only: the pages under /account/people/ change them and tell the ledger."""

from django.contrib import admin
from django.contrib.auth.admin import Group  # that module registers it, and has to come first

from accounts.models import ApiToken, Department, Organisation, Team, User
from core.admin import ReadOnlyAdmin

# Rights come from roles and teams; Django's groups would be a second, unheard door to them.
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ["username", "name", "email", "organisation", "roles", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser", "organisation"]
    list_select_related = ["organisation"]
    search_fields = ["search_keys"]
    exclude = ["password", "groups", "user_permissions", "search_keys"]


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    list_display = ["name", "user", "prefix", "scopes", "expires_at", "last_used_at", "revoked_at"]
    list_select_related = ["user"]
    search_fields = ["name", "user__search_keys"]
    exclude = ["digest"]


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ["slug", "name", "kind", "is_active"]


@admin.register(Department)
class DepartmentAdmin(ReadOnlyAdmin):
    list_display = ["slug", "name", "organisation", "parent", "head"]
    list_select_related = ["organisation", "parent", "head"]


@admin.register(Team)
class TeamAdmin(ReadOnlyAdmin):
    list_display = ["slug", "name", "line", "lead", "parent", "is_active"]
    list_select_related = ["lead", "parent"]
