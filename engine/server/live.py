"""One live session: it is advanced as sound arrives, one unit in flight.

A micro-turn is begun by whoever brought the last of its sound and ended by its worker's call, in
the event loop both times: a task of its own to wait for the one and the other would cost two more
rounds of the loop, five times a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, NoReturn

import numpy as np

from engine.microturn import TURN_S, OutputTurn
from engine.server.dialect import Dialect, Events, Identity
from engine.server.ending import INTERNAL, Ending
from engine.server.inbox import Arrivals, Inbox, Words
from engine.server.journal import DONE, FRAME_BINARY, FRAME_TEXT, SILENCE, TAKEN, UNDONE
from engine.server.keeper import Keeper
from engine.server.outbox import Outbox
from engine.server.rest import Rested, leave
from engine.server.settings import Settings
from engine.server.spoken import Spoken
from engine.server.strict import WireError
from engine.server.unit import Aborted, Broken, Done, Stepper

log = logging.getLogger(__name__)
TURN_MS = round(TURN_S * 1000)
MAX_ABORTS_IN_A_ROW = 3
QUIET_CLIENT_S = 0.3
STUCK = TimeoutError()
CORE = (
    "identity", "dialect", "outbox", "inbox", "spoken", "frames", "turns", "_last", "_told",
    "_dropped_ms", "_delayed", "_aborts", "_cut",
)  # fmt: skip


@dataclass(frozen=True)
class _Unit:
    """A micro-turn under way. keep: whether the engine's state after it is wanted."""

    arrivals: Arrivals
    keep: bool
    began_s: float


