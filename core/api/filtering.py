"""Declared filters: a value that cannot be read is an error, never ignored."""

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend

from core.api.problems import BadQuery

MAX_ID = 2**63 - 1
MAX_VALUES = 50


class DeclaredFilters(DjangoFilterBackend):
    """The filters that a view declares with `filterset_class`; a value they cannot read is a 400 that names it."""

    def filter_queryset(self, request, queryset, view):
        if not view.is_list:
            return queryset
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            raise BadQuery(filterset.errors)
        return filterset.qs


class _Flag(forms.Field):
    def clean(self, value):
        if value in (None, ""):
            return None
        if value not in ("true", "false"):
            raise forms.ValidationError(_("Write true or false."))
        return value == "true"


class FlagFilter(filters.Filter):
    """`true` or `false`; with `lookup_expr="isnull"` and `exclude=True`, whether there is a value at all."""

    field_class = _Flag


class IdFilter(filters.NumberFilter):
    """The id of a related row."""

    field_class = forms.IntegerField

    def get_max_validator(self):
        return None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, min_value=1, max_value=MAX_ID, **kwargs)


class PersonIdFilter(filters.CharFilter):
    """The id of a person, or `me`."""

    def filter(self, queryset, value):
        if value == "me":
            value = self.parent.request.user.pk
        return super().filter(queryset, value)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, validators=[_me_or_id], **kwargs)


def _me_or_id(value):
    if value != "me" and not (value.isascii() and value.isdigit() and len(value) <= 18):
        raise forms.ValidationError(_("Write the id of a person, or me."))


class _Words(forms.Field):
    def __init__(self, *, choices, **kwargs):
        super().__init__(**kwargs)
        self.listed = choices

    @property
    def choices(self):
        return {str(value) for value, _label in (self.listed() if callable(self.listed) else self.listed)}

    def clean(self, value):
        words = [word for word in (value or "").split(",") if word]
        choices = self.choices
        if len(words) > MAX_VALUES or not set(words) <= choices:
            message = _("Values, separated by commas, from: %(values)s.")
            raise forms.ValidationError(message % {"values": ", ".join(sorted(choices))})
        return words


class WordsFilter(filters.Filter):
    """One or several values of a closed list (`choices`, or a function that gives them), separated by commas."""

    field_class = _Words

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, lookup_expr="in", choices=choices, **kwargs)
