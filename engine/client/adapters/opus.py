"""Opus in Ogg, both ways, through PyAV.

Source: RFC 7845 for the two head packets. Opus counts positions at 48 kHz whatever it encodes.
"""

from __future__ import annotations

import struct

import av
import numpy as np

from engine.client.adapters.ogg import PageReader, PageWriter

RATE_HZ = 24_000
DECODED_HZ = 48_000
FRAME = RATE_HZ // 50
PRE_SKIP = 312
BIT_RATE = 32_000
HEAD = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, PRE_SKIP, RATE_HZ, 0, 0)
TAGS = b"OpusTags" + struct.pack("<I", 5) + b"aside" + struct.pack("<I", 0)


class OpusWriter:
    """(n,) float32 at 24 kHz in, Ogg pages out. The first call brings the head pages too."""

    def __init__(self) -> None:
        self._pages = PageWriter()
        self._coder = av.CodecContext.create("libopus", "w")
        self._coder.sample_rate = RATE_HZ
        self._coder.layout = "mono"
        self._coder.format = "flt"
        self._coder.bit_rate = BIT_RATE
        self._coder.options = {"application": "voip", "frame_duration": "20"}
        self._rest = np.zeros(0, np.float32)
        self._granule = 0
        self._begun = False

    def give(self, samples: np.ndarray) -> bytes:
        """The pages of all whole frames of 20 ms."""
        out = b"" if self._begun else self._pages.page(HEAD, 0) + self._pages.page(TAGS, 0)
        self._begun = True
        self._rest = np.concatenate([self._rest, samples.astype(np.float32)])
        while len(self._rest) >= FRAME:
            frame, self._rest = self._rest[:FRAME], self._rest[FRAME:]
            out += self._encoded(frame)
        return out

    def _encoded(self, samples: np.ndarray) -> bytes:
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
        frame.sample_rate = RATE_HZ
        out = b""
        for packet in self._coder.encode(frame):
            self._granule += FRAME * DECODED_HZ // RATE_HZ
            out += self._pages.page(bytes(packet), self._granule)
        return out


class OpusReader:
    """Ogg bytes in, (n,) float32 at 48 kHz out. What cannot be decoded is left out."""

    def __init__(self) -> None:
        self._pages = PageReader()
        self._coder: av.AudioCodecContext | None = None

    def give(self, data: bytes) -> np.ndarray:
        heard = [self._decoded(packet) for packet in self._pages.give(data)]
        return np.concatenate(heard) if heard else np.zeros(0, np.float32)

    def _decoded(self, packet: bytes) -> np.ndarray:
        if packet.startswith(b"OpusHead"):
            self._coder = _decoder(packet)
        if self._coder is None or packet.startswith((b"OpusHead", b"OpusTags")):
            return np.zeros(0, np.float32)
        try:
            frames = self._coder.decode(av.Packet(packet))
        except av.FFmpegError:
            return np.zeros(0, np.float32)
        parts = [frame.to_ndarray().astype(np.float32).mean(axis=0) for frame in frames]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _decoder(head: bytes) -> av.AudioCodecContext:
    coder = av.CodecContext.create("opus", "r")
    assert isinstance(coder, av.AudioCodecContext)
    coder.extradata = head
    return coder
