"""Other people's models as publicly documented; what we could not verify says so itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Known:
    """url: "" where everybody runs a server of their own. hub: where its files are published.

    gpu_memory_mib: what serving it takes; 0 for a service. unverified: fields that are estimates.
    can: where the model can less, or other, than its protocol carries.
    """

    name: str
    about: str
    protocol: str
    model: str
    licence: str
    source: str
    url: str = ""
    key: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    hub: str = ""
    parameters: int = 0
    gpu_memory_mib: int = 0
    unverified: tuple[str, ...] = ()
    note: str = ""
    can: Mapping[str, Any] = field(default_factory=dict)


def known() -> list[Known]:
    text = resources.files(__package__).joinpath("known.json").read_text("utf-8")
    return [
        Known(**{**entry, "unverified": tuple(entry.get("unverified", ()))})
        for entry in json.loads(text)
    ]


def find_known(name: str) -> Known | None:
    return next((model for model in known() if model.name == name), None)
