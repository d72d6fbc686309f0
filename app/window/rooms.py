"""What the window asks of rooms it does not know: capture, history, tools.

Each is a callable or a room that whoever builds the desktop puts in; None while it is not there,
and then the actions that need it say so instead of doing nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from app.tool_room import ToolRoom

Shared = Literal["screen", "monitor", "region", "window"]


@dataclass
class Rooms:
    """All but tools are called in Qt's thread and must return soon.

    share: lets the user choose and shares it; asked while that is shared already, it stops. Where
    it cannot, it shows why and returns that.
    shared: what is shared now. camera: on, or off again. card: gives the newest card the keyboard,
    if there is one. stop_capture, stop_tools: at once.
    allow_tools: the user goes on after that. search_history: opens its window. tools: servers, what
    was done, what may be done.
    """

    share: Callable[[Shared], str | None] | None = None
    shared: Callable[[], Shared | None] = lambda: None
    camera: Callable[[], object] | None = None
    card: Callable[[], bool] | None = None
    stop_capture: Callable[[], object] | None = None
    allow_tools: Callable[[], object] | None = None
    stop_tools: Callable[[], object] | None = None
    search_history: Callable[[], object] | None = None
    tools: ToolRoom | None = None

    @property
    def can(self) -> frozenset[str]:
        return frozenset(one.name for one in fields(self) if getattr(self, one.name) is not None)
