"""Which windows an X server shows, bottom to top, kept up to date by its own events.

A question costs one round trip while nothing changes. Events that came before the answer are
read first, so whatever the server did before a picture was taken is known after it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from Xlib import X, Xatom
from Xlib.error import XError

from app.capture.models import Rect, WindowSeen

# Desktops that draw their own windows and make none translucent without saying so on the window.
TRUSTED = ("GNOME Shell", "Mutter", "Muffin", "Mutter (Muffin)", "KWin", "Marco")
FRAME_DEPTH = 3


@dataclass(frozen=True)
class _Details:
    """What changes seldom. client: the program's own window inside the desktop's frame."""

    client: Any
    title: str
    kind: str
    pid: int | None
    popup: bool
    solid: bool
    opaque: tuple[Rect, ...]


class WindowBook:
    """For one connection and one thread."""

    def __init__(self, display: Any) -> None:
        self._display = display
        self._root = display.screen().root
        self._root.change_attributes(event_mask=X.SubstructureNotifyMask | X.PropertyChangeMask)
        self._details: dict[int, _Details] = {}
        self._windows: tuple[WindowSeen, ...] | None = None
        self._trusted = True

    def windows(self) -> tuple[WindowSeen, ...]:
        """Raises Xlib's errors."""
        self._display.sync()
        self._take_events()
        if self._windows is None:
            self._trusted = self._shows_what_it_says()
            seen = [self._read(child) for child in self._root.query_tree().children]
            self._windows = self._with_programs([one for one in seen if one is not None])
        return self._windows

    def _with_programs(self, windows: list[WindowSeen]) -> tuple[WindowSeen, ...]:
        """Windows that do not say whose they are belong to the program whose connection made
        them: the upper bits of a window's number are its connection's."""
        connections = {one.id: self._connection(one) for one in windows}
        known = {connections[one.id]: one.pid for one in windows if one.pid is not None}
        return tuple(
            one if one.pid is not None
            else replace(one, pid=known.get(connections[one.id], -connections[one.id]))
            for one in windows
        )  # fmt: skip

    def _connection(self, window: WindowSeen) -> int:
        known = self._details.get(window.id)
        number = known.client.id if known is not None else window.id
        return number & ~self._display.display.info.resource_id_mask

    def _take_events(self) -> None:
        while self._display.pending_events():
            event = self._display.next_event()
            self._windows = None
            changed = getattr(event, "window", None)
            if event.type in (X.PropertyNotify, X.ReparentNotify, X.DestroyNotify) and changed:
                self._forget(changed.id)

    def _forget(self, changed: int) -> None:
        for frame in [f for f, known in self._details.items() if changed in (f, known.client.id)]:
            del self._details[frame]

    def _read(self, frame: Any) -> WindowSeen | None:
        """None for what is not visible, or went while it was asked."""
        try:
            attributes = frame.get_attributes()
            if attributes.map_state != X.IsViewable or attributes.win_class != X.InputOutput:
                return None
            geometry = frame.get_geometry()
            known = self._details.get(frame.id) or self._ask(frame, geometry, attributes)
        except XError:
            return None
        if known.kind:  # what has no class yet may be a frame whose window is still to come
            self._details[frame.id] = known
        border = geometry.border_width
        rect = Rect(
            geometry.x, geometry.y, geometry.width + 2 * border, geometry.height + 2 * border
        )
        return WindowSeen(
            frame.id, known.title, known.kind, known.pid, rect, self._opaque(known, rect),
            known.popup,
        )  # fmt: skip

    def _opaque(self, known: _Details, rect: Rect) -> tuple[Rect, ...]:
        if not self._trusted:
            return ()
        if known.solid:
            return (rect,)
        moved = (
            Rect(r.left + rect.left, r.top + rect.top, r.width, r.height) for r in known.opaque
        )
        return tuple(part.within(rect) for part in moved)

    def _ask(self, frame: Any, geometry: Any, attributes: Any) -> _Details:
        client = self._client(frame) or frame
        watched = X.PropertyChangeMask
        for window in {frame.id: frame, client.id: client}.values():
            window.change_attributes(event_mask=watched)
        instance_and_class = client.get_wm_class() or ("", "")
        pid = self._numbers(client, "_NET_WM_PID")
        see_through = any(
            self._numbers(window, "_NET_WM_WINDOW_OPACITY") for window in (frame, client)
        )
        shaped = bool(frame.shape_query_extents().bounding_shaped)
        return _Details(
            client=client,
            title=self._title(client),
            kind=" ".join(dict.fromkeys(part for part in instance_and_class if part)),
            pid=pid[0] if pid else None,
            popup=bool(attributes.override_redirect),
            solid=geometry.depth != 32 and not see_through and not shaped,
            opaque=() if see_through or shaped else self._opaque_region(frame, client),
        )

    def _client(self, frame: Any) -> Any | None:
        """The window that a program made, in what the desktop put around it."""
        level = [frame]
        for _ in range(FRAME_DEPTH):
            for window in level:
                if self._is_client(window):
                    return window
            level = [child for window in level for child in reversed(window.query_tree().children)]
        return None

    def _is_client(self, window: Any) -> bool:
        return any(
            window.get_property(self._atom(name), X.AnyPropertyType, 0, 0) is not None
            for name in ("WM_STATE", "WM_CLASS")
        )

    def _opaque_region(self, frame: Any, client: Any) -> tuple[Rect, ...]:
        numbers = self._numbers(client, "_NET_WM_OPAQUE_REGION")
        if not numbers or len(numbers) % 4:
            return ()
        place = client.translate_coords(frame, 0, 0)
        quads = [numbers[at : at + 4] for at in range(0, len(numbers), 4)]
        return tuple(Rect(x - place.x, y - place.y, w, h) for x, y, w, h in quads)

    def _title(self, client: Any) -> str:
        for name, kind in (("_NET_WM_NAME", self._atom("UTF8_STRING")), ("WM_NAME", 0)):
            found = client.get_full_property(self._atom(name), kind)
            if found is not None and found.value:
                value = found.value
                return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        return ""

    def _numbers(self, window: Any, name: str) -> list[int]:
        found = window.get_full_property(self._atom(name), Xatom.CARDINAL)
        return [int(value) for value in found.value] if found is not None else []

    def _shows_what_it_says(self) -> bool:
        """Whether windows that say nothing of translucency are opaque."""
        if not self._display.get_selection_owner(self._atom("_NET_WM_CM_S0")):
            return True
        check = self._root.get_full_property(self._atom("_NET_SUPPORTING_WM_CHECK"), Xatom.WINDOW)
        if check is None:
            return False
        manager = self._display.create_resource_object("window", check.value[0])
        try:
            return self._title(manager) in TRUSTED
        except XError:
            return False

    def _atom(self, name: str) -> int:
        return self._display.intern_atom(name)
