"""The clocks that timers and the clock tool read, as one value that tests replace."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from engine.background.phrase import phrase
from engine.background.tool import ToolError

YEAR_S = 366 * 86_400


def _steady_s() -> float:
    """Goes on while the machine sleeps, where the system has such a clock."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def _boot() -> str:
    """Names the run of the machine; "" where a restart of Aside cannot tell it apart."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


@dataclass(frozen=True)
class Clocks:
    """wall_s: Unix time, which may jump. steady_s: never jumps, means nothing after `boot` ends."""

    wall_s: Callable[[], float] = time.time
    steady_s: Callable[[], float] = _steady_s
    boot: Callable[[], str] = _boot


def local(wall_s: float) -> datetime:
    """That instant where the user is."""
    return datetime.fromtimestamp(wall_s).astimezone()


def parsed(when: str, now_s: float) -> float:
    """Unix time of "15:30" (the next one), or of an ISO date and time. Raises ToolError."""
    try:
        if len(when) <= 5:
            return _next(when, now_s)
        moment = datetime.fromisoformat(when)
        return (moment if moment.tzinfo else moment.astimezone()).timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise ToolError(
            phrase("That is no time: give one such as 15:30, or 2031-05-17 15:30 with its date.")
        ) from error


def _next(clock_time: str, now_s: float) -> float:
    """By the calendar, not by 86,400 s: a day can be an hour shorter or longer."""
    wanted = datetime.strptime(clock_time, "%H:%M").time()
    today = local(now_s).date()
    for day in (today, today + timedelta(days=1)):
        moment = datetime.combine(day, wanted).astimezone().timestamp()
        if moment > now_s:
            return moment
    raise ValueError(clock_time)
