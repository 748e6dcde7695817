"""Random tickets, dense in what hurts: shared instants, crossings met exactly, reopenings, re-targets.

Drawn from a seed with fixed weights: left to itself Hypothesis prefers short histories in which hardly any
clock reaches a threshold.
"""

from random import Random

BASE = 1_711_756_800  # Saturday 30 March 2024, the eve of summer time in Europe
LENGTH = 700  # minutes lived through

CALENDARS = {
    "always": {"zone": "UTC", "weekly": {day: [(0, 1440)] for day in range(1, 8)}, "exceptions": {}},
    "bits": {
        "zone": "Europe/Berlin",
        "weekly": {day: [(30, 200), (400, 460), (700, 1440)] for day in range(1, 8)},
        "exceptions": {"2024-04-01": [(600, 700)]},
    },
    "rare": {"zone": "UTC", "weekly": {7: [(100, 400), (401, 500)]}, "exceptions": {}},
    "never": {"zone": "UTC", "weekly": {}, "exceptions": {}},
}
PRIORITIES = ["P1", "P2", "P3", "P4"]
# Every quota of these is a whole number of minutes.
TARGETS = [1200, 1200, 2400, 2400, 6000, 12000, None]
STATUSES = ["open"] * 4 + ["new", "pending_customer", "pending_vendor", "resolved", "resolved", "cancelled"]
STEPS = [0, 0, 1, 2, 5, 8, 10, 10, 15, 18, 20, 20, 25, 30, 36, 40, 45, 50, 60, 90, 120]
MODES = ["retroactive", "carry", "restart"]


def calendar_key(random: Random) -> str:
    return random.choice(["always"] * 3 + ["bits"] * 3 + ["rare", "never"])


def random_metric(random: Random) -> dict:
    one_for_all = {"*": calendar_key(random)}
    return {
        "name": "metric",
        "targets": {priority: random.choice(TARGETS) for priority in PRIORITIES},
        "calendars": random.choice([one_for_all, {"P1": calendar_key(random), **one_for_all}]),
        "run_statuses": random.choice([["new", "open"], ["new", "open", "pending_vendor"]]),
        "stop_statuses": ["resolved", "closed", "cancelled"],
        "stop_events": random.choice([[], [], ["first_response"]]),
        "team": random.choice([None, None, "L2"]),
        "team_mode": random.choice(["cumulative", "per_assignment"]),
        "thresholds": random.choice([[50, 75, 90, 100], [50, 100, 125, 200]]),
        "on_retarget": random.choice(MODES),
        "on_reopen": random.choice(["resume", "resume", "continuous", "continuous", "restart", "final"]),
    }


def random_change(random: Random) -> dict:
    kind = random.choices(["status", "priority", "assign", "set_calendar", "event"], [50, 20, 12, 10, 8])[0]
    if kind == "status":
        return {"type": kind, "to": random.choice(STATUSES)}
    if kind == "priority":
        return {"type": kind, "to": random.choice(PRIORITIES)}
    if kind == "assign":
        return {"type": kind, "team": random.choice(["L1", "L2"])}
    if kind == "set_calendar":
        old, new = calendar_key(random), calendar_key(random)
        return {"type": kind, "calendar": old, "to": new, "mode": random.choice(MODES)}
    return {"type": kind, "name": "first_response"}


def random_events(random: Random) -> list[tuple[int, dict]]:
    """(minute, event), in order; the last ones may fall on the last minute."""
    creation = {
        "type": "create",
        "status": random.choice(["open", "open", "new", "pending_customer"]),
        "priority": random.choice(PRIORITIES),
        "team": random.choice(["L1", "L2"]),
    }
    minute = random.choice([0, 3])
    events = [(minute, creation)]
    for _ in range(random.randint(3, 22)):
        minute = min(minute + random.choice(STEPS), LENGTH)
        events.append((minute, random_change(random)))
    return events
