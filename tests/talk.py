"""A conversation without its window on the virtual devices, and a room that echoes. For tests."""

from __future__ import annotations

import subprocess
import threading

import numpy as np

from app.conversation import Conversation
from app.headless import Recorder
from app.sound.desk import SoundDesk
from app.sound.echo import Cleaning
from app.sound.system import device_list
from engine.client.events import Started
from engine.client.link import EngineLink
from tests.desktop import RATE_HZ, SoundServer, convolved, eventually

REVERBERATION_S, GAIN, BLOCK = 0.2, 0.3, 960


class Talk:
    """The real sound desk and the shipped model; what happened is in `recorder`."""

    def __init__(self, echo_cancellation: bool = True) -> None:
        self.recorder = Recorder()
        desk = SoundDesk(device_list(), cleaning=Cleaning(echo=echo_cancellation))
        self.conversation = Conversation(desk, EngineLink.local, self.recorder.tell)

    def __enter__(self) -> Talk:
        self.conversation.start()
        eventually(lambda: self.of(Started), within_s=60)
        return self

    def __exit__(self, *_: object) -> None:
        self.conversation.stop()

    def of(self, kind: type) -> list:
        return [one for one in self.recorder.happenings if isinstance(one, kind)]

    def text(self, kind: type) -> list[str]:
        return "".join(one.text for one in self.of(kind)).split()


class Room(threading.Thread):
    """The speaker and the microphone in one room: what is played comes back, reverberant, late.

    delay_s: of the room alone; the two pipes through which it goes add some 100 ms.
    """

    def __init__(self, server: SoundServer, delay_s: float = 0.1) -> None:
        super().__init__(name="room", daemon=True)
        self._response = response(delay_s)
        ears = server.client(
            "parec", "--device=desk.monitor", f"--rate={RATE_HZ}", stdout=subprocess.PIPE
        )
        mouth = server.client("pacat", "--device=headset_room", f"--rate={RATE_HZ}")
        self._processes = (ears, mouth)
        self._stopping = False

    def run(self) -> None:
        ears, mouth = self._processes
        response = self._response
        rest = np.zeros(len(response) - 1)
        while not self._stopping:
            block = np.frombuffer(ears.stdout.read(4 * BLOCK), "<f4")
            if len(block) < BLOCK:
                return
            echo = convolved(block, response)
            echo[: len(rest)] += rest
            rest = echo[BLOCK:]
            try:
                mouth.stdin.write(echo[:BLOCK].astype("<f4").tobytes())
                mouth.stdin.flush()
            except BrokenPipeError:
                return

    def stop(self) -> None:
        self._stopping = True
        for process in self._processes:
            process.terminate()
        self.join(5)


def response(delay_s: float, gain: float = GAIN, rate_hz: int = RATE_HZ) -> np.ndarray:
    """Of a room: from the speaker to the microphone, late, fainter, reverberant."""
    length = round(REVERBERATION_S * rate_hz)
    tail = np.random.default_rng(5).standard_normal(length)
    tail *= 0.1 * np.exp(-6.9 * np.arange(length) / length)
    tail[0] = 1.0
    return gain * np.pad(tail, (round(delay_s * rate_hz), 0))
