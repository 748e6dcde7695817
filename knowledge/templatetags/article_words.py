"""What happened to an article, in words."""

from django import template
from django.utils.translation import gettext_lazy as _

from knowledge.vocabulary import Language

register = template.Library()

_WORDS = {
    "drafted": _("Draft begun"),
    "edited": _("Text changed"),
    "followed": _("Follows a newer original"),
    "described": _("Particulars changed"),
    "illustrated": _("File added"),
    "file_removed": _("File removed"),
    "submitted": _("Submitted for review"),
    "checked": _("Checklist answered"),
    "sent_back": _("Sent back to the author"),
    "taken_back": _("Taken back"),
    "scheduled": _("Approved for a date"),
    "held_up": _("Could not be published at its time"),
    "published": _("Published"),
    "superseded": _("Replaced by the next version"),
    "review_due": _("To be looked at again"),
    "review_reminded": _("Reminded to look at it again"),
    "review_escalated": _("Escalated: nobody looked at it again"),
    "confirmed": _("Confirmed"),
    "proposed_for_retirement": _("Proposed to retire"),
    "kept": _("Kept"),
    "retired": _("Retired"),
    "discarded": _("Discarded"),
    "rated": _("Rated by a reader"),
    "follow_up_opened": _("To be followed up"),
    "follow_up_answered": _("Follow-up answered"),
}


@register.filter
def article_event(name):
    """The words of an event of an article: `article.submitted` is “Submitted for review”."""
    return _WORDS.get(name.partition(".")[2], name)


@register.filter
def language_name(code):
    """How a language of articles calls itself: `en` is “English”."""
    return Language(code).label if code in Language else code


@register.filter
def article_keys(versions) -> str:
    """The keys of the articles of some versions, as a form sends them: “7,12”."""
    return ",".join(str(version.article_id) for version in versions)
