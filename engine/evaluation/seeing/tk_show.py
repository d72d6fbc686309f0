"""Screens by Tk, the toolkit that only judges: training draws with Pillow and Qt and never meets
it. Real ttk widgets on an X display of their own (Xvfb), painted by a process of their own
(`tk_desk`), so that nothing appears on the user's display."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from typing import Literal

import numpy as np

from engine.evaluation.seeing.tk_things import Thing, thing
from engine.training.scenes.painter import Painter
from engine.training.scenes.sight import Toolkit

PAINTER = "engine.evaluation.seeing.tk_desk"

Desktop = tuple[str, tuple[Thing, ...], int]  # theme, things, seed
Wanted = tuple[Desktop, tuple[int, ...]]


class ToolkitError(Exception):
    """A toolkit's screens cannot be drawn on this machine."""


@dataclass
class TkShow:
    """Implements engine.training.scenes.stage.Show. seed: of the windows that stand around."""

    theme: str
    things: Sequence[Thing]
    seed: int
    source: Literal["camera", "screen"] = "screen"
    _shown: tuple[tuple[int, ...], np.ndarray] | None = field(default=None, repr=False)

    def at(self, time_s: float) -> np.ndarray:
        """(360, 640, 3) uint8. Raises ToolkitError."""
        states = tuple(one.state(time_s) for one in self.things)
        if self._shown is None or self._shown[0] != states:
            wanted = (self.theme, tuple(self.things), self.seed), states
            self._shown = states, _painter(os.getpid()).paint(wanted)
        return self._shown[1]


TK = Toolkit(thing, TkShow)


def require() -> None:
    """Raises ToolkitError where Tk's screens cannot be drawn, with what to install."""
    absent = []
    if shutil.which("Xvfb") is None:
        absent.append(("Xvfb", "xvfb"))
    if find_spec("tkinter") is None or find_spec("_tkinter") is None:
        absent.append(("Python's tkinter", "python3-tk"))
    if absent:
        names, packages = " and ".join(n for n, _ in absent), " ".join(p for _, p in absent)
        raise ToolkitError(
            f"{names} missing, without which Tk's screens cannot be drawn (Linux only): "
            f"sudo apt install {packages}"
        )


@lru_cache(maxsize=1)
def _painter(process: int) -> Painter:
    """One for each process: what is forked from one begins its own. It gets no display of ours."""
    require()
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    return Painter(PAINTER, environment, _ended)


def _ended(status: int) -> ToolkitError:
    return ToolkitError(
        f"the process that paints Tk's screens has ended ({status}): the lines above may say why; "
        f"`Xvfb -version` and `{sys.executable} -m tkinter` try its two parts"
    )
