"""One open speaker: its callback pulls frames and remembers what was really played.

While there is nothing to play it rests: a stream of silence wakes the processor a hundred times a
second, which is a fifth of all that an idle desktop uses. It is open meanwhile, so that it plays
within milliseconds. After a voice it goes on for a minute: a stream that starts anew lies a little
differently in time, which the echo canceller would have to find out between two sentences.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from app.sound.devices import Device
from app.sound.framing import FramePourer
from app.sound.played import Played
from app.sound.portaudio import library

# 50 ms made "be quiet now" take up to 120 ms on a sound server; with 30 it takes up to 85.
LATENCY_S = 0.03
BLOCK_S = 0.01
REST_S, LOOK_S = 60.0, 0.001


class Speaker:
    """Plays what `pull` gives, (160,) float32 at 16 kHz a frame, and writes it to all of `played`.

    waits: whether there is something to be pulled. It rests at first; who has something to play
    calls `wake`. Raises sounddevice.PortAudioError if the device cannot be opened.
    """

    def __init__(
        self, device: Device, port: int | str, pull: Callable[[], np.ndarray],
        waits: Callable[[], bool], played: Sequence[Played], rest_s: float = REST_S,
    ) -> None:  # fmt: skip
        self._pull, self._waits, self._played, self._rest_s = pull, waits, played, rest_s
        self._pourer = FramePourer(device.rate_hz, self._next_frame)
        self._called_s = self._sounded_s = time.monotonic()
        self._changing = threading.Lock()
        self._resting, self._closed = True, False
        self._stream = _open(port, device.rate_hz, self._callback)
        self.latency_s = float(self._stream.latency)
        self.wake()

    @property
    def alive(self) -> bool:
        return self._resting or bool(self._stream.active)

    @property
    def resting(self) -> bool:
        return self._resting

    @property
    def last_callback_s(self) -> float:
        return time.monotonic() if self._resting else self._called_s

    def close(self) -> None:
        with self._changing:
            self._closed = True
            self._stream.abort(ignore_errors=True)
            self._stream.close(ignore_errors=True)

    def hush(self) -> None:
        """What it has taken and not handed to the device fades out now; from any thread."""
        if not self._resting:
            self._pourer.hush()

    def wake(self) -> None:
        """Goes on if it rests and something waits; from any thread, and returns at once."""
        if self._resting and self._waits():
            threading.Thread(target=self._go_on, name="speaker", daemon=True).start()

    def _go_on(self) -> None:
        with self._changing:
            while self._resting and not self._closed and self._stream.active:
                time.sleep(LOOK_S)  # its last callback is not over yet
            if self._resting and not self._closed:
                self._begin()

    def _begin(self) -> None:
        """A device that refuses is not alive then, and is opened anew by who looks after it."""
        self._stream.stop(ignore_errors=True)
        for one in self._played:
            one.restart()
        self._called_s = self._sounded_s = time.monotonic()
        self._resting = False
        with suppress(library().PortAudioError):
            self._stream.start()

    def _callback(self, block: np.ndarray, count: int, _times: Any, _status: Any) -> None:
        self._called_s = time.monotonic()
        block[:] = self._pourer.pour(count)[:, np.newaxis]
        if self._waits():
            self._sounded_s = self._called_s
        elif self._called_s - self._sounded_s > self._rest_s:
            self._resting = True
            # What came in between has either seen that it rests, or is seen here.
            if not self._waits():
                raise library().CallbackStop
            self._resting = False

    def _next_frame(self) -> np.ndarray:
        frame = self._pull()
        now_s = time.monotonic()
        for one in self._played:
            one.write(frame, now_s)
        return frame


def _open(port: int | str, rate_hz: int, callback: Any) -> Any:
    """Opens with one channel, and starts nothing yet; drivers that refuse get two."""
    sounddevice = library()
    for count in (1, 2):
        try:
            stream = sounddevice.OutputStream(
                samplerate=rate_hz, device=port, channels=count, dtype="float32",
                blocksize=round(BLOCK_S * rate_hz), latency=LATENCY_S, callback=callback,
            )  # fmt: skip
        except sounddevice.PortAudioError as error:
            refused = error
        else:
            return stream
    raise refused
