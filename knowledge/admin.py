"""Articles, read only: writing and reviewing have pages of their own."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from knowledge.models import Article, ArticleVersion, Confirmation, Feedback, FollowUp, HelpSession


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = ["number", "kind", "service", "owner", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["service", "owner"]


@admin.register(ArticleVersion)
class ArticleVersionAdmin(ReadOnlyAdmin):
    list_display = ["title", "article", "language", "number", "state", "author", "reviewer", "review_by"]
    list_filter = ["state", "language"]
    list_select_related = ["article", "author", "reviewer"]
    search_fields = ["title"]


@admin.register(Feedback)
class FeedbackAdmin(ReadOnlyAdmin):
    list_display = ["version", "user", "is_helpful", "created_at"]
    list_select_related = ["version", "user"]


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin):
    list_display = ["version", "given_by", "readers", "outcome", "opened_at", "answered_at"]
    list_filter = ["outcome"]
    list_select_related = ["version", "given_by"]


@admin.register(HelpSession)
class HelpSessionAdmin(ReadOnlyAdmin):
    list_display = ["words", "outcome", "started_at"]
    list_filter = ["outcome"]


@admin.register(Confirmation)
class ConfirmationAdmin(ReadOnlyAdmin):
    list_display = ["version", "due_on", "stage", "escalated_to", "opened_at", "closed_at", "outcome"]
    list_filter = ["stage", "outcome"]
    list_select_related = ["version", "escalated_to"]
