"""Routes of skills and training, below /learning/."""

from django.urls import path

from training.views import people, reports

app_name = "training"

urlpatterns = [
    path("", people.me, name="me"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/skills/<int:skill>/remove/", people.forget, name="forget"),
    path("claims/<int:pk>/confirm/", people.confirm, name="confirm-claim"),
    path("claims/<int:pk>/decline/", people.decline, name="decline-claim"),
    path("teams/", reports.matrix, name="matrix"),
    path("gaps/", reports.gaps, name="gaps"),
]
