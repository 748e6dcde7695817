"""Thousands of tickets out of one, with everything that its ledger and its clocks hold, made inside the database."""

from django.db import connection

from events.models import Event
from incidents.models import Incident
from sla.models import Clock, Ruling, Segment
from tickets.models import Ticket


def copy_ticket(template, count) -> list[int]:
    """Insert `count` copies of an incident, its events, clocks, rulings and account; returns the tickets' keys."""
    of_ticket = f"ticket_id = {template.pk}"
    of_clock = f"clock_id IN (SELECT id FROM sla_clock WHERE {of_ticket})"
    of_events = f"subject_kind = 'ticket' AND subject_id = {template.pk}"
    ticket, event, clock, ruling, segment = (
        _numbered_on(model, rows)
        for model, rows in (
            (Ticket, f"id = {template.pk}"), (Event, of_events), (Clock, of_ticket), (Ruling, of_clock),
            (Segment, of_clock),
        )
    )  # fmt: skip
    _copy(Ticket, f"id = {template.pk}", count, id=ticket("id"), number="number || '-' || n")
    _copy(Incident, f"ticket_ptr_id = {template.pk}", count, ticket_ptr_id=ticket("ticket_ptr_id"))
    _copy(Event, of_events, count, id=event("id"), subject_id=ticket("subject_id"), digest="''")
    _copy(Clock, of_ticket, count, id=clock("id"), ticket_id=ticket("ticket_id"))
    _copy(Ruling, of_clock, count, id=ruling("id"), clock_id=clock("clock_id"), after_id=event("after_id"))
    _copy(Segment, of_clock, count, id=segment("id"), clock_id=clock("clock_id"), cause_id=event("cause_id"))
    return list(Ticket.objects.order_by("-pk").values_list("pk", flat=True)[:count])[::-1]


def _numbered_on(model, condition):
    """Of a column that holds keys of the template's rows: the expression for the keys of their nth copies."""
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f"SELECT min(id), max(id), (SELECT max(id) FROM {table}) FROM {table} WHERE {condition}")
        low, high, last = cursor.fetchone()
    if low is None:
        return lambda column: "NULL::bigint"
    return lambda column: f"{column} + {last + 1 - low} + (n - 1) * {high - low + 1}"


def _copy(model, condition, count, **changed):
    columns = [field.column for field in model._meta.local_concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}, generate_series(1, %s) AS n "
            f"WHERE {condition} ORDER BY n, 1",
            [count],
        )
        if "id" in columns:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM {table}))", [table])
        cursor.execute(f"ANALYZE {table}")
