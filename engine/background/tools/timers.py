"""Timers and reminders: setting, listing, cancelling, and ringing."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.alarms import Alarm, Alarms, Ringing, of_token, token
from engine.background.tools.instants import Clocks, parsed, spoken_time
from engine.background.tools.parameters import closed, number, one_of, text
from engine.background.visible import quoted

_log = logging.getLogger(__name__)
YEAR_S = 366 * 86_400
LOOK_EVERY_S = 1.0  # so that a clock that jumps and a machine that slept are noticed
_LABEL = text("what it is for, as it should be said", 200)


@dataclass(frozen=True)
class SetTimer:
    alarms: Alarms

    name = "set_timer"
    sentence = "Sets a timer."
    risk = Risk.REVERSIBLE
    parameters = closed(("seconds",), seconds=number("length in seconds", 1, YEAR_S), label=_LABEL)

    def preview(self, arguments: Arguments) -> str:
        return f"Set a timer of {length(arguments['seconds'])}{_named(arguments)}."

    async def run(self, arguments: Arguments) -> ToolResult:
        alarm = self.alarms.start_timer(arguments["seconds"], arguments.get("label", "time is up"))
        said = f"A timer of {length(arguments['seconds'])} is running."
        return ToolResult(said, undo=alarm.id)

    async def undo(self, token: str) -> str:
        return f"The timer is cancelled: {_taken_back(self.alarms, token).label}."


@dataclass(frozen=True)
class Remind:
    alarms: Alarms
    clocks: Clocks

    name = "remind"
    sentence = "Reminds you of something at a time."
    risk = Risk.REVERSIBLE
    parameters = closed(
        ("when", "label"),
        when=text('the next "15:30", or a date with it, "2031-05-17 15:30"', 40),
        label=_LABEL,
        repeat=one_of("how often; left out: once", "once", "daily", "weekly"),
    )

    def preview(self, arguments: Arguments) -> str:
        due_s = self._due(arguments)
        again = {"daily": " and every day after", "weekly": " and every week after"}
        often = again.get(arguments.get("repeat", "once"), "")
        return f"Remind you on {spoken_time(due_s)}{often}: {arguments['label']}"

    async def run(self, arguments: Arguments) -> ToolResult:
        due_s, repeat = self._due(arguments), arguments.get("repeat", "once")
        alarm = self.alarms.remind(due_s, arguments["label"], repeat)
        return ToolResult(f"A reminder is set for {spoken_time(due_s)}.", undo=alarm.id)

    async def undo(self, token: str) -> str:
        return f"The reminder is cancelled: {_taken_back(self.alarms, token).label}."

    def _due(self, arguments: Arguments) -> float:
        now_s = self.clocks.wall_s()
        due_s = parsed(arguments["when"], now_s)
        if not now_s < due_s < now_s + 20 * YEAR_S:
            raise ToolError("That time is over, or too far away.")
        return due_s


@dataclass(frozen=True)
class ListAlarms:
    alarms: Alarms

    name = "list_timers"
    sentence = "Lists the timers and reminders."
    risk = Risk.READ
    parameters = closed()

    def preview(self, arguments: Arguments) -> str:
        return "List the timers and reminders."

    async def run(self, arguments: Arguments) -> ToolResult:
        lines = [self._line(alarm) for alarm in self.alarms.all()]
        return ToolResult(quoted(f"{len(lines)} timers and reminders", "\n".join(lines)))

    def _line(self, alarm: Alarm) -> str:
        left = length(max(0.0, self.alarms.left_s(alarm)))
        return f"{alarm.id}: {alarm.kind} in {left}, {spoken_time(alarm.due_s)}, {alarm.label}"


@dataclass(frozen=True)
class CancelAlarm:
    alarms: Alarms

    name = "cancel_timer"
    sentence = "Cancels a timer or a reminder."
    risk = Risk.REVERSIBLE
    parameters = closed(("id",), id=text("as list_timers gives it", 16))

    def preview(self, arguments: Arguments) -> str:
        for alarm in self.alarms.all():
            if alarm.id == arguments["id"]:
                return f"Cancel the {alarm.kind}: {alarm.label}"
        raise ToolError("There is no timer or reminder of that id.")

    async def run(self, arguments: Arguments) -> ToolResult:
        alarm = self.alarms.cancel(arguments["id"])
        return ToolResult(f"The {alarm.kind} is cancelled: {alarm.label}", undo=token(alarm))

    async def undo(self, token: str) -> str:
        alarm = self.alarms.bring_back(of_token(token))
        return f"The {alarm.kind} is back: {alarm.label}"


def length(seconds: float) -> str:
    """In words: 3725 is "1 hour 2 minutes 5 seconds"."""
    left, parts = math.ceil(seconds), []
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {unit}{'s' if count > 1 else ''}")
    return " ".join(parts) or "0 seconds"


async def ring_forever(alarms: Alarms, told: Callable[[Ringing], None]) -> None:
    """Calls `told` for each alarm when it is due, until cancelled."""
    while True:
        try:
            for ringing in alarms.ring():
                told(ringing)
        except ToolError as error:
            _log.warning("timers cannot be kept: %s", error)
        await asyncio.sleep(LOOK_EVERY_S)


def _taken_back(alarms: Alarms, id: str) -> Alarm:
    if not any(alarm.id == id for alarm in alarms.all()):
        raise ToolError("It has rung already, or was cancelled.")
    return alarms.cancel(id)


def _named(arguments: Arguments) -> str:
    return f" for: {arguments['label']}" if "label" in arguments else ""


def tools(alarms: Alarms, clocks: Clocks) -> tuple[Tool, ...]:
    return (SetTimer(alarms), Remind(alarms, clocks), ListAlarms(alarms), CancelAlarm(alarms))


def alarms_in(folder: Path, clocks: Clocks) -> Alarms:
    return Alarms(folder / "alarms.json", clocks)
