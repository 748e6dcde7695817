"""Words about tickets for templates."""

from django import template

from tickets.sentences import Names, sentence

register = template.Library()


@register.filter
def event_sentence(event):
    """What an event says, without its actor; empty for none."""
    return sentence(event, Names([event])) if event else ""
