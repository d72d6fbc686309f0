"""Texts of spoken situations, in the layout of FLEXI (github ChristineCHEN274/FLEXI, Apache-2.0).

They judge and are never trained on, so they are no part of this project: `--dialogues DIR` names
a folder with `<situation>_text.json` for every `Situation` below, spelled as there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from engine.evaluation.course import CourseError

Situation = Literal[
    "turn_taking", "pause_handing", "user_backchannel", "user_interruption",
    "model_backchannel", "model_interruption",
]  # fmt: skip
_LATER = {"pause_handing": ("Pause1", "Pause2"), "user_backchannel": ("text", "Pause1"),
          "user_interruption": ("context", "interrupt")}  # fmt: skip


@dataclass(frozen=True)
class Lines:
    """What the user says in a situation: one text, or two with something between them."""

    name: str
    texts: tuple[str, ...]


def lines(directory: Path, situation: Situation) -> list[Lines]:
    """The situations of one kind, in the file's order. Raises CourseError."""
    path = directory / f"{situation}_text.json"
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        rows = held.items() if isinstance(held, dict) else [r for d in held for r in d.items()]
        return [Lines(name, _texts(situation, row)) for name, row in rows]
    except OSError as error:
        raise CourseError(
            f"{path} cannot be read ({error.strerror}): give --dialogues DIR"
        ) from error
    except (ValueError, KeyError, AttributeError, IndexError) as error:
        raise CourseError(f"{path} is not as FLEXI lays it out ({error!r})") from error


def _texts(situation: Situation, row: Any) -> tuple[str, ...]:
    one = row[0] if isinstance(row, list) else row
    return tuple(str(one[key]) for key in _LATER.get(situation, ("text",)))
