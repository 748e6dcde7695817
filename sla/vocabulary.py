"""The closed word lists of service levels: what becomes of a clock when its terms change or its ticket reopens."""

from django.utils.translation import gettext_lazy as _

# Keyed as `Retarget` and `Reopen` of sla/engine/policy.py.
RETARGET_WORDS = {
    "retroactive": _("Judge the whole ticket anew"),
    "carry": _("Keep what was counted, go on under the new terms"),
    "restart": _("Start again at zero"),
}
REOPEN_WORDS = {
    "resume": _("Go on where it stopped"),
    "continuous": _("Count the time in between as well"),
    "restart": _("Start again at zero"),
    "final": _("Stay stopped"),
}
# What happened to an agreement, by the event's name after `agreement.`.
HISTORY_WORDS = {
    "created": _("wrote the first draft"),
    "edited": _("changed names, owner or rank"),
    "version_created": _("started this version as a copy"),
    "version_edited": _("changed the content"),
    "sent": _("sent it to the other side"),
    "remarked": _("made a remark"),
    "remark_accepted": _("accepted a remark"),
    "remark_declined": _("declined a remark"),
    "remark_withdrawn": _("withdrew a remark"),
    "submitted": _("submitted it for signature"),
    "reopened": _("asked for changes"),
    "taken_back": _("took it back to draft"),
    "signed": _("signed"),
    "put_in_force": _("put it in force"),
    "review_started": _("started the review"),
    "kept": _("ended the review and kept it"),
    "review_due": _("reminded of the review"),
    "expiring": _("reminded that it ends soon"),
    "expired": _("ended it: its last day is over"),
    "terminated": _("terminated it"),
    "discarded": _("discarded the draft"),
}
