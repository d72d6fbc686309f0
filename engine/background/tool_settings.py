"""What the user set about tools: tools.json in the folder of settings.

`{"search": {"kind": "searxng", "address": "http://localhost:8888"}, "commands": false}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.background.disk import read_json, write_json
from engine.background.phrase import phrase
from engine.background.places import Places
from engine.background.tool import ToolError
from engine.background.tools.searching import searcher

FILE = "tools.json"


def settings(places: Places) -> Mapping[str, Any]:
    """Empty where nothing was set. Raises ToolError."""
    value = read_json(places.config / FILE)
    if value is not None and not isinstance(value, dict):
        path = places.config / FILE
        raise ToolError(phrase("{path} has to hold one object.", path=path))
    return value or {}


def search(places: Places) -> Mapping[str, Any]:
    """Who is asked to search, as `searcher` takes it; empty for nobody. Raises ToolError."""
    chosen = settings(places).get("search")
    return chosen if isinstance(chosen, dict) else {}


def choose_search(places: Places, chosen: Mapping[str, Any]) -> None:
    """From the next search on; all else that was set stays. Raises ToolError, and then nothing is
    changed."""
    searcher(chosen, lambda _name: None)
    write_json(places.config / FILE, {**settings(places), "search": dict(chosen)})
