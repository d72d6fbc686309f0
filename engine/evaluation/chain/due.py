"""What a scene wants done: by which tool, with which arguments.

Written for itself, from the scene's words alone: the code that turns acts into calls is measured
by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.background.acting import CORRECT, DELEGATE
from engine.runtime.memory import FOR_ITSELF
from engine.training.scenes.numbers import words
from engine.training.scenes.stage import Scene

MIND = "mind"
_NUMBERS = {words(number): number for number in range(100)}
_UNITS_S = {"seconds": 1, "minutes": 60, "hours": 3600}
_SIGNS = {" plus ": "+", " minus ": "-", " times ": "*", " divided by ": "/"}


@dataclass(frozen=True)
class Due:
    """tool: its name, MIND for a task of the language model. request: what the task is called.
    overtaken: whether it is corrected later, so that nothing of it is told."""

    tool: str
    request: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    overtaken: bool = False


def due(scene: Scene) -> list[Due]:
    """In the order in which it is to be done."""
    found: list[Due] = []
    for act in _acts(scene):
        name, _, about = act.partition(" ")
        if name == CORRECT:
            before = found.pop().request
            found.append(_asked(before, overtaken=True))
            found.append(_asked(f"{before}. The user corrected this: {about}"))
        else:
            found.append(_asked(about) if name == DELEGATE else _called(name, about))
    return found


def _acts(scene: Scene) -> Sequence[str]:
    """As a session writes them; without what the model keeps for itself."""
    acts = [expect.texts[0] for expect in scene.expects if expect.kind == "act" and expect.texts]
    return [act for act in acts if act.partition(" ")[0] not in FOR_ITSELF]


def _asked(request: str, overtaken: bool = False) -> Due:
    return Due(MIND, request, {"request": request}, overtaken)


def _called(name: str, about: str) -> Due:
    request = f"{name} {about}".strip()
    calls: dict[str, tuple[str, Mapping[str, Any]]] = {
        "clock": ("tell_time", {"about": "time"}),
        "date": ("tell_time", {"about": "date"}),
        "open": ("open_application", {"name": about}),
        "search": ("search_web", {"query": about}),
        "note": ("write_note", {"title": " ".join(about.split()[:6]), "text": about}),
        "look": (f"look_at_{about}", {}),
    }
    if name == "timer":
        return Due("set_timer", request, {"seconds": _seconds(about)})
    if name == "calculate":
        return Due("calculate", request, {"expression": _expression(about)})
    tool, arguments = calls[name]
    return Due(tool, request, arguments)


def _seconds(about: str) -> float:
    number, _, unit = about.rpartition(" ")
    return float(_NUMBERS[number] * _UNITS_S[unit])


def _expression(about: str) -> str:
    for spoken, sign in _SIGNS.items():
        first, found, second = about.partition(spoken)
        if found:
            return f"{_NUMBERS[first]} {sign} {_NUMBERS[second]}"
    raise ValueError(f"a scene wants something worked out that is no sum: {about}")
