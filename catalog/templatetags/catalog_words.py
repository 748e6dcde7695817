"""Words of definitions for templates."""

from django import template

from catalog.selectors import answers

register = template.Library()


@register.simple_tag
def said(text):
    """A text that is written in both languages, in the reader's."""
    return answers.said(text)
