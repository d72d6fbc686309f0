"""Brings settings that an older Aside wrote up to today's: one step a version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Values = dict[str, Any]

# What the first window wrote to window.json, and what it is called now.
_FIRST_NAMES = {
    "microphone": "sound.microphone",
    "speaker": "sound.speaker",
    "echo_cancellation": "sound.echo_cancellation",
    "caption_pixels": "captions.size",
    "position": "window.position",
}


def _from_window_json(values: Values) -> Values:
    return {_FIRST_NAMES[name]: value for name, value in values.items() if name in _FIRST_NAMES}


# The step at place N makes version N + 1 out of version N.
STEPS: tuple[Callable[[Values], Values], ...] = (_from_window_json,)
VERSION = len(STEPS)


def migrated(version: int, values: Mapping[str, Any]) -> Values:
    """The values under today's names. Those of a newer Aside are taken as they are."""
    now = dict(values)
    for step in STEPS[version:]:
        now = step(now)
    return now
