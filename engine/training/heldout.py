"""What training never meets, by name, read from the one committed file that says so."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

FILE = Path(__file__).with_name("heldout.json")

Kind = Literal[
    "family",
    "espeak variant",
    "espeak accent",
    "spanish accent",
    "synthetic speaker",
    "speaker",
    "recording",
    "noise",
    "room",
    "screen theme",
    "toolkit",
    "figure",
    "template",
]

_KEYS: dict[str, str] = {
    "family": "families",
    "espeak variant": "espeak_variants",
    "espeak accent": "espeak_accents",
    "spanish accent": "spanish_accents",
    "synthetic speaker": "synthetic_speakers",
    "speaker": "speakers",
    "recording": "recordings",
    "noise": "noises",
    "room": "rooms",
    "screen theme": "screen_themes",
    "toolkit": "toolkits",
    "figure": "figures",
}


def is_heldout(kind: Kind, name: str) -> bool:
    """Whether `name` may only judge. A template is held out if any scene holds it out.

    Raises ValueError for a kind that is not one of `Kind`.
    """
    if kind not in (*_KEYS, "template"):
        raise ValueError(f"nothing of kind {kind!r} is held out: use one of {[*_KEYS, 'template']}")
    return name in _names(kind)


def heldout(kind: Kind) -> tuple[str, ...]:
    """Every held-out name of one kind, sorted."""
    return tuple(sorted(_names(kind)))


def heldout_templates(scene: str) -> list[str]:
    """The sentence templates with which only evaluation plays a scene.

    Raises KeyError for a scene that heldout.json does not name.
    """
    templates = _file()["templates"]
    if scene not in templates:
        raise KeyError(f"heldout.json names no templates for scene {scene!r}: add a list, if empty")
    return list(templates[scene])


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=16)
def _names(kind: str) -> frozenset[str]:
    if kind == "template":
        return frozenset(text for texts in _file()["templates"].values() for text in texts)
    return frozenset(_file()[_KEYS[kind]])
