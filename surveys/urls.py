"""Routes of surveys."""

from django.urls import path, register_converter

from surveys.views import answers, follow_ups


class ScoreConverter:
    regex = "[1-5]"
    to_python = int
    to_url = str


register_converter(ScoreConverter, "score")

app_name = "surveys"

urlpatterns = [
    path("low-scores/", follow_ups.follow_ups, name="follow_ups"),
    path("low-scores/<int:pk>/acknowledge/", follow_ups.acknowledge, name="acknowledge"),
    path("ticket/<str:token>/<score:score>/", answers.rate_ticket, name="rate_ticket"),
    path("<str:code>/", answers.answer, name="answer"),
    path("<str:code>/<score:score>/", answers.rate, name="rate"),
]
