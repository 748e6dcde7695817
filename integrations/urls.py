"""Routes of integrations."""

from django.urls import path

from integrations.views import letters, mailboxes

app_name = "integrations"

urlpatterns = [
    path("mailboxes/", mailboxes.mailbox_list, name="mailboxes"),
    path("mailboxes/new/", mailboxes.mailbox_page, name="new_mailbox"),
    path("mailboxes/<int:pk>/", mailboxes.mailbox_page, name="mailbox"),
    path("mailboxes/<int:pk>/try/", mailboxes.try_mailbox, name="try_mailbox"),
    path("letters/", letters.letter_list, name="letters"),
    path("letters/<int:pk>/", letters.letter_page, name="letter"),
    path("letters/<int:pk>/raw/", letters.raw, name="raw_letter"),
    path("letters/<int:pk>/replay/", letters.replay, name="replay_letter"),
]
