"""A stand-in of Moshi's own server: rust/protocol.md of moshi, binary frames, Opus at 24 kHz."""

from __future__ import annotations

import numpy as np

from engine.client.adapters.opus import OpusReader, OpusWriter
from tests.standin import Message, Standin


class MoshiStandin(Standin):
    """Decodes what it hears; says its handshake once the model is ready."""

    base = ""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[np.ndarray] = []
        self.writer, self.reader = OpusWriter(), OpusReader()

    async def greet(self) -> None:
        self.writer, self.reader = OpusWriter(), OpusReader()
        await self.say(b"\x00" + bytes(8))

    def understand(self, frame: str | bytes) -> Message:
        if not isinstance(frame, bytes) or frame[:1] != b"\x01":
            raise ValueError("the server takes nothing but sound")
        self.heard.append(self.reader.give(frame[1:]))
        return {"type": "audio"}

    def speak(self, samples: np.ndarray, text: str = "") -> None:
        """(n,) float32 at 24 kHz, in frames of the model."""
        for start in range(0, len(samples), 1920):
            self.send(b"\x01" + self.writer.give(samples[start : start + 1920]))
        if text:
            self.send(b"\x02" + text.encode())
