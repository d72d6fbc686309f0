"""The process that paints Tk's screens: `python -m` this module. It starts an X server without a
screen, draws what is asked for on the standard input, and writes the picture of it out."""

from __future__ import annotations

import os
import subprocess
import tkinter as tk
from collections.abc import Iterator
from contextlib import contextmanager

import mss
import numpy as np

from engine.evaluation.seeing.tk_show import Desktop, Wanted
from engine.evaluation.seeing.tk_things import Thing
from engine.evaluation.seeing.tk_widgets import Desk, Drawn, drawn
from engine.training.scenes.painter import serve
from engine.training.scenes.screen_show import HEIGHT, WIDTH


def main() -> None:
    """Paints until there is no more to paint."""
    with _display() as display, mss.MSS(display=display) as camera:
        screen = _Screen(tk.Tk(screenName=display))

        def paint(wanted: Wanted) -> bytes:
            screen.show(*wanted)
            return bytes(camera.grab(camera.monitors[0]).rgb)

        serve(paint)


@contextmanager
def _display() -> Iterator[str]:
    """The name of an X display of the pictures' size that ends with the block; should this process
    be killed, -terminate ends it once nobody is connected any more."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-nolisten", "tcp", "-terminate",
         "-screen", "0", f"{WIDTH}x{HEIGHT}x24"],
        pass_fds=[writer], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    try:
        with os.fdopen(reader) as announced:
            number = announced.readline().strip()
        if not number:
            raise SystemExit("Xvfb does not start: `Xvfb -displayfd 1` says why")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


class _Screen:
    """The desktop that is on the display now."""

    def __init__(self, root: tk.Tk) -> None:
        self._root = root
        root.geometry(f"{WIDTH}x{HEIGHT}+0+0")
        root.update()
        # Where the pointer rests, widgets look otherwise: in this corner there are none.
        root.event_generate("<Motion>", warp=True, x=WIDTH - 1, y=HEIGHT - 1)
        self._laid: Desktop | None = None
        self._drawn: list[Drawn] = []

    def show(self, desktop: Desktop, states: tuple[int, ...]) -> None:
        """Everything has been painted when it returns: Tk's `update` waits for the server."""
        if self._laid != desktop:
            self._lay(*desktop)
            self._laid = desktop
        for one, state in zip(self._drawn, states, strict=True):
            one(state)
        for _ in range(2):  # the first may lay out what the second has to paint
            self._root.update()

    def _lay(self, theme: str, things: tuple[Thing, ...], seed: int) -> None:
        for child in self._root.winfo_children():
            child.destroy()
        desk = Desk(self._root, theme, np.random.default_rng(seed))
        self._drawn = [drawn(one, desk) for one in things]


if __name__ == "__main__":
    main()
