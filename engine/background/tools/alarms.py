"""Timers and reminders as data: when each is due, whatever happens to clock and machine.

A timer is a length of time: it runs on the steady clock, and across a restart of the machine on
the wall clock, which is all that is left then. A reminder is a time of day: it follows the wall
clock, forwards and backwards. Each rings once.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from engine.background import sentences
from engine.background.disk import DAMAGED, read_json, write_json
from engine.background.phrase import Moment, phrase
from engine.background.tool import ToolError
from engine.background.tools.instants import Clocks, local

_log = logging.getLogger(__name__)
MAX_ALARMS = 200
JUMP_S = 2.0  # clocks are corrected by less than that all the time
LATE_S = 60.0
UNNAMED = "time is up"  # the label of a timer that was given none


@dataclass(frozen=True)
class Alarm:
    """kind: "timer" or "reminder". due_s: Unix time. steady_due_s: for timers, in `boot`.

    repeat: "once", "daily" or "weekly"; a repeated reminder keeps its time of day.
    """

    id: str
    kind: str
    label: str
    due_s: float
    steady_due_s: float = 0.0
    boot: str = ""
    repeat: str = "once"


@dataclass(frozen=True)
class Ringing:
    """id: of this one ringing, so that it is told once. late_s: how long ago it was due."""

    id: str
    alarm: Alarm
    late_s: float

    @property
    def text(self) -> str:
        """A Phrase: spoken as it is, shown in the user's language."""
        unnamed = self.alarm.kind == "timer" and self.alarm.label == UNNAMED
        pattern = sentences.TIME_IS_UP if unnamed else sentences.RINGS[self.alarm.kind]
        what = phrase(pattern, label=self.alarm.label.rstrip("."))
        if self.late_s < LATE_S:
            return what
        due = local(self.alarm.due_s)
        day = phrase(sentences.DAYS[due.weekday()])
        return phrase(sentences.LATE, ring=what, time=f"{due:%H:%M}", day=day)


