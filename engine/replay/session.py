"""Drives a session: one micro-turn after the other, at the pace of life or as fast as it goes.

After its input has ended, a session goes on with the noise floor until the model has been
quiet for three seconds, so that an answer is never cut off by the end of a file.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from engine.microturn import TURN_S, InputTurn, OutputTurn, Session
from engine.replay.beside import Beside, Nothing
from engine.replay.noise import noise_floor

QUIET_TURNS = round(3.0 / TURN_S)
LIMIT_TURNS = round(60.0 / TURN_S)


@dataclass(frozen=True)
class Step:
    """One micro-turn of a session: what went in, what came out, how long it took to compute.

    tail: whether the input had ended. late_s: how long after its time the output was there;
    0.0 where nobody waits for it.
    """

    given: InputTurn
    output: OutputTurn
    compute_s: float
    tail: bool = False
    late_s: float = 0.0


class Pace(Protocol):
    """Decides when a micro-turn may begin, and knows how late its output is."""

    @property
    def hurries(self) -> bool:
        """Whether it goes faster than for people."""
        ...

    def wait(self, turn: int, /) -> None: ...

    def late_s(self, turn: int, /) -> float: ...


class AsFastAsItGoes:
    """Never waits."""

    hurries = True

    def wait(self, _turn: int, /) -> None:
        pass

    def late_s(self, _turn: int, /) -> float:
        return 0.0


class RealTime:
    """Micro-turn k begins when its input would be complete: 0.2(k+1) s after the first wait."""

    hurries = False

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._now, self._sleep = now, sleep
        self._began: float | None = None

    def wait(self, turn: int, /) -> None:
        if self._began is None:
            self._began = self._now() - turn * TURN_S
        early_s = -self.late_s(turn)
        if early_s > 0:
            self._sleep(early_s)

    def late_s(self, turn: int, /) -> float:
        """Seconds since the input of `turn` was complete."""
        began = self._now() if self._began is None else self._began
        return self._now() - began - (turn + 1) * TURN_S


@dataclass(frozen=True)
class Tail:
    """How a session goes on after its input.

    quiet_turns: how long nothing must have come out. after_input: whether the end of the input
    counts like an output, so that at least `quiet_turns` follow it. limit_turns: the end in any
    case.
    """

    seed: int
    after_input: bool = True
    quiet_turns: int = QUIET_TURNS
    limit_turns: int = LIMIT_TURNS


def drive(
    session: Session,
    turns: Iterable[InputTurn],
    pace: Pace,
    tail: Tail | None,
    beside: Beside | None = None,
) -> Iterator[Step]:
    """Feeds `turns` to `session`, then the noise floor as `tail` says (None: nothing). Whether the
    key to talk is held stays as it was on the last of them.

    While something beside the session is busy, time passes no faster than for people, and the
    tail goes on.
    """
    stepper = _Stepper(session, pace, beside or Nothing())
    index = busy_until = 0
    addressed = False
    for turn in turns:
        step = stepper.step(turn, tail=False)
        busy_until = max(busy_until, _busy_until(step.output))
        index, addressed = turn.index + 1, turn.addressed
        yield step
    if tail is None:
        return
    last = index + tail.limit_turns
    busy_until = max(busy_until, index) if tail.after_input else busy_until
    while index < last and (stepper.busy or index < busy_until + tail.quiet_turns):
        floor = InputTurn(index, noise_floor(tail.seed, index), addressed=addressed)
        step = stepper.step(floor, tail=True)
        busy_until = max(busy_until, _busy_until(step.output))
        index += 1
        yield step


class _Stepper:
    """Steps a session at the pace of the moment."""

    def __init__(self, session: Session, pace: Pace, beside: Beside) -> None:
        self._session, self._beside = session, beside
        self._wished, self._patient = pace, RealTime()

    @property
    def busy(self) -> bool:
        return self._beside.busy

    def step(self, turn: InputTurn, *, tail: bool) -> Step:
        pace = self._pace()
        pace.wait(turn.index)
        turn = self._beside.before(turn)
        began = time.perf_counter()
        output = self._session.step(turn)
        compute_s = time.perf_counter() - began
        self._beside.after(turn, output)
        return Step(turn, output, compute_s, tail, max(0.0, self._wished.late_s(turn.index)))

    def _pace(self) -> Pace:
        if not self.busy:
            self._patient = RealTime()
        return self._patient if self.busy and self._wished.hurries else self._wished


def _busy_until(output: OutputTurn) -> int:
    """The micro-turn boundary at which this output is over; 0 for none. The voice of
    micro-turn k sounds in the interval k+1."""
    if output.audio is not None or output.speaking:
        return output.index + 2
    if output.heard or output.say or output.acts or output.waiting_text:
        return output.index + 1
    return 0
