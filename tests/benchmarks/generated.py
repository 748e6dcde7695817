"""Many tickets at once, made in the database from one real incident, so that every row has everything a row has."""

from django.db import connection

from accounts.models import User
from incidents.models import Incident
from sla.models import Clock
from tickets.models import Ticket

# Of eight tickets two are open: one waits for an owner, the other has one of the three teams and, mostly, an
# assignee. The rest is history. Deadlines of open tickets spread over ten days around now.
_OPEN = "(mod(n, 4) = 0 AND n < {open_below})"
_UNASSIGNED = "(mod(n, 8) = 0)"


def generate(
    template: Incident, count: int, *, teams, assignees, first: int = 0, open_below: int | None = None,
    words: str = "title || ' g' || n",
):  # fmt: skip
    """Insert `count` copies of the incident `template` and of its clocks, numbered from `first`.

    `teams` and `assignees` are primary keys; copies are dealt out to them in turn. From number `open_below` on all
    are closed: history that grows beside the same backlog. `words` is SQL for what copy `n` is found by. Statistics
    are refreshed.
    """
    is_open = _OPEN.format(open_below=first + count if open_below is None else open_below)
    base = Ticket.objects.order_by("-pk").values_list("pk", flat=True)[0]
    # n counts on from `first`, so that a second call continues the same pattern
    offset = base + 1 - first
    ticket = {
        "id": f"{offset} + n",
        "number": "'GEN' || lpad(n::text, 9, '0')",
        "title": "title || ' ' || n",
        "state": f"CASE WHEN NOT {is_open} THEN 'closed' WHEN {_UNASSIGNED} THEN 'new' "
        "WHEN mod(n, 16) = 4 THEN 'assigned' ELSE 'in_progress' END",
        "is_open": is_open,
        "priority": "1 + mod(n, 4)",
        "team_id": f"CASE WHEN {_UNASSIGNED} THEN NULL ELSE (ARRAY{list(teams)})[1 + mod(n / 4, {len(teams)})] END",
        "assignee_id": f"CASE WHEN {_UNASSIGNED} THEN NULL "
        f"ELSE (ARRAY{list(assignees)})[1 + mod(n / 4, {len(assignees)})] END",
        "due_at": f"CASE WHEN {is_open} THEN created_at + (mod(n, 14400) - 7200) * interval '1 minute' END",
        "created_at": "created_at - n * interval '1 minute'",
        "last_activity_at": "created_at - n * interval '30 seconds'",
        "search_vector": f"setweight(to_tsvector('simple', {words}), 'A')",
    }
    clock = {
        "id": f"nextval(pg_get_serial_sequence('{Clock._meta.db_table}', 'id'))",
        "ticket_id": f"{offset} + n",
    }
    _copy(Ticket, template.pk, ticket, first, count)
    _copy(Incident, template.pk, {"ticket_ptr_id": f"{offset} + n"}, first, count)
    _copy(Clock, template.pk, clock, first, count, of="ticket_id", only=is_open)
    _settle()


def multiply(template: Incident, count: int):
    """Insert `count` copies of the incident `template`, each with copies of its clocks just as they stand."""
    offset = Ticket.objects.order_by("-pk").values_list("pk", flat=True)[0]
    ticket = {"id": f"{offset} + n", "number": f"'COPY' || {offset} + n"}
    clock = {
        "id": f"nextval(pg_get_serial_sequence('{Clock._meta.db_table}', 'id'))",
        "ticket_id": f"{offset} + n",
    }
    _copy(Ticket, template.pk, ticket, 1, count)
    _copy(Incident, template.pk, {"ticket_ptr_id": f"{offset} + n"}, 1, count)
    _copy(Clock, template.pk, clock, 1, count, of="ticket_id")
    _settle()


def _settle():
    """Number on from the last row, and refresh statistics as autovacuum does soon after."""
    with connection.cursor() as cursor:
        table = Ticket._meta.db_table
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        for model in (Ticket, Incident, Clock, User):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
        # Until it is done the planner shuns an index with so long a list of pending words.
        cursor.execute("SELECT gin_clean_pending_list('ticket_search')")


def _copy(model, template, changes, first, count, *, of="", only="true"):
    """INSERT … SELECT … FROM generate_series: no row leaves the database."""
    columns = [field.column for field in model._meta.local_concrete_fields]
    values = ", ".join(changes.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    table, key = model._meta.db_table, of or model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}, generate_series(%s, %s) AS n "
            f"WHERE {key} = %s AND {only}",
            [first, first + count - 1, template],
        )
