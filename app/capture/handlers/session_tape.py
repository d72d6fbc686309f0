"""The camera or the screen of a recorded session, played again (the folder of engine.replay.tape).

Only the pictures are read here: which one came in on which micro-turn stands in inputs.jsonl.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from app.capture.models import CaptureError, Lost, Shot, Source
from app.window.words import tr
from engine.microturn import completion_time_s

INPUTS = "inputs.jsonl"
REST_S = 1.0


class SessionTapeEye:
    """Shows each picture when it came in, over and over, with a second's rest at the end."""

    def __init__(
        self, folder: Path, source: Source, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder, self._now_s = folder, now_s
        self._pictures = _read(folder, source)
        self._began_s, self._next = now_s(), 0

    def look(self) -> Shot | None:
        """The picture that is due now; None until the next one is."""
        due = None
        elapsed_s = self._now_s() - self._began_s
        while self._next < len(self._pictures) and self._pictures[self._next][0] <= elapsed_s:
            due = self._pictures[self._next][1]
            self._next += 1
        if self._next == len(self._pictures) and elapsed_s > self._pictures[-1][0] + REST_S:
            self._began_s, self._next = self._now_s(), 0
        return None if due is None else Shot(self._load(due))

    def close(self) -> None:
        """Nothing stays open between two pictures."""

    def _load(self, name: str) -> np.ndarray:
        path = self._folder / Path(name).name
        pixels = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if pixels is None:
            broken = tr("{path}: a picture of the tape is missing or broken.")
            raise Lost(broken.format(path=path))
        return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)


def _read(folder: Path, source: Source) -> list[tuple[float, str]]:
    """(seconds, file name) of each picture, in order. Raises CaptureError for what is no tape."""
    try:
        lines = (folder / INPUTS).read_text("utf-8", "replace").split("\n")[:-1]
        inputs = [json.loads(line) for line in lines]
        found = [
            (completion_time_s(int(line["turn"])), str(line[source]))
            for line in inputs
            if source in line
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        unreadable = tr("{path}: no tape of a session that can be read ({error}).")
        raise CaptureError(unreadable.format(path=folder, error=error)) from error
    if not found:
        blind = tr("{path}: this tape has no pictures of the {source}.")
        raise CaptureError(blind.format(path=folder, source=tr(source)))
    return found
