"""Who keeps the catalogue is let in; for everybody else there is no such page."""

from functools import wraps

from django.http import Http404

from catalog import rules
from catalog.models import RequestItem
from core.access import signed_in


def keeper_view(view):
    @signed_in
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not rules.keeps_catalogue(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def found(request, slug) -> RequestItem:
    items = RequestItem.objects.visible_to(request.user).select_related("category", "service", "owner", "team")
    item = items.select_related("current_form").filter(slug=slug).first()
    if item is None:
        raise Http404
    return item


def show(refusal, form) -> None:
    """Put a refusal at the fields of a form; what belongs to none of them on top."""
    for name, problems in (refusal.fields or {None: [refusal.message]}).items():
        known = name in form.fields
        for problem in problems:
            form.add_error(name if known else None, problem if known or not name else f"{name}: {problem}")
