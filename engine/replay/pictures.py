"""Video files and still pictures as camera or screen: at most one frame per micro-turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import av
import numpy as np

from engine.microturn import TURN_S, Frame
from engine.replay.decoders import open_container, require_file
from engine.replay.errors import MediaError


class Pictures:
    """One video file or picture, as what the camera or the screen shows.

    Opening reads the header only and raises MediaError.
    """

    def __init__(self, path: Path, source: Literal["camera", "screen"]) -> None:
        self.path = path
        self.source = source
        require_file(path)
        with open_container(path) as container:
            if not container.streams.video:
                raise MediaError(
                    f"{path}: no pictures in it. Give a video or a picture to --{source}."
                )
            self.seconds = container.duration / av.time_base if container.duration else None

    def frames(self) -> Iterator[Frame | None]:
        """One entry per micro-turn: the latest picture shown in it, None where none is new."""
        turn, latest = 0, None
        for seconds, picture in self._decoded():
            due = int(seconds / TURN_S + 1e-6)
            while turn < due:
                yield self._frame(latest)
                turn, latest = turn + 1, None
            latest = picture
        if latest is None:
            raise MediaError(f"{self.path}: not one picture can be decoded. Convert it again.")
        yield self._frame(latest)

    def _decoded(self) -> Iterator[tuple[float, av.VideoFrame]]:
        """(seconds since the first picture, picture), in the order of showing."""
        seconds = 0.0
        try:
            with open_container(self.path) as container:
                first: float | None = None
                for picture in container.decode(video=0):
                    first = picture.time if first is None else first
                    seconds = max(seconds, (picture.time or 0.0) - (first or 0.0))
                    yield seconds, picture
        except av.error.FFmpegError as error:
            raise MediaError(
                f"{self.path}: pictures broken after {seconds:.1f} s ({error.strerror}). "
                "Copy or convert it again."
            ) from error

    def _frame(self, picture: av.VideoFrame | None) -> Frame | None:
        if picture is None:
            return None
        pixels = picture.to_ndarray(format="rgb24")
        return Frame(self.source, np.ascontiguousarray(_upright(pixels, picture.rotation)))


def _upright(pixels: np.ndarray, rotation_degrees: float) -> np.ndarray:
    """Undo the rotation that a phone notes in a video instead of turning its pictures."""
    return np.rot90(pixels, round(rotation_degrees / 90.0) % 4)
