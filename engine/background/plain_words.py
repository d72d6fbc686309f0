"""What a delegated request asks a tool for, where no language model is there to read it.

A few plain forms of English sentences for reminders, lists, notes and files; whatever has another
form is left to a language model. It reads tasks that were handed over, and those alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from engine.background.direct import Call, seconds_in
from engine.background.tool import Tool
from engine.background.words_to_numbers import SMALL

Arguments = dict[str, Any]
_POLITE = re.compile(r"^(?:(?:please|can you|could you|would you|i want you to|i need you to) )+")
_HALF_DAYS = {
    "am": 0, "a m": 0, "in the morning": 0, "pm": 12, "p m": 12, "in the afternoon": 12,
    "in the evening": 12, "at night": 12,
}  # fmt: skip
_PARTS = {"half": 30, "quarter": 15, "a quarter": 15}
_WRITTEN = re.compile(r"(\d{1,2}):(\d\d)")
_SHIFTED = re.compile(r"(half|a quarter|quarter|.+?)(?: minutes?)? (past|to) (.+)")


def asked_for(request: str, tools: Sequence[Tool], now: datetime) -> Call | None:
    """The call of a tool that is here; None for what has no form that is known. now: local."""
    words = _POLITE.sub("", " ".join(request.casefold().split()).strip(" .?!"))
    words = words.removesuffix(" please").replace("o'clock", "").strip()
    here = {tool.name for tool in tools}
    for form, tool, arguments_of in _FORMS:
        found = form.fullmatch(words)
        arguments = arguments_of(found, now) if found is not None and tool in here else None
        if arguments is not None:
            return Call(tool, arguments)
    return None


def time_of_day(words: str, now: datetime) -> str | None:
    """HH:MM of "half past three", "3:30 pm", "nineteen fifteen". Where nothing says which half of
    the day is meant, the one that comes sooner; None for what is no time."""
    words = words.strip()
    if words in ("noon", "midnight"):
        return "12:00" if words == "noon" else "00:00"
    half = next((end for end in _HALF_DAYS if words.endswith(f" {end}")), "")
    clock = _clock(words.removesuffix(half).strip())
    if clock is None:
        return None
    hour, minute = clock
    if half and hour <= 12:
        hour = hour % 12 + _HALF_DAYS[half]
    elif 1 <= hour <= 12 and not half:
        hour = _sooner(hour % 12, minute, now)
    return f"{hour:02}:{minute:02}"


def _clock(words: str) -> tuple[int, int] | None:
    """Hour and minute as they are said."""
    shifted = _SHIFTED.fullmatch(words)
    if shifted is not None:
        part, way, rest = shifted.groups()
        hour = _numbers(rest)
        minutes = [_PARTS[part]] if part in _PARTS else _numbers(part)
        if len(hour) != 1 or not minutes or sum(minutes) > 59:
            return None
        past = sum(minutes) if way == "past" else -sum(minutes)
        total = (hour[0] * 60 + past) % 1440
        return (total // 60, total % 60) if hour[0] < 24 else None
    written = _WRITTEN.fullmatch(words)
    numbers = [int(part) for part in written.groups()] if written else _numbers(words)
    if numbers[:1] == [20] and len(numbers) > 2 and 0 < numbers[1] < 4:  # twenty one fifteen
        numbers = [20 + numbers[1], *numbers[2:]]
    minutes = numbers[1:]
    unclear = not written and len(minutes) == 1 and 0 < minutes[0] < 10  # twenty five
    if not numbers or numbers[0] > 23 or len(minutes) > 2 or sum(minutes) > 59 or unclear:
        return None
    return numbers[0], sum(minutes)


def _numbers(words: str) -> list[int]:
    """Each as it is said, one by one; none where anything else is said too."""
    found = [SMALL.get(word, int(word) if word.isdecimal() else -1) for word in
             words.replace("-", " ").replace(" oh ", " zero ").split()]  # fmt: skip
    return [] if -1 in found else found


def _sooner(hour: int, minute: int, now: datetime) -> int:
    """hour: 0 to 11. It, or that of the other half of the day."""

    def wait(at: int) -> timedelta:
        moment = now.replace(hour=at, minute=minute, second=0, microsecond=0)
        return moment - now if moment > now else moment + timedelta(days=1) - now

    return min((hour, hour + 12), key=wait)


def _reminder(found: re.Match[str], now: datetime) -> Arguments | None:
    when = time_of_day(found["when"], now)
    return {"when": when, "label": found["what"]} if when else None


def _timer(found: re.Match[str], _now: datetime) -> Arguments | None:
    length = seconds_in(found["long"])
    return {**length, "label": found["what"]} if length else None


def _item(found: re.Match[str], _now: datetime) -> Arguments:
    return {"title": f"{found['name']} list", "text": found["what"]}


def _given(key: str, pattern: str = "{}") -> Callable[[re.Match[str], datetime], Arguments]:
    return lambda found, _now: {key: pattern.format(found["name"])}


def _nothing(_found: re.Match[str], _now: datetime) -> Arguments:
    return {}


_ME = "remind me"
_FORMS: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str], datetime], Any]], ...] = tuple(
    (re.compile(form), tool, arguments_of)
    for form, tool, arguments_of in (
        (rf"{_ME} (?:in|after) (?P<long>.+?) (?:to|of|about) (?P<what>.+)", "set_timer", _timer),
        (rf"{_ME} (?:to|of|about) (?P<what>.+) (?:in|after) (?P<long>.+)", "set_timer", _timer),
        (rf"{_ME} at (?P<when>.+?) (?:to|of|about) (?P<what>.+)", "remind", _reminder),
        (rf"{_ME} (?:to|of|about) (?P<what>.+) at (?P<when>.+)", "remind", _reminder),
        (r"(?:list|show|tell me|read me) (?:all )?(?:my|the) (?:timers|reminders)(?: and .*)?",
         "list_timers", _nothing),
        (r"(?:what|which) (?:timers|reminders) (?:do i have|are (?:there|set|running))",
         "list_timers", _nothing),
        (r"(?:put|add) (?P<what>.+) (?:on|to) (?:my|the) (?P<name>[\w ]+) list", "write_note",
         _item),
        (r"(?:what is|what's|read me what is) on (?:my|the) (?P<name>[\w ]+) list",
         "read_note", _given("title", "{} list")),
        (r"read (?:me )?(?:my|the) (?P<name>[\w ]+) list", "read_note", _given("title", "{} list")),
        (r"read (?:me )?(?:my|the) note (?:about |called |named )?(?P<name>.+)", "read_note",
         _given("title")),
        (r"(?:list|show|read me) (?:all )?(?:my|the) notes|what notes do i have", "list_notes",
         _nothing),
        (r"(?:find|look for|search for) (?:me )?(?:a |the |my )?(?:files?|folders?) "
         r"(?:called |named |about )?(?P<name>.+)", "find_files", _given("name")),
        (r"read (?:me )?(?:my|the) clipboard|what (?:did i copy|is on (?:my|the) clipboard)",
         "read_clipboard", _nothing),
    )
)  # fmt: skip
