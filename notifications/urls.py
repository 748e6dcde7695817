"""Routes of notifications."""

from django.urls import path

from notifications.views import answers, bell, chats, mailbox, outbox, preferences, votes

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
    path("chats/", chats.channels, name="chats"),
    path("chats/new/", chats.channel, name="new_chat"),
    path("chats/<int:pk>/", chats.channel, name="chat"),
    path("chats/<int:pk>/try/", chats.try_channel, name="try_chat"),
    path("chats/mine/", chats.own_channel, name="own_chat"),
    path("chats/mine/try/", chats.try_own_channel, name="try_own_chat"),
    path("chats/stuck/<int:pk>/retry/", chats.retry, name="retry_chat_message"),
    path("chats/stuck/<int:pk>/drop/", chats.drop, name="drop_chat_message"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/held/release/", outbox.release_held, name="release_held"),
    path("outbox/<int:pk>/release/", outbox.release, name="release"),
    path("outbox/<int:pk>/discard/", outbox.discard, name="discard"),
    path("confirm/<str:token>/", answers.confirm, name="confirm"),
    path("vote/<str:token>/", votes.vote, name="vote"),
    path("reopen/<str:token>/", answers.reopen, name="reopen"),
]