class LiveSession:
    """Owns one engine session, which advances while `run` runs; the rest fills the inbox and then
    lets it `go_on`.

    measured: is told the seconds that each micro-turn took, waiting for a core included, and
    how much of a core it used.
    """

    def __init__(
        self, identity: Identity, dialect: Dialect, stepper: Stepper, worker: ThreadPoolExecutor,
        outbox: Outbox, settings: Settings, measured: Callable[[float, float], None],
        count_tokens: Callable[[str], int], rested: Rested | None = None,
    ) -> None:  # fmt: skip
        self.identity, self.dialect, self.outbox = identity, dialect, outbox
        self.count_tokens = count_tokens
        self.keeper: Keeper | None = None
        self.inbox = Inbox(dialect.rate_hz, settings.behind_turns, settings.pending_texts)
        self.spoken = Spoken()
        self.frames = 0  # that its client sent and that were read, over all its connections
        self.turns = rested.turns if rested is not None else 0
        self.resting = False
        self.attended = True  # by a client; while it waits for one, no time passes
        self._stepper, self._worker = stepper, worker
        self._settings, self._measured = settings, measured
        self._last = rested.last if rested is not None else OutputTurn(index=-1)
        self._told: dict[str, Any] = {}
        self._dropped_ms = 0
        self._delayed = False
        self._aborts = 0
        self._heard_at_s = 0.0
        self._cut: tuple[int, int] | None = None
        self._unit: _Unit | None = None
        self._over: asyncio.Future[NoReturn] | None = None  # while it runs

    async def run(self) -> None:
        """Advances until the inbox is closed and empty. Always raises Ending."""
        over = self._over = asyncio.get_running_loop().create_future()
        beside = [asyncio.create_task(self._watch())]
        if self.dialect.answers:
            beside.append(asyncio.create_task(self._metronome()))
        try:
            self.go_on()
            await over
        finally:
            self._over = self._unit = None
            for task in beside:
                task.cancel()

    def go_on(self) -> None:
        """Begins the next micro-turn, where its sound is there and none is under way; ends the
        session where no more will come.
        """
        over = self._over
        if over is None or over.done() or self._unit is not None:
            return
        try:
            if self.inbox.waiting_turns:
                self._begin()
            elif self.inbox.closed:
                raise Ending("close_requested")
        except Exception as error:  # whoever called could only lose it
            over.set_exception(error)

    def rest(self, event_id: str | None = None) -> None:
        """Ends after what waits, and leaves its state. Raises WireError where it may not."""
        if self._settings.rest is None:
            message = "this server has no place for resting sessions (--rest)"
            raise WireError("cannot_rest", message, None, event_id)
        self.resting = True
        self.inbox.close()

    async def leave_state(self) -> None:
        """Once it has ended. A disk that refuses costs the state, not the end."""
        path = self._settings.rest
        assert path is not None
        last = self.last

        def write() -> None:
            leave(path, Rested(self.identity.engine, self.turns, last, self._stepper.state()))

        try:
            await asyncio.get_running_loop().run_in_executor(self._worker, write)
        except Exception as error:
            log.error("a session could not be left to rest: %s", type(error).__name__)

    def core(self) -> dict[str, Any]:
        """All that it is besides the engine's state, to be written down at once."""
        self.inbox.renew()
        self.dialect.renew()
        core = {name: getattr(self, name) for name in CORE}
        return core | {"_last": self.last}

    def take_up(self, core: dict[str, Any]) -> None:
        """Goes on where another session was."""
        vars(self).update(core)

    @property
    def generation(self) -> int:
        return self._last.generation

    def tell(self, events: Events) -> None:
        for event in events:
            self.outbox.put(event)

    def refuse(self, refusal: WireError, kind: str = "invalid_request_error") -> None:
        self.outbox.put(self.dialect.refused(refusal, kind))

    def obey(self, message: str | bytes) -> None:
        """One frame of the client. Raises WireError when it cannot be obeyed."""
        if isinstance(message, str):
            self._note(FRAME_TEXT, message.encode("utf-8", "surrogatepass"))
        else:
            self._note(FRAME_BINARY, message)
        self.frames += 1
        self.dialect.obey(self.dialect.parse(message), self)

    def hear(self, samples: np.ndarray, at: int | None = None) -> None:
        """Takes sound; when the session is too far behind, says what it had to drop.

        at: how many samples the client sent before these, where it says so.
        """
        self._heard_at_s = time.monotonic()
        fresh, missing = self.inbox.received.take(samples, at)
        dropped = self.inbox.hear(fresh)
        if dropped or missing:
            self._drop(dropped * TURN_MS + round(1000 * missing / self.dialect.rate_hz))

    def not_heard(self, generation: int, at_ms: int) -> str:
        """Nobody heard this generation from `at_ms` on. Returns the words that were lost by now.

        What the model has said cannot be taken out of its past: that nobody heard it is told to
        it, once, as silent context; of a voice that goes on, when it has ended. Raises WireError
        when too much waits already.
        """
        lost = self.spoken.unheard(generation, at_ms)
        if self._last.speaking and generation == self._last.generation:
            self._cut = self._cut or (generation, at_ms)
            return lost
        if lost and not self.spoken.stopped(generation):
            self.inbox.read(Words("thinking", f"not heard: {lost}", answered=False))
        self.spoken.stop(generation)
        return lost

    def cut(self, generation: int) -> None:
        """Nothing more of this generation is sent; when it ends, the model is told what it was."""
        if self.spoken.knows(generation):
            self._cut = (generation, self.spoken.length_ms(generation))

    def mute(self, muted: bool) -> None:
        self.inbox.muted = muted
        self.tell_state()

    def pass_time(self) -> None:
        """A micro-turn of silence."""
        self._note(SILENCE)
        self.inbox.hear(np.zeros(round(self.dialect.rate_hz * TURN_S), np.float32))

    def take(self) -> Arrivals:
        """What the next micro-turn takes in."""
        return self.inbox.take(self._last.waiting_text)

    def repeat(self, arrivals: Arrivals, done: bool) -> None:
        """A micro-turn of before, once more, in this thread; or what came of one that failed."""
        if done:
            self._commit(arrivals, self._stepper.advance(arrivals))
        else:
            self._abort(arrivals)

    def tell_state(self) -> None:
        """Tells an extended client what it is doing now, where that changed."""
        state = {
            "state": self._state(),
            "muted": self.inbox.muted,
            "generation": self._last.generation,
            "behind_ms": self.inbox.waiting_turns * TURN_MS if self._delayed else 0,
            "dropped_ms": self._dropped_ms,
            "waiting_text": self._last.waiting_text,
        }
        if self.dialect.extended and state != self._told:
            self._told = state
            self.tell(self.dialect.state({"type": "aside.state", "turn": self.turns, **state}))

    def _state(self) -> str:
        if self._delayed:
            return "delayed"
        if self._last.speaking:
            return "speaking"
        return "muted" if self.inbox.muted else "listening"

    async def _metronome(self) -> None:
        """Lets time pass, in silence, for a client that waits for an answer and sends no sound."""
        while True:
            await asyncio.sleep(TURN_S)
            silent = time.monotonic() - self._heard_at_s > QUIET_CLIENT_S
            asked = self.attended and self.dialect.wants_time()
            if silent and asked and not self.inbox.waiting_turns:
                self.pass_time()
                self.go_on()

    async def _watch(self) -> None:
        """Ends a micro-turn that hangs: one timer, not one for each of them."""
        limit_s = self._settings.unit_s
        while True:
            unit = self._unit
            left_s = limit_s if unit is None else unit.began_s + limit_s - time.monotonic()
            if unit is not None and left_s <= 0:
                self._ended(unit, STUCK)
                return
            await asyncio.sleep(left_s)

    def _begin(self) -> None:
        self._note(TAKEN)
        arrivals, keeper = self.take(), self.keeper
        keep = keeper is not None and keeper.due(self.turns + 1)
        unit = self._unit = _Unit(arrivals, keep, time.monotonic())
        loop = asyncio.get_running_loop()

        def step() -> None:
            try:
                outcome: Done | Exception = self._stepper.advance(arrivals, keep)
            except Exception as error:
                outcome = error
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(self._ended, unit, outcome)

        self._worker.submit(step)

    def _ended(self, unit: _Unit, outcome: Done | Exception) -> None:
        """What the worker says of it, or the watch. Of one that nobody waits for: nothing.

        Nobody does once `run` was cancelled, which it may not have noticed yet.
        """
        over = self._over
        if over is None or over.done() or self._unit is not unit:
            return
        self._unit = None
        try:
            self._settle(unit, outcome)
        except Exception as error:
            over.set_exception(error)
        self.go_on()

    def _settle(self, unit: _Unit, outcome: Done | Exception) -> None:
        """Raises Ending where the session cannot go on, or what no worker should raise."""
        if outcome is STUCK:
            self._fail("unit_stuck", f"a micro-turn took over {self._settings.unit_s:g} s")
        self._measured(time.monotonic() - unit.began_s, self._stepper.cpu_s)
        if isinstance(outcome, Aborted):
            self._note(UNDONE)
            self._abort(unit.arrivals)
        elif isinstance(outcome, Broken):
            self._fail("unit_failed", "a micro-turn failed and could not be undone")
        elif isinstance(outcome, Exception):
            raise outcome
        else:
            self._note(DONE)
            self._commit(unit.arrivals, outcome)
            if self.keeper is not None:
                self.keeper.turn_done(self, self._rested(outcome.state) if unit.keep else None)

    def _rested(self, state: Any) -> Rested:
        return Rested(self.identity.engine, self.turns, self.last, state)

    @property
    def last(self) -> OutputTurn:
        """What the newest micro-turn gave, without its sound."""
        return replace(self._last, audio=None)

    def _note(self, kind: int, payload: bytes = b"") -> None:
        if self.keeper is not None:
            self.keeper.note(kind, payload)

    def _commit(self, arrivals: Arrivals, done: Done) -> None:
        turn = self.turns
        self.turns, self._last, self._aborts = turn + 1, done.out, 0
        for words in arrivals.words:
            if words.answered:
                self.tell(self.dialect.appended(words, turn))
        for source in done.damaged:
            self.refuse(WireError("invalid_image", f"the {source} picture is damaged"))
        self.spoken.note(done.out)
        self.tell(self.dialect.told(done.out))
        if self._cut is not None and not done.out.speaking:
            cut, self._cut = self._cut, None
            with contextlib.suppress(WireError):  # too much waits: then this is not told
                self.not_heard(*cut)
        self._delayed = self._delayed and self.inbox.waiting_turns > 0
        self.tell_state()

    def _abort(self, arrivals: Arrivals) -> None:
        self._aborts += 1
        if self._aborts >= MAX_ABORTS_IN_A_ROW:
            self._fail("unit_failed", f"{self._aborts} micro-turns failed in a row")
        self.inbox.give_back(arrivals)
        message = "a micro-turn failed and was undone; its sound is lost"
        self.refuse(WireError("unit_failed", message), "server_error")
        self._drop(TURN_MS)

    def _drop(self, ms: int) -> None:
        self._dropped_ms += ms
        if not self._delayed:
            message = "the engine is behind; the oldest sound was dropped to catch up"
            self.tell(self.dialect.noticed("input_audio_dropped", message))
        self._delayed = True
        self.tell_state()

    def _fail(self, code: str, message: str) -> NoReturn:
        self.refuse(WireError(code, f"{message}; start a new session"), "server_error")
        raise Ending("connection_lost", INTERNAL, code)


def expiry(age_s: float) -> int:
    """Unix time in seconds at which a session opened now is too old."""
    return int(time.time() + age_s)
