"""Routes of notifications."""

from django.urls import path

from notifications.views import answers, bell, mailbox, outbox, preferences, votes

app_name = "notifications"

urlpatterns = [
    path("", bell.page, name="list"),
    path("bell/", bell.bell, name="bell"),
    path("<int:pk>/", bell.follow, name="follow"),
    path("<int:pk>/read/", bell.read, name="read"),
    path("read/", bell.read_all, name="read_all"),
    path("choices/", preferences.preferences, name="preferences"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", mailbox.letter, name="mail"),
    path("mailbox/<int:pk>/html/", mailbox.letter_html, name="mail_html"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/held/release/", outbox.release_held, name="release_held"),
    path("outbox/<int:pk>/release/", outbox.release, name="release"),
    path("outbox/<int:pk>/discard/", outbox.discard, name="discard"),
    path("confirm/<str:token>/", answers.confirm, name="confirm"),
    path("vote/<str:token>/", votes.vote, name="vote"),
    path("reopen/<str:token>/", answers.reopen, name="reopen"),
]
