"""One move of one clock: the rules S4 to S16 of docs/sla.md, each in its own method."""

from collections.abc import Mapping
from dataclasses import replace

from core.business_time import BusinessCalendar
from sla.engine.account import Account, by_quota
from sla.engine.policy import ClockPolicy, Mark, Phase, Reopen, Retarget, Situation
from sla.engine.state import (
    ClockState,
    CycleClosed,
    CycleOpened,
    CycleReopened,
    Fact,
    Fired,
    Outcome,
    Piece,
    Rejudged,
    RevisionOpened,
    SpanClosed,
    Stage,
)


class Turn:
    """One move of one clock: the state under change and the facts found on the way."""

    def __init__(self, policy: ClockPolicy, calendars: Mapping[str, BusinessCalendar], state: ClockState) -> None:
        self.policy = policy
        self.calendars = calendars
        self.state = state
        self.facts: list[Fact] = []

    def change(self, **values: object) -> None:
        self.state = self.state._replace(**values)

    def account(self) -> Account:
        return Account(self.state, self.calendars)

    def finish(self) -> tuple[ClockState, list[Fact]]:
        """Derive what is shown and what is polled."""
        if self.state.stage.is_open:
            self.change(due_at=self.account().deadline())
        return self.poll()

    def poll(self) -> tuple[ClockState, list[Fact]]:
        """Derive what is polled, which is all that firing moves."""
        next_at, next_mark = self.account().upcoming(self.policy.thresholds)
        self.change(next_at=next_at, next_mark=next_mark)
        return self.state, self.facts

    # -- thresholds (S6, S7, S12, S13)

    def fire_before(self, until: int) -> None:
        """Fire the crossings of the present revision that lie before `until`. Up to the last event there is
        nothing left to fire: that event has done it."""
        if not self.state.stage.is_open or until <= self.state.at:
            return
        if not self.state.settled:
            self.settle()
        account = self.account()
        for quota, mark in by_quota(self.policy.thresholds, self.state.target):
            if mark in self.state.fired:
                continue
            crossing = account.crossing(quota)
            if crossing is None or crossing >= until:
                break
            self.fire(mark, crossing, crossing, notify=True, backlog=False)

    def settle(self) -> None:
        """S12: what the new revision finds crossed at its start. Fired before: carried. Not fired: fires
        now, the highest alone aloud. Fired but no longer crossed: re-armed. Called once the revision has
        lived a second, so revisions of zero length neither fire nor re-arm anything."""
        account, start = self.account(), self.state.revision_start
        crossed = account.crossed_by(start, self.policy.thresholds)
        news = [mark for mark in crossed if mark not in self.state.fired]
        self.change(
            settled=True,
            sealed_at=max(self.state.sealed_at, start),
            fired=tuple(mark for mark in crossed if mark in self.state.fired),
        )
        for mark in news:
            quota = mark.quota(self.state.target)
            self.fire(mark, account.crossing(quota), start, notify=mark == crossed[-1], backlog=True)

    def fire(self, mark: Mark, due_at: int, fire_at: int, *, notify: bool, backlog: bool) -> None:
        state = self.state
        self.facts.append(Fired(state.cycle, state.revision, mark, due_at, fire_at, notify, backlog))
        self.change(fired=(*state.fired, mark), sealed_at=max(state.sealed_at, fire_at))

    # -- situations

    def take(self, at: int, now: Situation) -> None:
        """Compare with the situation before and do what the difference asks for."""
        before = self.state
        if before.stage is Stage.NOT_STARTED:
            if not self.policy.per_assignment or (now.held and now.phase.is_open):
                self.open_cycle(at, now)
        elif not before.stage.is_open:
            self.take_stopped(at, now)
        elif (now.target, now.calendar) != (before.target, before.calendar):
            self.retarget(at, now, now.mode or self.policy.on_retarget)
        if self.state.stage.is_open:
            self.follow_phase(at, now)
        self.change(phase=now.phase, held=now.held)

    def take_stopped(self, at: int, now: Situation) -> None:
        """S14, S15: a stopped clock moves only when its ticket leaves the stopping states (a reopening) or,
        per assignment, when its team takes the ticket again."""
        before = self.state
        reopened = now.phase.is_open and not before.phase.is_open
        if self.policy.per_assignment:
            assigned = now.held and not before.held
            if now.phase.is_open and (assigned or (reopened and now.held and self.may_reopen)):
                self.open_cycle(at, now)
        elif reopened and self.may_reopen:
            changed = (now.target, now.calendar) != (before.target, before.calendar)
            if self.policy.on_reopen is Reopen.RESTART or (self.policy.on_retarget is Retarget.RESTART and changed):
                self.open_cycle(at, now)
            else:
                self.reopen(at, now)
        elif before.idle_since is None and now.held:
            self.change(idle_since=at)
        elif before.idle_since is not None and not now.held:
            self.change(idle=self.idle_until(at), idle_since=None)

    @property
    def may_reopen(self) -> bool:
        return self.policy.on_reopen is not Reopen.FINAL

    def follow_phase(self, at: int, now: Situation) -> None:
        """Run, pause or stop as the situation asks (S4, S16)."""
        if now.stops or not now.phase.is_open or (self.policy.per_assignment and not now.held):
            self.stop(at, cancelled=now.phase is Phase.CANCEL and not now.stops, held=now.held)
            return
        stage = Stage.RUNNING if now.phase is Phase.RUN and now.held else Stage.PAUSED
        if stage is not self.state.stage:
            self.close_span(at)
            self.change(stage=stage, since=at)

    # -- the account

    def close_span(self, at: int) -> None:
        """End the present span; a running one becomes a piece. Zero-length spans leave no trace."""
        state = self.state
        if state.since == at:
            return
        seconds = 0
        if state.stage is Stage.RUNNING:
            seconds = self.calendars[state.calendar].elapsed_seconds(state.since, at)
            piece = Piece(state.since, at, state.calendar, seconds)
            self.change(pieces=(*state.pieces, piece), base_elapsed=state.base_elapsed + seconds, since=at)
        self.facts.append(SpanClosed(state.cycle, state.stage, state.since, at, state.calendar, seconds))
        self.change(since=at)

    def judge(self, at: int, pieces: tuple[Piece, ...]) -> None:
        """Replace the cycle's account."""
        if pieces != self.state.pieces:
            self.change(pieces=pieces, base_elapsed=sum(piece.seconds for piece in pieces))
            self.facts.append(Rejudged(self.state.cycle, at, pieces))

    # -- cycles and revisions

    def open_cycle(self, at: int, now: Situation) -> None:
        stage = Stage.RUNNING if now.phase is Phase.RUN and now.held else Stage.PAUSED
        if self.state.stage in (Stage.STOPPED, Stage.CANCELLED):
            self.close_span(at)
        cycle = self.state.cycle + 1
        self.state = ClockState(
            at=self.state.at,
            sealed_at=self.state.sealed_at,
            stage=stage,
            cycle=cycle,
            cycle_start=at,
            revision_start=at,
            settled=False,
            target=now.target,
            calendar=now.calendar,
            since=at,
        )
        self.facts.append(CycleOpened(cycle, at))
        self.facts.append(RevisionOpened(cycle, 0, at, now.target, now.calendar, None))

    def retarget(self, at: int, now: Situation, mode: Retarget) -> None:
        """S11: a new revision of the cycle, or (restart) a new cycle."""
        if mode is Retarget.RESTART:
            self.close_span(at)
            self.close_cycle(at, Outcome.SUPERSEDED, Outcome.BREACHED)
            self.open_cycle(at, now)
            return
        if mode is Retarget.CARRY and now.calendar != self.state.calendar:
            self.close_span(at)
        elif mode is Retarget.RETROACTIVE:
            count = self.calendars[now.calendar].elapsed_seconds
            self.judge(
                at,
                tuple(
                    replace(piece, calendar=now.calendar, seconds=count(piece.start, piece.end))
                    for piece in self.state.pieces
                ),
            )
        self.change(
            revision=self.state.revision + 1,
            revision_start=at,
            settled=False,
            target=now.target,
            calendar=now.calendar,
        )
        self.facts.append(RevisionOpened(self.state.cycle, self.state.revision, at, now.target, now.calendar, mode))

    def reopen(self, at: int, now: Situation) -> None:
        """S11, S14: the cycle goes on in a new revision, judged in the metric's re-target mode. Under a
        continuous reopening the stopped span is counted by the calendar in force until now, so that `carry`
        uses the new one from the reopening on and `retroactive` counts everything anew."""
        self.facts.append(CycleReopened(self.state.cycle, at))
        self.close_span(at)
        if self.policy.on_reopen is Reopen.CONTINUOUS:
            key, count = self.state.calendar, self.calendars[self.state.calendar].elapsed_seconds
            stopped = tuple(Piece(start, end, key, count(start, end)) for start, end in self.idle_until(at))
            self.judge(at, (*self.state.pieces, *stopped))
        self.change(stage=Stage.PAUSED, since=at, outcome=None, breached=False, idle=(), idle_since=None)
        mode = self.policy.on_retarget
        self.retarget(at, now, Retarget.RETROACTIVE if mode is Retarget.RESTART else mode)

    def idle_until(self, at: int) -> tuple[tuple[int, int], ...]:
        since = self.state.idle_since
        return self.state.idle if since is None or since == at else (*self.state.idle, (since, at))

    def stop(self, at: int, *, cancelled: bool, held: bool) -> None:
        """S8, S9: freeze the clock with the deadline as it stood."""
        self.close_span(at)
        account = self.account()
        if cancelled:
            self.close_cycle(at, Outcome.CANCELLED, Outcome.CANCELLED)
        else:
            self.close_cycle(at, Outcome.MET, Outcome.BREACHED)
        self.change(
            stage=Stage.CANCELLED if cancelled else Stage.STOPPED,
            since=at,
            due_at=account.deadline_at_stop(at),
            idle=(),
            idle_since=at if held else None,
        )

    def close_cycle(self, at: int, in_time: Outcome, late: Outcome) -> None:
        """Judge the cycle that ends now. A stop exactly at the deadline is in time (S7)."""
        state, deadline = self.state, self.account().deadline()
        breached = deadline is not None and deadline < at
        outcome = late if breached else in_time
        if state.target is None:
            outcome = Outcome.NOT_APPLICABLE
        self.change(breached=breached, outcome=outcome)
        self.facts.append(
            CycleClosed(
                state.cycle,
                state.cycle_start,
                at,
                state.base_elapsed,
                state.target,
                outcome,
                state.revision + 1,
            )
        )
