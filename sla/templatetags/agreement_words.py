"""Words and forms of the pages about agreements."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sla.forms.agreements import RemarkForm
from sla.models import AgreementVersion, Clause
from sla.selectors.agreements import reason_words
from sla.vocabulary import HISTORY_WORDS, REOPEN_WORDS, RETARGET_WORDS

register = template.Library()

TONES = {
    "draft": "grey", "negotiating": "blue", "pending_signature": "purple", "active": "green", "under_review": "teal",
    "superseded": "grey", "expired": "orange", "terminated": "red", "discarded": "grey",
    "open": "yellow", "accepted": "green", "declined": "red", "withdrawn": "grey",
    "added": "green", "removed": "red", "changed": "yellow", "moved": "blue",
}  # fmt: skip


@register.simple_tag(takes_context=True)
def reads_agreements(context) -> bool:
    """Whether the portal leads its reader to agreements: only the people named in one. The desk has its own way."""
    user = context.get("user")
    if user is None or not user.is_authenticated or user.is_staff_member:
        return False
    return AgreementVersion.objects.visible_to(user).exists()


@register.filter
def state_tone(state):
    """The colour of a state of a version or a remark, or of a kind of difference."""
    return TONES.get(state, "grey")


@register.filter
def term(version) -> str:
    """From when until when it is in force; what is open is said in words."""
    begins, ends = version.starts_on, version.ends_on
    if begins and ends:
        return f"{begins} – {ends}"
    since = _("from %(day)s") % {"day": begins} if begins else _("from the day both sides have signed")
    until = _("until %(day)s") % {"day": ends} if ends else _("until superseded or terminated")
    return _("%(since)s, %(until)s") % {"since": since, "until": until}


@register.filter
def beside(remarks, row):
    """The remarks on a target or a clause; on the whole version without a row."""
    return remarks.get((row._meta.model_name, row.pk) if row else ("", 0), [])


@register.simple_tag(takes_context=True)
def remark_form_for(context, row=None):
    """An empty form for a remark on a row; the refused one where that was about this row."""
    about = (row._meta.model_name, row.pk) if row else ("", 0)
    if context.get("refused_about") == about:
        return context["refused_remark"]
    return RemarkForm(auto_id=f"id_{about[0]}{about[1]}_%s", **({about[0]: row} if row else {}))


@register.filter
def deed(event):
    """What happened, after the actor's name."""
    return HISTORY_WORDS.get(event.name.partition(".")[2], event.name)


@register.filter
def in_words(target, name):
    """One rule of a target: its pausing reasons, or what becomes of it at a change or a reopening."""
    if name == "pausing_reasons":
        return pgettext("between things listed", ", ").join(reason_words(target.pausing_reasons))
    return (REOPEN_WORDS if name == "on_reopen" else RETARGET_WORDS)[getattr(target, name)]


@register.filter
def row_kind(row):
    """The name under which a form says what its remark is about: target or clause."""
    return row._meta.model_name


@register.filter
def version_of(versions, pk):
    """A version out of {id: version}, or that none applies."""
    return versions.get(pk) or _("No agreement applies")


@register.filter
def texts_of(document, section):
    """The document's clauses of a section."""
    return document.clauses.get(section, [])


@register.filter
def section_name(section):
    return Clause.Section(section).label
