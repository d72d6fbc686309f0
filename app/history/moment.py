"""What the history is made of. No database, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from app.window.words import tr

Kind = Literal["heard", "said", "typed", "act", "update", "mark"]
Side = Literal["user", "aside", "system"]
SIDES: tuple[Side, ...] = get_args(Side)
KINDS: tuple[Kind, ...] = get_args(Kind)
NAMES: dict[Kind, str] = {
    "heard": "You", "said": "Aside", "typed": "You", "act": "Aside did", "update": "Background",
    "mark": "Note",
}  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """One line of a conversation. at_s, end_s: seconds since the conversation began.

    detail: the arguments of an act. id: 0 until it is in the database.
    """

    kind: Kind
    at_s: float
    end_s: float
    text: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0

    @property
    def name(self) -> str:
        """Whose line it is, for people."""
        return tr(NAMES[self.kind])


@dataclass(frozen=True)
class Talk:
    """One conversation. began_s, ended_s: seconds since 1970. title: its first words."""

    id: int
    began_s: float
    ended_s: float
    title: str
    moments: int
    has_sound: bool = False
    pictures: int = 0


@dataclass(frozen=True)
class Hit:
    """A line in which something was found."""

    talk: int
    moment: Moment


@dataclass(frozen=True)
class Picture:
    """A small picture of what was shared. jpeg: at most 320 pixels wide."""

    at_s: float
    source: str
    jpeg: bytes


@dataclass(frozen=True)
class Chunk:
    """About a second of one side's sound; "system" is what the computer played.

    flac: 16 kHz, one channel, 16 bit.
    """

    side: Side
    at_s: float
    flac: bytes
