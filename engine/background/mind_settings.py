"""Which language model the user chose, and what it may be given: a small file of the user's own."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import platformdirs

from engine.background import keys
from engine.background.budget import Budget, Prices
from engine.background.endpoint import Endpoint, Senses, checked_url
from engine.background.phrase import phrase


def place() -> Path:
    return Path(platformdirs.user_config_path("aside", appauthor=False)) / "mind.json"


class NotKept(Exception):
    """The settings could not be written. The message says where and why."""


@dataclass(frozen=True)
class MindSettings:
    """url: up to the version; "" for no language model, and then nothing is ever sent anywhere.

    may_look_around: whether Aside may ask the usual local ports who answers there. hears, sees:
    whether it is given the sound of requests, and pictures of screen and camera. transcriber: a
    model for /audio/transcriptions at the same address. Prices are for a million tokens.
    """

    url: str = ""
    model: str = ""
    may_look_around: bool = False
    hears: bool = True
    sees: bool = True
    transcriber: str = ""
    price_in: float = 0.0
    price_out: float = 0.0
    minutes_a_task: float = 10.0
    tokens_a_task: int = 200_000
    money_a_task: float = 0.5
    money_a_day: float = 5.0
    tool_calls_a_task: int = 40

    @classmethod
    def load(cls, path: Path | None = None) -> MindSettings:
        """A missing file, and whatever in it does not fit, is as if it had not been set."""
        try:
            kept = json.loads((path or place()).read_text("utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(kept, dict):
            return cls()
        fits = {f.name: kept[f.name] for f in fields(cls) if _fits(kept.get(f.name), f.default)}
        settings = cls(**fits)
        return settings if settings._sound() else cls(may_look_around=settings.may_look_around)

    def save(self, path: Path | None = None) -> None:
        """Raises NotKept."""
        path = path or place()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.write_text(json.dumps(asdict(self), indent=1), "utf-8")
            fresh.replace(path)
        except OSError as error:
            why = os.strerror(error.errno or 0)
            raise NotKept(phrase("{path} cannot be written: {why}", path=path, why=why)) from error

    def endpoint(self) -> Endpoint | None:
        """With its key. None when no language model is chosen. May wait for the key store."""
        if not self.url:
            return None
        return Endpoint(
            self.url,
            self.model,
            keys.read(self.url),
            Senses(self.hears, self.sees),
            self.sees,
            self.transcriber,
            Prices(self.price_in, self.price_out),
        )

    @property
    def budget(self) -> Budget:
        return Budget(
            self.minutes_a_task * 60,
            self.tokens_a_task,
            self.money_a_task,
            self.tool_calls_a_task,
            self.money_a_day,
        )

    def _sound(self) -> bool:
        try:
            return not self.url or checked_url(self.url) == self.url
        except ValueError:
            return False


def _fits(value: Any, default: Any) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return type(value) is type(default)
    if isinstance(default, float):
        return isinstance(value, int | float) and 0 <= value < float("inf")
    if isinstance(default, int):
        return isinstance(value, int) and value >= 0
    return isinstance(value, str)
