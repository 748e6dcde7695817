"""Forgetting somebody here: mails and news to them, how they wished to be told, and their name in mails to others."""

from django.db.models import Q

from notifications.models import ChatChannel, ChatMessage, Mail, MailHours, Notification, Preference


def erase(person, identity):
    for model in (Mail, Notification, Preference, MailHours, ChatChannel):
        model._base_manager.filter(user=person).delete()
    about = Q(ticket__requester=person) | Q(event__actor=person)
    identity.scrub(Mail._base_manager.filter(about), "subject", "text", "html")
    identity.scrub(ChatMessage._base_manager.filter(about), "text")
