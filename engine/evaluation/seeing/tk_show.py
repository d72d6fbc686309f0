"""Screens by Tk, the toolkit that only judges: training draws with Pillow and Qt and never meets
it. Real ttk widgets on an X display of their own (Xvfb), painted by a process of their own
(`tk_desk`), so that nothing appears on the user's display."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import numpy as np

from engine.evaluation.seeing.tk_things import Thing, thing
from engine.training.scenes.screen_show import HEIGHT, WIDTH
from engine.training.scenes.sight import Toolkit

ROOT = Path(__file__).resolve().parents[3]
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


class _Painter:
    """The process that has Tk and its display. Both end when this process does."""

    def __init__(self) -> None:
        require()
        hidden = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY")
        environment = {name: value for name, value in os.environ.items() if name not in hidden}
        self._process = subprocess.Popen(
            [sys.executable, "-m", PAINTER], env=environment, cwd=ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def paint(self, wanted: Wanted) -> np.ndarray:
        """(360, 640, 3) uint8. Raises ToolkitError where the process has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            pickle.dump(wanted, self._process.stdin)
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # nothing comes back then, which is told below
        painted = self._process.stdout.read(HEIGHT * WIDTH * 3)
        if len(painted) < HEIGHT * WIDTH * 3:
            raise ToolkitError(
                f"the process that paints Tk's screens has ended ({self._process.wait()}): the "
                f"lines above may say why; `Xvfb -version` and `{sys.executable} -m tkinter` try "
                "its two parts"
            )
        return np.frombuffer(painted, np.uint8).reshape(HEIGHT, WIDTH, 3)


@lru_cache(maxsize=1)
def _painter(process: int) -> _Painter:
    """One for each process: what is forked from one begins its own."""
    return _Painter()
