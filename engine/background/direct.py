"""What the interaction model can have done without a language model: acts that are calls already.

Its own acts are a name and a few words: "timer ten minutes", "calculate nine times seven". Here
each is turned into the call of a tool, where such a tool is there and the words say enough. Where
they do not, there is a sentence about what to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.background import sentences
from engine.background.phrase import phrase
from engine.background.tool import Tool
from engine.background.tools.instants import YEAR_S
from engine.background.words_to_numbers import in_digits

Arguments = dict[str, Any]
UNITS_S = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_OPERATORS = {
    "plus": "+", "minus": "-", "times": "*", "divided by": "/", "percent of": "% of",
    "squared": "^2", "to the power of": "^",
}  # fmt: skip
_ROOT = re.compile(r"(?:the )?square root of (\d+(?:\.\d+)?)")
_CONVERSION = re.compile(r"(\d+(?:\.\d+)?) ([a-z ]{1,60}?) (?:in|to|into) ([a-z ]{1,60})")
_UNIT = "(" + "|".join(UNITS_S) + ")s?"
_LENGTH = re.compile(rf"(\d+(?:\.\d+)?) ?{_UNIT}")
_HALVES = (
    (re.compile(rf"\bhalf an? {_UNIT}"), r"0.5 \1"), (re.compile(rf"\ban? {_UNIT}"), r"1 \1"),
    (re.compile(rf"(\d+) and a half {_UNIT}"), r"\1.5 \2"),
    (re.compile(rf"(\d+) {_UNIT} and a half"), r"\1.5 \2"),
)  # fmt: skip


@dataclass(frozen=True)
class Call:
    """A tool's name and its arguments. thought: whether a language model, where one is chosen,
    makes an answer of what it brings."""

    name: str
    arguments: Mapping[str, Any]
    thought: bool = False


@dataclass(frozen=True)
class Deed:
    """What an act is done by. arguments_of: from its words; None where they say too little, and
    then `asks` says what is wanted. thought: as a Call has it. sooner: what does it instead, where
    the words are enough for that."""

    tool: str
    arguments_of: Callable[[str], Arguments | None]
    asks: str = sentences.NOT_HERE
    thought: bool = False
    sooner: Deed | None = None


def call_of(request: str, tools: Sequence[Tool]) -> Call | None:
    """`request`: an act's name and its words, or a tool's name and a JSON object."""
    name, words = _taken_apart(request)
    here = {tool.name: tool for tool in tools}
    if name in ACTS:
        deed = ACTS[name]
        return _done_by(deed.sooner, words, here) or _done_by(deed, words, here)
    return _exact(here.get(name), words)


def _done_by(deed: Deed | None, words: str, here: Mapping[str, Tool]) -> Call | None:
    arguments = deed.arguments_of(words) if deed is not None and deed.tool in here else None
    return Call(deed.tool, arguments, deed.thought) if deed and arguments is not None else None


def anew(request: str, meant: str) -> str:
    """The act that `request` is, about what was meant instead; "" for what is no act."""
    name, _ = _taken_apart(request)
    return f"{name} {meant}".strip() if name in ACTS else ""


def asked_back(request: str, tools: Sequence[Tool]) -> str:
    """What to say of an act that is no call: what is missing; "" for what is no act."""
    name, _ = _taken_apart(request)
    if name not in ACTS:
        return ""
    deed = ACTS[name]
    return phrase(
        deed.asks if any(tool.name == deed.tool for tool in tools) else sentences.NOT_HERE
    )


def _taken_apart(request: str) -> tuple[str, str]:
    """An act's name and its words."""
    request = request.strip()
    if request in ACTS:
        return request, ""
    name, _, words = request.partition(" ")
    return name, words.strip()


def is_act(name: str) -> bool:
    """Whether an act of this name is something to be done here.

    `remember` and `forget` are not: the model's memory is its own, and lies in its session.
    """
    return name in ACTS


def is_thought(name: str) -> bool:
    """Whether a language model makes an answer of what this act brings."""
    return ACTS[name].thought


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
    expression = re.sub(r"\ba (?=\d)", "", in_digits(words))  # a hundred
    expression = _ROOT.sub(r"sqrt(\1)", expression)
    for spoken, written in _OPERATORS.items():
        expression = expression.replace(spoken, written)
    return {"expression": expression} if re.search(r"\d", expression) else None


def _conversion(words: str) -> Arguments | None:
    """Of "five miles in kilometers"; units are the tool's to know."""
    found = _CONVERSION.fullmatch(in_digits(words))
    if found is None:
        return None
    unit, to = (text.removeprefix("degrees ") for text in (found[2], found[3]))
    return {"amount": float(found[1]), "unit": unit, "to": to}


def seconds_in(words: str) -> Arguments | None:
    """Of what no timer can be set for, nothing."""
    spoken = in_digits(words)
    for halves, digits in _HALVES:
        spoken = halves.sub(digits, spoken)
    seconds = sum(float(number) * UNITS_S[unit] for number, unit in _LENGTH.findall(spoken))
    return {"seconds": seconds} if 1 <= seconds <= YEAR_S else None


def _text(key: str) -> Callable[[str], Arguments | None]:
    return lambda words: {key: words} if words else None


def _note(words: str) -> Arguments | None:
    return {"title": " ".join(words.split()[:6]), "text": words} if words else None


ACTS: dict[str, Deed] = {
    "clock": Deed("tell_time", lambda _: {"about": "time"}),
    "date": Deed("tell_time", lambda _: {"about": "date"}),
    "calculate": Deed(
        "calculate", _expression, sentences.WORK_OUT_WHAT,
        sooner=Deed("convert_units", _conversion),
    ),
    "timer": Deed(
        "set_timer", seconds_in, sentences.HOW_LONG,
    ),
    "note": Deed("write_note", _note, sentences.WRITE_WHAT),
    "open": Deed("open_application", _text("name"), sentences.OPEN_WHAT),
    "search": Deed("search_web", _text("query"), sentences.SEARCH_WHAT, True),
    "look": Deed("look_at_screen", _nothing, thought=True),
    "look camera": Deed("look_at_camera", _nothing, thought=True),
    "look screen": Deed("look_at_screen", _nothing, thought=True),
}  # fmt: skip
