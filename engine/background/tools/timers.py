"""Timers and reminders: setting, listing, cancelling, and ringing."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from engine.background import sentences
from engine.background.phrase import Moment, later, phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.alarms import UNNAMED, Alarm, Alarms, Ringing, of_token, token
from engine.background.tools.instants import YEAR_S, Clocks, parsed
from engine.background.tools.listing import listed
from engine.background.tools.parameters import closed, number, one_of, text
from engine.background.visible import in_few_words, quoted

_log = logging.getLogger(__name__)
LOOK_EVERY_S = 1.0  # so that a clock that jumps and a machine that slept are noticed
LENGTHS = {
    86_400: (later("{count} day"), later("{count} days")),
    3_600: (later("{count} hour"), later("{count} hours")),
    60: (later("{count} minute"), later("{count} minutes")),
    1: (later("{count} second"), later("{count} seconds")),
}
REMINDING = {
    "once": later("Remind you on {when}: {label}"),
    "daily": later("Remind you on {when} and every day after: {label}"),
    "weekly": later("Remind you on {when} and every week after: {label}"),
}
CANCELLING = {
    "timer": later("Cancel the timer: {label}"),
    "reminder": later("Cancel the reminder: {label}"),
}
OFF = {"timer": sentences.TIMER_OFF, "reminder": sentences.REMINDER_OFF}
COUNTED: dict[tuple[str, ...], tuple[str, str]] = {  # of which kinds -> one of it, many
    ("timer",): (sentences.ONE_TIMER, sentences.TIMERS),
    ("reminder",): (sentences.ONE_REMINDER, sentences.REMINDERS),
    ("reminder", "timer"): (sentences.MIXED, sentences.MIXED),
}
CANCELLED = {
    "timer": later("The timer is cancelled: {label}"),
    "reminder": later("The reminder is cancelled: {label}"),
}
BACK = {
    "timer": later("The timer is back: {label}"),
    "reminder": later("The reminder is back: {label}"),
}
_LABEL = text("what it is for, as it should be said", 200)


@dataclass(frozen=True)
class SetTimer:
    alarms: Alarms

    name = "set_timer"
    sentence = "Sets a timer."
    risk = Risk.REVERSIBLE
    parameters = closed(("seconds",), seconds=number("length in seconds", 1, YEAR_S), label=_LABEL)

    def preview(self, arguments: Arguments) -> str:
        lasts = length(arguments["seconds"])
        if "label" in arguments:
            return phrase("Set a timer of {length} for: {label}.", length=lasts,
                          label=arguments["label"])  # fmt: skip
        return phrase("Set a timer of {length}.", length=lasts)

    async def run(self, arguments: Arguments) -> ToolResult:
        alarm = self.alarms.start_timer(arguments["seconds"], arguments.get("label", UNNAMED))
        lasts = length(arguments["seconds"])
        return ToolResult(phrase(sentences.TIMER_RUNS, length=lasts), undo=alarm.id)

    async def undo(self, token: str) -> str:
        label = _taken_back(self.alarms, token).label
        return phrase("The timer is cancelled: {label}.", label=label)


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
        pattern = REMINDING[arguments.get("repeat", "once")]
        return phrase(pattern, when=Moment(due_s), label=arguments["label"])

    async def run(self, arguments: Arguments) -> ToolResult:
        due_s, repeat = self._due(arguments), arguments.get("repeat", "once")
        alarm = self.alarms.remind(due_s, arguments["label"], repeat)
        said = phrase(sentences.REMINDER_SET, when=Moment(due_s))
        return ToolResult(said, undo=alarm.id)

    async def undo(self, token: str) -> str:
        label = _taken_back(self.alarms, token).label
        return phrase("The reminder is cancelled: {label}.", label=label)

    def _due(self, arguments: Arguments) -> float:
        now_s = self.clocks.wall_s()
        due_s = parsed(arguments["when"], now_s)
        if not now_s < due_s < now_s + 20 * YEAR_S:
            raise ToolError(phrase("That time is over, or too far away."))
        return due_s


@dataclass(frozen=True)
class ListAlarms:
    alarms: Alarms

    name = "list_timers"
    sentence = "Lists the timers and reminders."
    risk = Risk.READ
    parameters = closed()

    def preview(self, arguments: Arguments) -> str:
        return phrase("List the timers and reminders.")

    async def run(self, arguments: Arguments) -> ToolResult:
        alarms = self.alarms.all()
        if not alarms:
            return ToolResult(phrase(sentences.NO_TIMERS))
        lines = [self._line(alarm) for alarm in alarms]
        one, many = COUNTED[tuple(sorted({alarm.kind for alarm in alarms}))]
        what = phrase(many if alarms[1:] else one, count=len(alarms))
        text = quoted(f"{len(lines)} timers and reminders", "\n".join(lines))
        return ToolResult(text, spoken=listed(what, [self._aloud(each) for each in alarms[:3]]))

    def _aloud(self, alarm: Alarm) -> str:
        left = roughly(self.alarms.left_s(alarm))
        if alarm.label == UNNAMED:
            return phrase(sentences.UNLABELLED, length=left)
        return phrase(sentences.LABELLED, label=in_few_words(alarm.label), length=left)

    def _line(self, alarm: Alarm) -> str:
        left = length(max(0.0, self.alarms.left_s(alarm)))
        return f"{alarm.id}: {alarm.kind} in {left}, {Moment(alarm.due_s)}, {alarm.label}"


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
                return phrase(CANCELLING[alarm.kind], label=alarm.label)
        raise ToolError(phrase("There is no timer or reminder of that id."))

    async def run(self, arguments: Arguments) -> ToolResult:
        alarm = self.alarms.cancel(arguments["id"])
        text = phrase(CANCELLED[alarm.kind], label=alarm.label)
        return ToolResult(text, undo=token(alarm), spoken=phrase(OFF[alarm.kind]))

    async def undo(self, token: str) -> str:
        alarm = self.alarms.bring_back(of_token(token))
        return phrase(BACK[alarm.kind], label=alarm.label)


def length(seconds: float) -> str:
    """In words: 3725 is "1 hour 2 minutes 5 seconds"."""
    left, parts = math.ceil(seconds), []
    for size, (one, many) in LENGTHS.items():
        count, left = divmod(left, size)
        if count:
            parts.append(phrase(one if count == 1 else many, count=count))
    if not parts:
        return phrase("{count} seconds", count=0)
    return reduce(lambda long, short: phrase("{long} {short}", long=long, short=short), parts)


def roughly(seconds: float) -> str:
    """In the biggest unit of which there are two or more: 3725 is "63 minutes"."""
    left = max(0, math.ceil(seconds))
    size = next((size for size in LENGTHS if left >= 2 * size), 1)
    one, many = LENGTHS[size]
    count = math.ceil(left / size)
    return phrase(one if count == 1 else many, count=count)


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
        raise ToolError(phrase("It has rung already, or was cancelled."))
    return alarms.cancel(id)


def tools(alarms: Alarms, clocks: Clocks) -> tuple[Tool, ...]:
    return (SetTimer(alarms), Remind(alarms, clocks), ListAlarms(alarms), CancelAlarm(alarms))


def alarms_in(folder: Path, clocks: Clocks) -> Alarms:
    return Alarms(folder / "alarms.json", clocks)
