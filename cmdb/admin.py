"""Services and items: kept here until they have pages of their own."""

from django.contrib import admin

from cmdb.models import ConfigurationItem, Service


@admin.register(ConfigurationItem)
class ConfigurationItemAdmin(admin.ModelAdmin):
    list_display = ["slug", "name", "item_class", "criticality", "organisation", "support_team", "is_active"]
    list_filter = ["item_class", "state", "is_active"]
    list_select_related = ["item_class", "organisation", "support_team"]
    search_fields = ["slug", "name_zh", "name_en"]
    autocomplete_fields = ["owner", "used_by"]
    raw_id_fields = ["location"]


@admin.register(Service)
class ServiceAdmin(ConfigurationItemAdmin):
    list_display = ["slug", "name", "support_team", "is_offered", "position", "is_active"]
    list_filter = ["is_offered", "is_active"]
