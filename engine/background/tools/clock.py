"""What time it is, here or elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.background import sentences
from engine.background.phrase import in_english, phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.instants import Clocks, local
from engine.background.tools.parameters import closed, one_of, text

FORMAT = "%A, %d %B %Y, %H:%M:%S"
SHORT = {"time": "%H:%M", "date": "%A, %d %B"}
BOTH = "%H:%M on %A, %d %B"


@dataclass(frozen=True)
class TellTime:
    clocks: Clocks = field(default_factory=Clocks)

    name = "tell_time"
    sentence = "Tells the date and the time, here or in another place."
    risk = Risk.READ
    parameters = closed(
        zone=text("IANA time zone such as Asia/Tokyo; left out: here", 64),
        about=one_of("what to tell in one short sentence; left out: all there is", "time", "date"),
    )

    def preview(self, arguments: Arguments) -> str:
        zone = arguments.get("zone")
        if zone:
            _zone(zone)
        if zone:
            return phrase("Look at the clock in {zone}.", zone=zone)
        return phrase("Look at the clock.")

    async def run(self, arguments: Arguments) -> ToolResult:
        now_s, zone = self.clocks.wall_s(), arguments.get("zone")
        there = datetime.fromtimestamp(now_s, UTC).astimezone(_zone(zone)) if zone else local(now_s)
        if "about" in arguments:
            return ToolResult(_aloud(in_english(there, SHORT[arguments["about"]]), zone))
        week = there.isocalendar().week
        place = zone or there.tzname() or "here"
        text = f"{in_english(there, FORMAT)} ({place}, {there:%z}), week {week}."
        return ToolResult(text, spoken=_aloud(in_english(there, BOTH), zone))


def _aloud(time: str, zone: str | None) -> str:
    """A zone is called by its city."""
    if zone is None:
        return phrase(sentences.TIME, time=time)
    city = zone.rpartition("/")[2].replace("_", " ")
    return phrase(sentences.TIME_THERE, time=time, place=city)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ToolError(
            phrase("There is no such time zone. Give one such as Europe/Lisbon.")
        ) from error


def tools(clocks: Clocks) -> tuple[Tool, ...]:
    return (TellTime(clocks),)
