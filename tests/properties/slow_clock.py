"""A clock the slow way: live through every minute and keep notes. Shares no code with the product.

Everything happens on whole minutes; targets are such that every quota is a whole number of minutes.
"""

from functools import cache

from tests.properties.slow_calendar import counts

MINUTE = 60
HORIZON = 4 * 1440  # minutes looked ahead for a deadline


class SlowClock:
    def __init__(self, metric: dict, calendars: dict[str, dict], base: int) -> None:
        self.metric, self.calendars, self.base = metric, calendars, base
        self.keys = dict(metric["calendars"])
        self.status = self.priority = self.team = None
        self.stage, self.number, self.cycle = "not_started", 0, None
        self.cycles, self.firings = [], []

        @cache
        def is_open(key: str, minute: int) -> bool:
            return counts(calendars[key], base + minute * MINUTE)

        self.is_open = is_open

    # -- what the metric wants

    @property
    def wanted(self) -> tuple:
        return (
            self.metric["targets"].get(self.priority),
            self.keys.get(self.priority) or self.keys["*"],
        )

    @property
    def ours(self) -> bool:
        return self.metric["team"] is None or self.metric["team"] == self.team

    @property
    def stopping(self) -> bool:
        return self.status in self.metric["stop_statuses"]

    @property
    def each_assignment(self) -> bool:
        return self.metric["team"] is not None and self.metric["team_mode"] == "per_assignment"

    # -- one minute

    def live(self, minute: int, events: list[dict]) -> None:
        for event in events:
            self.take(minute, event)
        if self.stage in ("running", "paused"):
            self.look(minute)
        if self.stage == "running":
            self.cycle["ran"][minute] = self.cycle["calendar"]
        elif self.stage in ("stopped", "cancelled") and self.ours:
            self.cycle["idle"].append(minute)

    def take(self, minute: int, event: dict) -> None:
        was_stopping, was_ours, mode, stops = self.stopping, self.ours, self.metric["on_retarget"], False
        if event["type"] == "create":
            self.status, self.priority, self.team = event["status"], event["priority"], event["team"]
            was_stopping, was_ours = False, False
        elif event["type"] == "status":
            self.status = event["to"]
        elif event["type"] == "priority":
            self.priority = event["to"]
        elif event["type"] == "assign":
            self.team = event["team"]
        elif event["type"] == "set_calendar":
            self.keys = {k: event["to"] if v == event["calendar"] else v for k, v in self.keys.items()}
            mode = event["mode"]
        elif event["type"] == "event":
            stops = event["name"] in self.metric["stop_events"]

        if self.stage == "not_started":
            if not self.each_assignment or (self.ours and not self.stopping):
                self.begin(minute)
        elif self.stage in ("stopped", "cancelled"):
            self.maybe_again(minute, was_stopping, was_ours)
        elif self.wanted != (self.cycle["target"], self.cycle["calendar"]):
            self.change(minute, mode)
        if self.stage in ("running", "paused"):
            if stops or self.stopping or (self.each_assignment and not self.ours):
                self.end(minute, "cancelled" if self.status == "cancelled" and not stops else "stopped")
            else:
                runs = self.status in self.metric["run_statuses"] and self.ours
                self.stage = "running" if runs else "paused"

    def maybe_again(self, minute: int, was_stopping: bool, was_ours: bool) -> None:
        again = was_stopping and not self.stopping
        allowed = self.metric["on_reopen"] != "final"
        if self.each_assignment:
            if not self.stopping and self.ours and (not was_ours or (again and allowed)):
                self.begin(minute)
            return
        if not again or not allowed:
            return
        changed = self.wanted != (self.cycle["target"], self.cycle["calendar"])
        mode = self.metric["on_retarget"]
        if self.metric["on_reopen"] == "restart" or (mode == "restart" and changed):
            self.begin(minute)
            return
        if self.metric["on_reopen"] == "continuous":
            self.cycle["ran"] |= dict.fromkeys(self.cycle["idle"], self.cycle["calendar"])
        self.cycle |= {"end": None, "outcome": None, "idle": []}
        self.stage = "paused"
        self.revise(minute, "retroactive" if mode == "restart" else mode)

    def begin(self, minute: int) -> None:
        self.number += 1
        target, calendar = self.wanted
        self.cycle = {
            "cycle": self.number, "start": minute, "end": None, "target": target, "calendar": calendar,
            "revision": 0, "fresh": True, "since": minute, "ran": {}, "idle": [], "fired": set(),
            "outcome": None,
        }  # fmt: skip
        self.cycles.append(self.cycle)
        self.stage = "paused"

    def change(self, minute: int, mode: str) -> None:
        if mode == "restart":
            due = self.crossed(self.cycle["target"], minute)
            self.close(minute, "breached" if due is not None and due < minute else "superseded")
            self.begin(minute)
        else:
            self.revise(minute, mode)

    def revise(self, minute: int, mode: str) -> None:
        target, calendar = self.wanted
        if mode == "retroactive":
            self.cycle["ran"] = dict.fromkeys(self.cycle["ran"], calendar)
        revision = self.cycle["revision"] + 1
        self.cycle |= {"target": target, "calendar": calendar, "revision": revision}
        self.cycle |= {"fresh": True, "since": minute}

    def end(self, minute: int, stage: str) -> None:
        due = self.crossed(self.cycle["target"], minute)
        late = due is not None and due < minute
        ran_just_before = minute - 1 in self.cycle["ran"]
        self.cycle["shown"] = (self.ahead(minute) if due is None and ran_just_before else due, late)
        self.close(minute, "cancelled" if stage == "cancelled" else "breached" if late else "met")
        self.stage = stage

    def close(self, minute: int, outcome: str) -> None:
        self.cycle["end"] = minute
        self.cycle["outcome"] = "not_applicable" if self.cycle["target"] is None else outcome

    # -- counting

    def elapsed(self, minute: int, cycle: dict | None = None) -> int:
        ran = (cycle or self.cycle)["ran"]
        return sum(MINUTE for at, key in ran.items() if at < minute and self.is_open(key, at))

    def crossed(self, quota: int | None, minute: int) -> int | None:
        """The minute in which the quota was reached, up to `minute`."""
        if quota is None:
            return None
        counted = 0
        for at in sorted(self.cycle["ran"]):
            counted += MINUTE if self.is_open(self.cycle["ran"][at], at) else 0
            if counted >= quota:
                return at + 1 if at < minute else None
        return None

    def ahead(self, minute: int) -> int | None:
        missing = self.cycle["target"] - self.elapsed(minute) if self.cycle["target"] is not None else None
        if missing is None:
            return None
        at = minute
        while missing > 0:
            if at > minute + HORIZON:
                return None
            missing -= MINUTE if self.is_open(self.cycle["calendar"], at) else 0
            at += 1
        return at

    def look(self, minute: int) -> None:
        """Fire what is reached by now. A revision first sorts out what it found."""
        if self.cycle["target"] is None:
            self.cycle |= {"fired": set(), "fresh": False}
            return
        quotas = {pct: self.cycle["target"] * pct // 100 for pct in self.metric["thresholds"]}
        reached = [pct for pct in sorted(quotas) if quotas[pct] <= self.elapsed(minute)]
        found = self.cycle["fresh"]
        if found:
            self.cycle["fired"] &= set(reached)
        for pct in reached:
            if pct not in self.cycle["fired"]:
                self.cycle["fired"].add(pct)
                self.firings.append(
                    {
                        "cycle": self.number,
                        "revision": self.cycle["revision"],
                        "pct": pct,
                        "due_at": self.crossed(quotas[pct], minute),
                        "fire_at": minute,
                        "notify": not found or pct == reached[-1],
                    }
                )
        self.cycle["fresh"] = False

    # -- reading

    def read(self, minute: int) -> dict:
        if self.stage == "not_started":
            return {
                "at": minute, "state": "not_started", "cycle": 0, "elapsed": 0, "target": None,
                "remaining": None, "due_at": None, "breached": False,
            }  # fmt: skip
        target, elapsed = self.cycle["target"], self.elapsed(minute)
        if self.stage in ("stopped", "cancelled"):
            due, breached = self.cycle["shown"]
        else:
            due = self.crossed(target, minute)
            breached = due is not None
            if due is None and self.stage == "running":
                due = self.ahead(minute)
        return {
            "at": minute, "state": self.stage, "cycle": self.number, "elapsed": elapsed, "target": target,
            "remaining": None if target is None else target - elapsed, "due_at": due, "breached": breached,
        }  # fmt: skip

    def summary(self, minute: int) -> list[dict]:
        rows = []
        for cycle in self.cycles:
            outcome = cycle["outcome"]
            if outcome is None:
                outcome = "open_breached" if self.read(minute)["breached"] else "open"
                outcome = "not_applicable" if cycle["target"] is None else outcome
            rows.append(
                {
                    "cycle": cycle["cycle"],
                    "start": cycle["start"],
                    "end": cycle["end"],
                    "elapsed": self.elapsed(minute, cycle),
                    "target": cycle["target"],
                    "outcome": outcome,
                    "revisions": cycle["revision"] + 1,
                }
            )
        return rows
