"""Problems, read only: the desk works them."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from problems.models import Problem


@admin.register(Problem)
class ProblemAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "state", "closing_code", "watch_until"]
    list_filter = ["state", "closing_code"]
    search_fields = ["=number", "title"]
