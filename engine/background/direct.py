"""What the interaction model can have done without a language model: acts that are calls already.

Its own acts are a name and a few words: "timer ten minutes", "calculate nine times seven". Here
each is turned into the call of a tool, where such a tool is there and the words say enough.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.background.tool import Tool
from engine.background.words_to_numbers import in_digits

Arguments = dict[str, Any]
UNITS_S = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_OPERATORS = {"plus": "+", "minus": "-", "times": "*", "divided by": "/"}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(second|minute|hour|day)s?")


@dataclass(frozen=True)
class Call:
    """A tool's name and its arguments."""

    name: str
    arguments: Mapping[str, Any]


def call_of(request: str, tools: Sequence[Tool]) -> Call | None:
    """`request`: an act's name and its words, or a tool's name and a JSON object."""
    name, _, words = request.strip().partition(" ")
    here = {tool.name: tool for tool in tools}
    if f"{name} {words}" in ACTS:
        name, words = f"{name} {words}", ""
    if name in ACTS:
        tool_name, arguments_of = ACTS[name]
        arguments = arguments_of(words.strip())
        return Call(tool_name, arguments) if tool_name in here and arguments is not None else None
    return _exact(here.get(name), words.strip())


def is_act(name: str) -> bool:
    """Whether an act of this name is something to be done here.

    `remember` and `forget` are not: the model's memory is its own, and lies in its session.
    """
    return name in ACTS


def _exact(tool: Tool | None, words: str) -> Call | None:
    """A tool by its own name: with an object, or without words where it needs none."""
    if tool is None:
        return None
    try:
        arguments = json.loads(words or "{}")
    except (ValueError, RecursionError):
        return None
    if not isinstance(arguments, dict) or set(tool.parameters.get("required", ())) - set(arguments):
        return None
    return Call(tool.name, arguments)


def _nothing(_words: str) -> Arguments:
    return {}


def _expression(words: str) -> Arguments | None:
    expression = in_digits(words)
    for spoken, written in _OPERATORS.items():
        expression = expression.replace(spoken, written)
    return {"expression": expression} if expression else None


def _seconds(words: str) -> Arguments | None:
    found = _LENGTH.findall(in_digits(words))
    seconds = sum(float(number) * UNITS_S[unit] for number, unit in found)
    return {"seconds": seconds} if seconds else None


def _text(key: str) -> Callable[[str], Arguments | None]:
    return lambda words: {key: words} if words else None


def _note(words: str) -> Arguments | None:
    return {"title": " ".join(words.split()[:6]), "text": words} if words else None


ACTS: dict[str, tuple[str, Callable[[str], Arguments | None]]] = {
    "clock": ("tell_time", lambda _: {"about": "time"}),
    "date": ("tell_time", lambda _: {"about": "date"}),
    "calculate": ("calculate", _expression),
    "timer": ("set_timer", _seconds),
    "note": ("write_note", _note),
    "open": ("open_application", _text("name")),
    "search": ("search_web", _text("query")),
    "look": ("look_at_screen", _nothing),
    "look camera": ("look_at_camera", _nothing),
    "look screen": ("look_at_screen", _nothing),
}
