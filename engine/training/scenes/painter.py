"""A process of its own for a toolkit that paints screens: whoever writes scenes may have another
toolkit in theirs, or none. What is wanted goes there pickled, and a picture's bytes come back."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from engine.training.scenes.screen_show import HEIGHT, WIDTH

ROOT = Path(__file__).resolve().parents[3]


class Painter:
    """The process, which runs `python -m` a module that `serve`s. It ends when this one does."""

    def __init__(
        self, module: str, environment: Mapping[str, str], ended: Callable[[int], Exception]
    ) -> None:
        """ended: what is to be raised when it has, given its exit status."""
        self._ended = ended
        self._process = subprocess.Popen(
            [sys.executable, "-m", module], env=dict(environment), cwd=ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def paint(self, wanted: Any) -> np.ndarray:
        """(360, 640, 3) uint8. Raises what `ended` makes where the process has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):  # nothing comes back then, which is told below
            pickle.dump(wanted, self._process.stdin)
            self._process.stdin.flush()
        painted = self._process.stdout.read(HEIGHT * WIDTH * 3)
        if len(painted) < HEIGHT * WIDTH * 3:
            raise self._ended(self._process.wait())
        return np.frombuffer(painted, np.uint8).reshape(HEIGHT, WIDTH, 3)


def serve(paint: Callable[[Any], bytes]) -> None:
    """In that process: paints what is asked for on the standard input, until there is no more."""
    for wanted in _asked():
        sys.stdout.buffer.write(paint(wanted))
        sys.stdout.buffer.flush()


def _asked() -> Iterator[Any]:
    with suppress(EOFError):
        while True:
            yield pickle.load(sys.stdin.buffer)
