"""Plain windows of other programs, drawn on a real X server by a connection of the test's own."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from Xlib import X, Xatom, display
from Xlib.ext import randr
from Xlib.protocol import rq

SOMEBODY_ELSE = 1
GREEN, RED, BLUE = (0, 170, 0), (170, 0, 0), (0, 0, 200)
Place = tuple[int, int, int, int]


class Desk:
    """Opens and closes windows. Nobody manages them: they lie where they are put."""

    def __init__(self) -> None:
        self.display = display.Display()
        self.root = self.display.screen().root

    def window(
        self, title: str, color: tuple[int, int, int], place: Place,
        pid: int | None = SOMEBODY_ELSE, popup: bool = False,
    ) -> Any:  # fmt: skip
        """A window in one colour; place: left, top, width, height."""
        made = self.root.create_window(
            *place, 0, self.display.screen().root_depth, X.InputOutput,
            background_pixel=color[0] << 16 | color[1] << 8 | color[2],
            override_redirect=popup,
        )  # fmt: skip
        self.title(made, title)
        if not popup:
            made.set_wm_class(title.split()[0].lower(), title.split()[0])
        if pid is not None:
            number = self.display.intern_atom("_NET_WM_PID")
            made.change_property(number, Xatom.CARDINAL, 32, [pid])
        made.map()
        self.display.sync()
        return made

    def title(self, window: Any, title: str) -> None:
        text = self.display.intern_atom("UTF8_STRING")
        name = self.display.intern_atom("_NET_WM_NAME")
        window.change_property(name, text, 8, title.encode())
        self.display.sync()

    def own(self, color: tuple[int, int, int], place: Place) -> Any:
        """A window that says it is this process's."""
        return self.window("Aside", color, place, os.getpid())

    def two_monitors(self, first_width: int) -> None:
        """Divides the screen into the monitors "left" and "right"."""
        size = self.root.get_geometry()
        output = self.root.xrandr_get_screen_resources().outputs[0]
        self._monitor("left", 0, first_width, size.height, [output])
        self._monitor("right", first_width, size.width - first_width, size.height, [])

    def one_monitor(self) -> None:
        for name in ("left", "right"):
            self.root.xrandr_delete_monitor(self.display.intern_atom(name))
        self.display.sync()

    def _monitor(self, name: str, left: int, width: int, height: int, outputs: list[int]) -> None:
        _SetMonitor(
            display=self.display.display,
            opcode=self.display.display.get_extension_major(randr.extname),
            window=self.root, name=self.display.intern_atom(name), primary=left == 0,
            automatic=False, x=left, y=0, width=width, height=height, width_mm=width // 4,
            height_mm=height // 4, outputs=outputs,
        )  # fmt: skip
        self.display.sync()

    def close(self) -> None:
        self.display.close()


class _SetMonitor(rq.Request):
    """RRSetMonitor; the library's own has a fault in how it lays out the request."""

    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(43), rq.RequestLength(), rq.Window("window"),
        rq.Card32("name"), rq.Bool("primary"), rq.Bool("automatic"), rq.LengthOf("outputs", 2),
        rq.Int16("x"), rq.Int16("y"), rq.Card16("width"), rq.Card16("height"),
        rq.Card32("width_mm"), rq.Card32("height_mm"), rq.List("outputs", rq.Card32Obj),
    )  # fmt: skip


def share_of(pixels: np.ndarray, color: tuple[int, int, int]) -> float:
    """Which part of the picture is (nearly) this colour."""
    return float((np.abs(pixels.astype(int) - color).max(axis=2) < 8).mean())
