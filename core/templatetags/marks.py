"""The small marks that a list shows by the hundred, in Python: a template component costs ten times as much.

Each is pure: what it needs is loaded by the caller.
"""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.templatetags.presentation import (
    avatar_tone,
    due_words,
    exact,
    icon,
    initials,
    relative,
    short_date,
    span_words,
)

register = template.Library()

# Colour and shape of a priority: colour is never the only sign.
PRIORITY_SIGNS = {1: ("red", "urgent"), 2: ("orange", "arrow-up"), 3: ("blue", "equal"), 4: ("grey", "arrow-down")}
# Colour and icon of a clock that no longer counts down.
CHIP_SIGNS = {
    "breached": ("red", "alert-triangle"),
    "paused": ("grey", "player-pause"),
    "met": ("green", "circle-check"),
}


@register.simple_tag
def moment(at, form="relative"):
    """An instant: `relative` (kept fresh by the browser), `due` (today 17:30) or `date`; to the second on hover."""
    if not at:
        return ""
    return format_html(
        '<time datetime="{}" title="{}"{}>{}</time>',
        timezone.localtime(at).isoformat(),
        exact(at),
        mark_safe(" data-relative") if form == "relative" else "",
        {"relative": relative, "due": due_words, "date": short_date}[form](at),
    )


@register.simple_tag
def priority(level):
    """Priority `level`, 1 (critical) to 4 (low): colour, shape and number."""
    colour, shape = PRIORITY_SIGNS[level]
    return format_html(
        '<span class="priority tone-{}" title="{} {}">{}P{}</span>',
        colour,
        _("Priority"),
        level,
        icon(shape, "sm"),
        level,
    )


@register.simple_tag
def sla_chip(chip):
    """A clock (`sla.selectors.Chip`) as text, icon and colour, amber in the last quarter; its terms on hover."""
    colour, shape = CHIP_SIGNS.get(chip.state) or ("yellow" if (chip.percent or 0) >= 75 else "blue", "clock")
    terms = [chip.label, f"{span_words(chip.target)} · {chip.agreement} · {chip.calendar}"]
    if chip.due_at:
        terms.append(pgettext("sla", "due") + " " + exact(chip.due_at))
    return format_html(
        '<span class="sla-chip tone-{}" data-sla="{}" title="{}">{}{}</span>',
        colour,
        chip.state,
        " · ".join(terms),
        icon(shape, "sm"),
        _chip_words(chip),
    )


def _chip_words(chip):
    if chip.state == "paused":
        return pgettext("sla", "paused")
    if chip.state == "met":
        return pgettext("sla", "met")
    if chip.state != "breached":
        return pgettext("sla", "%(span)s left") % {"span": span_words(chip.remaining)}
    if chip.remaining is None:
        return pgettext("sla", "missed")
    return pgettext("sla", "late %(span)s") % {"span": span_words(chip.remaining)}


@register.simple_tag
def avatar(name, small=False):
    """A dot with initials, beside a name: it says nothing to a screen reader."""
    return format_html(
        '<span class="avatar-dot tone-{}{}" aria-hidden="true">{}</span>',
        avatar_tone(name),
        " is-small" if small else "",
        initials(name),
    )


@register.simple_tag
def person(user, department=False):
    """A name, with the star of a VIP and, when asked for, the department (loaded by the caller)."""
    star = (
        format_html(' <span class="vip">{}</span>', icon("star-filled", "sm icon-filled", _("VIP")))
        if user.is_vip
        else ""
    )
    place = (
        format_html(' <span class="person-more">{}</span>', user.department) if department and user.department else ""
    )
    return format_html('<span><span class="person-name">{}</span>{}{}</span>', user.display_name, star, place)
