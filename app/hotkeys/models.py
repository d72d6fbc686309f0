"""What a back end for global keys is. A new platform is one more file in `handlers/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.hotkeys.chord import Chord


@dataclass(frozen=True)
class Binding:
    """A key for an action. words: what the desktop may show the user about it."""

    action: str
    chord: Chord
    words: str


OnKey = Callable[[str, bool], None]  # action, whether the key went down
OnTrouble = Callable[[str, str], None]  # action ("" for all of them), what is wrong in words


class Handler(Protocol):
    """One back end. `start` and `stop` come in turn, from one thread; callbacks from any."""

    @property
    def name(self) -> str: ...

    @property
    def why(self) -> str:
        """What speaks for it, as a sentence for the user."""
        ...

    @property
    def advice(self) -> str:
        """What to do where it fits this desktop but does not work, as a sentence."""
        ...

    def is_compatible(self) -> bool:
        """Whether it fits this desktop."""
        ...

    def is_installed(self) -> bool:
        """Whether what it needs is here."""
        ...

    def start(self, bindings: tuple[Binding, ...], on_key: OnKey, on_trouble: OnTrouble) -> None:
        """Returns soon. Each `on_key(action, True)` is followed by a False, stop included."""
        ...

    def stop(self) -> None:
        """Gives every key back."""
        ...
