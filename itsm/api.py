"""The REST API: every resource on one page."""

urlpatterns = []
