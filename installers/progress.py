"""The set-up's progress, read off pip's own lines: a bar for a person, plain lines for a log."""

from __future__ import annotations

import sys
from typing import TextIO

WIDTH = 30


class Progress:
    """Counts packages out of `expected` over several pip runs.

    `writing`: whether the pip run that began last has got to writing into the environment.
    """

    def __init__(self, expected: int, out: TextIO | None = None) -> None:
        self.expected = max(expected, 1)
        self.seen = 0
        self.writing = False
        self._what = ""
        self._out = out or sys.stderr
        self._watched = self._out.isatty()

    def begin(self, what: str) -> None:
        self._what, self.writing = what, False
        if self._watched:
            self._draw()
        else:
            print(f"{what} ...", file=self._out, flush=True)

    def see(self, line: str) -> None:
        """Takes note of one line that pip printed."""
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            self.seen = min(self.seen + 1, self.expected)
        elif line.startswith("Installing collected packages"):
            self.writing = True
        if self._watched:
            self._draw()

    def close(self) -> None:
        if self._watched:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def _draw(self) -> None:
        full = round(WIDTH * self.seen / self.expected)
        bar = "━" * full + "╌" * (WIDTH - full)
        doing = "writing" if self.writing else f"{self.seen} of {self.expected}"
        self._out.write(f"\r\x1b[K{bar} {self._what}: {doing}")
        self._out.flush()
