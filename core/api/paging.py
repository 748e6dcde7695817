"""Keyset paging: a page costs the same wherever it lies, and rows that arrive meanwhile shift nothing."""

import base64
import binascii
import json

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from core.api.problems import BadQuery

MAX_PAGE_SIZE = 100
DEFAULT_PAGE_SIZE = 25


class KeysetPagination(BasePagination):
    """`?cursor=` continues behind the last row of a page. There are no counts and no page numbers.

    The view declares `orderings` (allow-listed field names) and `default_ordering`; `?ordering=-name` chooses one.
    Ties are broken by primary key; rows without a value come last in either direction.
    """

    parameters = ("cursor", "page_size", "ordering")

    def paginate_queryset(self, queryset, request, view=None):
        self.request = request
        self.ordering = _chosen_ordering(request, view)
        size = _page_size(request)
        fields = _fields(queryset.model, self.ordering)
        if cursor := request.query_params.get("cursor"):
            queryset = queryset.filter(_behind(fields, _read_cursor(cursor, self.ordering, fields)))
        rows = list(queryset.order_by(*(_sorted_by(field, down) for field, down in fields))[: size + 1])
        self.next_cursor = _write_cursor(self.ordering, fields, rows[size - 1]) if len(rows) > size else None
        return rows[:size]

    def get_paginated_response(self, data):
        following = None
        if self.next_cursor:
            following = replace_query_param(self.request.build_absolute_uri(), "cursor", self.next_cursor)
        return Response({"next": following, "results": data})

    def get_paginated_response_schema(self, schema):
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {
                    "type": "string",
                    "format": "uri",
                    "nullable": True,
                    "description": "The following page, or null on the last one.",
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view):
        names = getattr(view, "orderings", ("id",))
        return [
            _parameter("cursor", {"type": "string"}, "Where to go on: taken from `next` of the page before."),
            _parameter(
                "page_size",
                {"type": "integer", "minimum": 1, "default": DEFAULT_PAGE_SIZE},
                f"Rows per page; more than {MAX_PAGE_SIZE} gives {MAX_PAGE_SIZE}.",
            ),
            _parameter(
                "ordering",
                {"type": "string", "enum": [sign + name for name in names for sign in ("", "-")]},
                f"Sort by one field; `-` turns it round. Default: `{getattr(view, 'default_ordering', 'id')}`.",
            ),
        ]


def _parameter(name, schema, description):
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


def _chosen_ordering(request, view):
    default = getattr(view, "default_ordering", "id")
    chosen = request.query_params.get("ordering") or default
    if chosen.removeprefix("-") not in getattr(view, "orderings", ("id",)):
        raise BadQuery({"ordering": [_("Choose one of the listed values.")]})
    return chosen


def _page_size(request):
    text = request.query_params.get("page_size") or str(DEFAULT_PAGE_SIZE)
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) > 0):
        raise BadQuery({"page_size": [_("A whole number from 1 to %(limit)s.") % {"limit": MAX_PAGE_SIZE}]})
    return min(int(text), MAX_PAGE_SIZE)


def _fields(model, ordering):
    """[(model field, descending)], the last one unique."""
    down, name = ordering.startswith("-"), ordering.removeprefix("-")
    field = model._meta.get_field(name)
    return [(field, down)] if field.unique else [(field, down), (model._meta.get_field("id"), down)]


def _sorted_by(field, down):
    if not field.null:
        return f"-{field.name}" if down else field.name
    return F(field.name).desc(nulls_last=True) if down else F(field.name).asc(nulls_last=True)


def _behind(fields, values):
    """Rows that come after one with these values."""
    (field, down), value = fields[0], values[0]
    if value is None:
        after = Q(pk__in=[])
    else:
        after = Q(**{f"{field.name}__{'lt' if down else 'gt'}": value})
        if field.null:
            after |= Q(**{f"{field.name}__isnull": True})
    if len(fields) == 1:
        return after
    same = Q(**{f"{field.name}__isnull": True}) if value is None else Q(**{field.name: value})
    return after | same & _behind(fields[1:], values[1:])


def _write_cursor(ordering, fields, row):
    values = [field.value_to_string(row) if field.value_from_object(row) is not None else None for field, _ in fields]
    return base64.urlsafe_b64encode(json.dumps([ordering, *values]).encode()).decode().rstrip("=")


def _read_cursor(text, ordering, fields):
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if found[0] != ordering or len(found) != len(fields) + 1:
            raise ValueError
        return [_value(field, value) for (field, _), value in zip(fields, found[1:], strict=True)]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, binascii.Error, ValidationError):
        raise BadQuery({"cursor": [_("This cursor does not belong to this list.")]}) from None


def _value(field, value):
    if value is None and field.null:
        return None
    if not isinstance(value, str) or "\0" in value or len(value) > 500:
        raise ValueError
    return field.to_python(value)
