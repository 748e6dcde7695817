"""What a page asks of the database: how many statements, and how many blocks and rows each of them touches."""

import json
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Cost:
    """`blocks` of 8 kB touched (in memory or not), `rows` read from tables, `ms` as PostgreSQL says."""

    statements: int
    blocks: int
    rows: int
    ms: float
    dearest: str


def cost_of(client, url) -> Cost:
    """Fetch `url` once, then explain each SELECT it made with ANALYZE and BUFFERS on a warm cache."""
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    asked = [query["sql"] for query in captured.captured_queries]
    plans = [(explained(sql), sql) for sql in asked if sql.startswith("SELECT")]
    dearest = max(plans, key=lambda found: blocks_of(found[0]))
    return Cost(
        statements=len(asked),
        blocks=sum(blocks_of(plan) for plan, _sql in plans),
        rows=sum(rows_read(plan["Plan"]) for plan, _sql in plans),
        ms=sum(plan["Execution Time"] for plan, _sql in plans),
        dearest=f"{blocks_of(dearest[0])} blocks: {dearest[1][:300]}",
    )


def explained(sql) -> dict:
    """The plan of `sql` after one run to warm up."""
    with connection.cursor() as cursor:
        for _run in range(2):
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
            found = cursor.fetchone()[0]
    return (json.loads(found) if isinstance(found, str) else found)[0]


def blocks_of(plan) -> int:
    return plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]


def rows_read(node) -> int:
    """Rows that scans of tables returned or threw away, over all loops."""
    below = sum(rows_read(child) for child in node.get("Plans", []))
    if "Relation Name" not in node:
        return below
    thrown_away = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return below + round((node["Actual Rows"] + thrown_away) * node["Actual Loops"])
