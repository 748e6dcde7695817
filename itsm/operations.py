"""What an operator's tools ask: readiness, metrics."""

urlpatterns = []
