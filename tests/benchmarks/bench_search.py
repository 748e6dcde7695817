"""What search costs as the house grows. By hand, on an otherwise idle machine:

    ITSM_MODE=test DATABASE_URL=postgresql://… REDIS_URL=redis://… \\
        .venv/bin/python -m tests.benchmarks.bench_search [--few 10000] [--many 1000000] [--runs 7]

It makes a database of its own beside the one that DATABASE_URL names and drops it in the end. Words of every kind
of frequency are spread over the tickets, one only over the oldest (an outage long ago). For each query the medians of
looking up, ranking and counting, with few and with many tickets, and their ratio; then the same for similar tickets.
A query beyond the budget is marked. `--plans` prints the dearest plan of each as well.
"""

import argparse
import statistics
import time
from urllib.parse import quote

from tests.benchmarks.bench_pages import own_database, say
from tests.benchmarks.page_costs import blocks_of, explained

BUDGET_MS = 50
# Word, and the SQL condition under which copy n of `total` holds it.
SPREAD = {
    "登录": "true",
    "erp": "true",
    "密码": "mod(n, 5) = 0",
    "outlook": "mod(n, 5) = 1",
    "打印": "mod(n, 100) = 0",
    "scanner": "mod(n, 100) = 3",
    "投影": "mod(n, 1000) = 0",
    "量子": "mod(n, 50000) = 7",
    "zeppelin": "mod(n, 50000) = 9",
    "光缆": "n < {total} / 20",
}
QUERIES = [
    *SPREAD, "登录失败", "密码 登录", "outlook 密码", "erp 打印", "量子 登录", "光缆 登录", "登", "密", "e", "er",
    "out", "没有", "nowhere",
    "投影 outlook", "量子 out", "zeppelin erp", "光缆 er", "光缆 outlook", "打印 out",
    "erp -密码", "状态:已关闭 密码", "优先级:1 打印", '"登录 erp"', "g777", "登录 outlook erp 密码",
]  # fmt: skip
ALIKE = ["ERP 登录失败 密码", "outlook 打印 scanner", "光缆 登录", "登录 erp"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--few", type=int, default=10_000)
    arguments.add_argument("--many", type=int, default=1_000_000)
    arguments.add_argument("--runs", type=int, default=7)
    arguments.add_argument("--plans", action="store_true")
    asked = arguments.parse_args()
    with own_database():
        measure(asked)


def measure(asked):
    from incidents import services as incidents
    from sla import services as sla
    from tests.benchmarks.generated import generate
    from tests.cast import make_cast

    cast = make_cast()
    sla.install_defaults()
    incident = incidents.report_incident(actor=cast.li_na, title="ERP 登录失败", service=cast.erp)
    dealt = {
        "teams": [cast.desk.pk, cast.network.pk, cast.database.pk],
        "assignees": [cast.zhang_wei.pk, cast.chen_hao.pk, cast.liu_yang.pk],
        "words": words_of(asked.many),
    }
    generate(incident, asked.few, **dealt)
    few = timed(cast, asked)
    say(f"generating {asked.many:,} tickets …")
    generate(incident, asked.many - asked.few, first=asked.few, open_below=asked.few, **dealt)
    many = timed(cast, asked)
    say("", f"{'query':28}{'few, ms':>10}{'many, ms':>10}{'ratio':>8}")
    for name, ms in many.items():
        mark = "" if ms <= BUDGET_MS else "  over the budget"
        say(f"{name:28}{few[name]:10.1f}{ms:10.1f}{ms / few[name]:8.1f}{mark}")
    if asked.plans:
        say_plans(cast)


def words_of(total) -> str:
    """SQL for the words of copy `n`, as `core.text.search_words` writes them."""
    from core.text import search_words

    cases = [
        f"CASE WHEN {condition.format(total=total)} THEN '{search_words(word)} ' ELSE '' END"
        for word, condition in SPREAD.items()
    ]
    return f"'{search_words('ERP 登录失败')} ' || {' || '.join(cases)} || 'g' || n"


def timed(cast, asked) -> dict[str, float]:
    """Median milliseconds of each query after one to warm up, for an agent and a requester who owns all of it."""
    taken = {}
    for name, act in acts(cast).items():
        times = []
        for run in range(asked.runs + 1):
            began = time.perf_counter()
            act()
            if run:
                times.append((time.perf_counter() - began) * 1000)
        taken[name] = statistics.median(times)
    return taken


def acts(cast) -> dict:
    from tickets import selectors

    found = {f"{query}": lambda query=query: search(cast.zhang_wei, query) for query in QUERIES}
    found |= {
        f"{query} (own)": lambda query=query: search(cast.li_na, query) for query in ("登录", "打印", "量子", "光缆")
    }
    found |= {
        f"queue: {query}": lambda query=query: queue(cast.zhang_wei, query)
        for query in ("登录", "密码", "打印", "量子")
    }
    return found | {f"like: {text}": lambda text=text: selectors.similar(cast.zhang_wei, text) for text in ALIKE}


def search(user, text):
    from portal.search import fields
    from tickets import selectors
    from tickets.models import Ticket

    asked = fields.ask(user, text)
    return selectors.best(asked.narrow(user, Ticket.objects.visible_to(user)), asked.words, limit=8)


def queue(user, text):
    from django.http import QueryDict

    from portal.desk import paging, query, rows

    asked = query.read(user, QueryDict(f"q={quote(text)}"))
    return paging.page_of(query.tickets_for(user, asked), asked.sort, ready=rows.ready)


def say_plans(cast):
    """The dearest statement of each query, with the nodes of its plan."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name, act in acts(cast).items():
        with CaptureQueriesContext(connection) as captured:
            act()
        plans = [(explained(q["sql"]), q["sql"]) for q in captured.captured_queries if "tickets_ticket" in q["sql"]]
        plan, sql = max(plans, key=lambda found: found[0]["Execution Time"])
        say(
            "",
            f"{name}: {plan['Execution Time']:.1f} ms, {blocks_of(plan)} blocks: {sql[:160]} … {sql[-60:]}",
            *nodes(plan["Plan"]),
        )


def nodes(node, depth=1) -> list[str]:
    name = " ".join(filter(None, (node["Node Type"], node.get("Index Name"))))
    line = f"{'  ' * depth}{name}: {node['Actual Rows']} rows, {node['Actual Total Time']:.1f} ms"
    return [line, *(text for child in node.get("Plans", []) for text in nodes(child, depth + 1))]


if __name__ == "__main__":
    main()
