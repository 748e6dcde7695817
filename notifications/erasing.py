"""Forgetting somebody in mails and chat lines to others: about their tickets, or about what they did."""

from django.db.models import Q

from notifications.models import ChatMessage, Mail


def erase(person, identity):
    about = Q(ticket__requester=person) | Q(event__actor=person)
    identity.scrub(Mail._base_manager.filter(about), "subject", "text", "html")
    identity.scrub(ChatMessage._base_manager.filter(about), "text")
