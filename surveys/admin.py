"""Surveys, read only: an answer is its giver's."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from surveys.models import Survey


@admin.register(Survey)
class SurveyAdmin(ReadOnlyAdmin):
    list_display = ["id", "ticket", "recipient", "score", "answered_at", "sent_at", "skipped"]
    list_filter = ["score", "skipped"]
    list_select_related = ["ticket", "recipient"]
    search_fields = ["=ticket__number"]
