"""What comes out of the virtual speaker and who records, with the time of each."""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import dataclass, field

import numpy as np

from app.bench.row import BenchError
from app.bench.stage import RATE_HZ, SPEAKER, Stage, program

BLOCK = RATE_HZ // 200
LOUD = 0.01


@dataclass
class Ears:
    """Records from its start to `stop`. A sound's time is when a recorder had it in hand: later
    than it was in the air by the recorder's own 10 ms or so, never earlier."""

    stage: Stage
    device: str = SPEAKER
    loud_s: list[float] = field(default_factory=list)

    def __enter__(self) -> Ears:
        command = [
            program("parec", "pulseaudio-utils"), "--raw", "--channels=1", "--format=float32le",
            f"--rate={RATE_HZ}", "--latency-msec=10", f"--device={self.device}.monitor",
        ]  # fmt: skip
        self._recorder = subprocess.Popen(
            command, stdout=subprocess.PIPE, env=self.stage.environment, bufsize=4 * BLOCK
        )
        self._thread = threading.Thread(target=self._listen, name="ears", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._recorder.terminate()
        self._recorder.wait(5)
        self._thread.join(5)

    def loud_since(self, since_s: float) -> list[float]:
        """When there was sound, in steps of 5 ms, by the steady clock."""
        return [at for at in list(self.loud_s) if at >= since_s]

    def sounds_by(self, deadline_s: float, since_s: float) -> bool:
        """Waits until there was sound after `since_s`."""
        while time.monotonic() < deadline_s:
            if self.loud_since(since_s):
                return True
            time.sleep(0.02)
        return False

    def _listen(self) -> None:
        while True:
            taken = self._block()
            if len(taken) < BLOCK:
                return
            if np.abs(taken).max() > LOUD:
                self.loud_s.append(time.monotonic())

    def _block(self) -> np.ndarray:
        """The next 5 ms: (240,) float32; less at the end."""
        assert self._recorder.stdout is not None
        taken = self._recorder.stdout.read(4 * BLOCK)
        return np.frombuffer(taken[: len(taken) // 4 * 4], "<f4")


class Recorders:
    """How many programs record from a microphone, asked of the sound server."""

    def __init__(self, microphone: str) -> None:
        self._microphone = microphone

    def __enter__(self) -> Recorders:
        import pulsectl

        self._server = pulsectl.Pulse("aside bench")
        sources = {one.name: one.index for one in self._server.source_list()}
        self._source = sources[self._microphone]
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close()

    def until(self, count: int, within_s: float) -> float:
        """When there were so many. Raises BenchError where that does not happen."""
        deadline_s = time.monotonic() + within_s
        while time.monotonic() < deadline_s:
            now = [one for one in self._server.source_output_list() if one.source == self._source]
            if len(now) == count:
                return time.monotonic()
            time.sleep(0.002)
        raise BenchError(f"the microphone is not recorded by {count} programs")