class Alarms:
    """All alarms, in a file at `path` and in memory. Somebody else may write to the file too, such
    as `aside tools undo` beside a running desktop: then it is read again."""

    def __init__(self, path: Path, clocks: Clocks) -> None:
        self._path = path
        self._clocks = clocks
        self._alarms: dict[str, Alarm] | None = None
        # What the file does not say yet, by id. None: it rang, once and for all.
        self._ahead: dict[str, Alarm | None] = {}
        self._complained = False
        self._read_as: tuple[int, ...] = ()
        self._offset_s = self._offset()

    def all(self) -> tuple[Alarm, ...]:
        """The next one first."""
        return tuple(sorted(self._known().values(), key=self.left_s))

    def left_s(self, alarm: Alarm) -> float:
        """Seconds until it rings, negative when it should have rung."""
        if alarm.kind == "timer" and alarm.boot == self._clocks.boot() != "":
            return alarm.steady_due_s - self._clocks.steady_s()
        return alarm.due_s - self._clocks.wall_s()

    def start_timer(self, seconds: float, label: str) -> Alarm:
        clocks = self._clocks
        due_s, steady_s = clocks.wall_s() + seconds, clocks.steady_s() + seconds
        return self._add(Alarm(_id(), "timer", label, due_s, steady_s, clocks.boot()))

    def remind(self, due_s: float, label: str, repeat: str = "once") -> Alarm:
        """Raises ToolError for a time that is over."""
        if due_s <= self._clocks.wall_s():
            raise ToolError(phrase("That time is over: {when}.", when=Moment(due_s)))
        return self._add(Alarm(_id(), "reminder", label, due_s, repeat=repeat))

    def cancel(self, alarm_id: str) -> Alarm:
        known = self._known()
        if alarm_id not in known:
            raise ToolError(phrase("There is no timer or reminder of that id."))
        self._save({key: alarm for key, alarm in known.items() if key != alarm_id})
        return known[alarm_id]

    def bring_back(self, alarm: Alarm) -> Alarm:
        if self.left_s(alarm) <= 0:
            raise ToolError(phrase("It would have rung by now."))
        return self._add(alarm)

    def ring(self) -> list[Ringing]:
        """Those that are due now; they are gone, or set for their next time, when this returns.

        A full disk does not make an alarm ring twice: memory goes before the file, which follows
        when it can.
        """
        self._follow_the_clock()
        due = [alarm for alarm in self.all() if self.left_s(alarm) <= 0]
        self._remember({alarm.id: self._afterwards(alarm) for alarm in due})
        if self._ahead:
            self._write_down()
        return [self._ringing(alarm) for alarm in due]

    def _afterwards(self, alarm: Alarm) -> Alarm | None:
        if alarm.repeat == "once":
            return None
        return replace(alarm, due_s=_following(alarm, self._clocks.wall_s()))

    def _ringing(self, alarm: Alarm) -> Ringing:
        return Ringing(f"{alarm.id}@{alarm.due_s:.0f}", alarm, max(0.0, -self.left_s(alarm)))

    def _follow_the_clock(self) -> None:
        """The wall clock jumped: a timer is due as long from now as it was before the jump."""
        moved_s, self._offset_s = self._offset() - self._offset_s, self._offset()
        boot = self._clocks.boot()
        if abs(moved_s) < JUMP_S or not boot:
            return
        self._remember({
            key: replace(alarm, due_s=alarm.due_s + moved_s)
            for key, alarm in self._known().items()
            if alarm.kind == "timer" and alarm.boot == boot
        })  # fmt: skip

    def _offset(self) -> float:
        return self._clocks.wall_s() - self._clocks.steady_s()

    def _add(self, alarm: Alarm) -> Alarm:
        known = self._known()
        if len(known) >= MAX_ALARMS:
            raise ToolError(
                phrase(
                    "There are {most} timers and reminders already. Cancel some.", most=MAX_ALARMS
                )
            )
        self._save({**known, alarm.id: alarm})
        return alarm

    def _known(self) -> dict[str, Alarm]:
        stamp = _stamp(self._path)
        if self._alarms is None:
            self._alarms = self._merged(_read(self._path))
        elif stamp != self._read_as:
            with suppress(ToolError):  # what is in memory rings, whatever became of the file
                self._alarms = self._merged(_read(self._path))
        self._read_as = stamp
        return self._alarms

    def _remember(self, changed: Mapping[str, Alarm | None]) -> None:
        """In memory, whether it can be written down or not."""
        self._ahead |= changed
        self._alarms = self._merged(self._known().values())

    def _merged(self, alarms: Iterable[Alarm]) -> dict[str, Alarm]:
        """By their ids, with what became of them since they were written down."""
        now = (self._ahead.get(alarm.id, alarm) for alarm in alarms)
        return {alarm.id: alarm for alarm in now if alarm is not None}

    def _write_down(self) -> None:
        """Failing that, the next `ring` tries again. Only the first failure is logged."""
        try:
            self._save(self._known())
        except ToolError as error:
            if not self._complained:
                _log.warning("what became of alarms cannot be written down yet: %s", error)
            self._complained = True

    def _save(self, alarms: dict[str, Alarm]) -> None:
        write_json(self._path, {"alarms": [asdict(alarm) for alarm in alarms.values()]})
        self._alarms, self._read_as = alarms, _stamp(self._path)
        self._ahead, self._complained = {}, False


def token(alarm: Alarm) -> str:
    """All of it, so that a cancelled alarm can be brought back."""
    return json.dumps(asdict(alarm))


def of_token(text: str) -> Alarm:
    try:
        return _alarm(json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise ToolError(phrase("What it was is no longer known.")) from error


def _id() -> str:
    return secrets.token_hex(3)


def _stamp(path: Path) -> tuple[int, ...]:
    """Changes with each writing; () where there is no file."""
    with suppress(OSError):
        status = path.stat()
        return status.st_ino, status.st_mtime_ns, status.st_size
    return ()


def _read(path: Path) -> list[Alarm]:
    value = read_json(path)
    if value is None:
        return []
    try:
        return [_alarm(item) for item in value["alarms"]]
    except (KeyError, TypeError, ValueError) as error:
        raise ToolError(phrase(DAMAGED, path=path)) from error


def _alarm(item: dict[str, Any]) -> Alarm:
    alarm = Alarm(**item)
    return replace(alarm, due_s=float(alarm.due_s), steady_due_s=float(alarm.steady_due_s))


def _following(alarm: Alarm, now_s: float) -> float:
    """The next time of day after now, by the calendar: summer time moves no reminder."""
    step = timedelta(days=7 if alarm.repeat == "weekly" else 1)
    moment = local(alarm.due_s).replace(tzinfo=None)
    behind = max(0, (local(now_s).replace(tzinfo=None) - moment) // step)
    moment += step * behind
    while _wall(moment) <= now_s:
        moment += step
    return _wall(moment)


def _wall(moment: datetime) -> float:
    return moment.astimezone().timestamp()
