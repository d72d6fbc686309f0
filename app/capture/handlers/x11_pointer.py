"""Where the mouse is on X11, and where it was clicked; nothing else of it, and no keys."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

from Xlib import X, display
from Xlib.ext import record
from Xlib.protocol import rq

MOST_CLICKS = 8
LAST_REAL_BUTTON = 3
_BUTTON_PRESSES = {
    "core_requests": (0, 0), "core_replies": (0, 0), "ext_requests": (0, 0, 0, 0),
    "ext_replies": (0, 0, 0, 0), "delivered_events": (0, 0),
    "device_events": (X.ButtonPress, X.ButtonPress), "errors": (0, 0),
    "client_started": False, "client_died": False,
}  # fmt: skip


class ClickWatch:
    """Told by the X server of every button press, through its RECORD extension, until closed."""

    def __init__(self) -> None:
        self._clicks: deque[tuple[int, int]] = deque(maxlen=MOST_CLICKS)
        self._control, self._told = display.Display(), display.Display()
        self._thread: threading.Thread | None = None
        if self._control.has_extension("RECORD"):
            self._context = self._control.record_create_context(
                0, [record.AllClients], [_BUTTON_PRESSES]
            )
            self._control.sync()
            self._thread = threading.Thread(target=self._listen, name="clicks", daemon=True)
            self._thread.start()

    def take(self) -> tuple[tuple[int, int], ...]:
        """The clicks since the last call, oldest first."""
        taken = []
        while self._clicks:
            taken.append(self._clicks.popleft())
        return tuple(taken)

    def close(self) -> None:
        if self._thread is not None:
            self._control.record_disable_context(self._context)
            self._control.sync()
            self._thread.join(2)
        for connection in (self._control, self._told):
            connection.close()

    def _listen(self) -> None:
        self._told.record_enable_context(self._context, self._take)

    def _take(self, reply: Any) -> None:
        if reply.category != record.FromServer or reply.client_swapped:
            return
        data = reply.data
        while len(data):
            event, data = rq.EventField(None).parse_binary_value(
                data, self._told.display, None, None
            )
            if event.type == X.ButtonPress and event.detail <= LAST_REAL_BUTTON:
                self._clicks.append((event.root_x, event.root_y))
