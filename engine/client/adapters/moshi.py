"""Moshi's own server, and PersonaPlex's, which speaks the same: binary frames, Opus at 24 kHz.

Source: rust/protocol.md and moshi/server.py of kyutai-labs/moshi. The first byte of a frame says
what it is. The model speaks and listens all the time, 80 ms at a time; it takes nothing but sound,
and there is no word about an interruption: it falls silent by itself.

Options: `query`, what stands behind the question mark, as `text_prompt` and `voice_prompt` for
PersonaPlex; instructions go there as `text_prompt`.
"""

from __future__ import annotations

from urllib.parse import urlencode

import numpy as np

from engine.client.adapters.adapter import (
    Abilities,
    Frame,
    ProtocolError,
    Refused,
    Send,
    Steps,
    Wishes,
)
from engine.client.adapters.pcm import from_engine
from engine.client.adapters.spoken import Spoken
from engine.client.events import Closed, Error, Started
from engine.client.items import Picture, Words

HANDSHAKE, AUDIO, TEXT, _CONTROL, _METADATA, ERROR, _PING = range(7)
BEHIND_S = 1.0
ABILITIES = Abilities(interjects=True, reads=False, cadence_ms=80)


class Moshi:
    """An Adapter."""

    def __init__(self, wishes: Wishes) -> None:
        from engine.client.adapters import opus  # 16 MB that only who talks to Moshi needs

        self._wishes = wishes
        self._resampler = from_engine(opus.RATE_HZ)
        self._writer, self._reader = opus.OpusWriter(), opus.OpusReader()
        self._spoken = Spoken(opus.DECODED_HZ, behind_s=BEHIND_S)
        self._spoken.begin("moshi")
        self._started = False

    @property
    def abilities(self) -> Abilities:
        return ABILITIES

    def path(self) -> str:
        query = dict(self._wishes.options.get("query", {}))
        if self._wishes.instructions:
            query.setdefault("text_prompt", self._wishes.instructions)
        return "/api/chat" + (f"?{urlencode(query)}" if query else "")

    def begin(self) -> Steps:
        return []

    def read(self, frame: Frame) -> Steps:
        if isinstance(frame, str) or not frame:
            raise ProtocolError("a text frame from a server that speaks binary")
        kind, payload = frame[0], frame[1:]
        if kind == HANDSHAKE:
            return self._handshake()
        if kind == ERROR:
            return self._failed(payload.decode("utf-8", "replace"))
        if kind == AUDIO:
            return self._spoken.add(self._reader.give(payload))
        if kind == TEXT:
            self._spoken.say(payload.decode("utf-8", "replace"))
        return []

    def hear(self, samples: np.ndarray) -> Steps:
        pages = self._writer.give(self._resampler.give(samples))
        voice = self._spoken.turn()
        return [*voice, Send(bytes([AUDIO]) + pages)] if pages else voice

    def see(self, picture: Picture) -> Steps:
        return []

    def tell(self, words: Words) -> Steps:
        return [Error("unsupported", "this model takes no text: say it", words.id)]

    def hush(self) -> Steps:
        return self._spoken.hush()

    def resume(self) -> Steps | None:
        return None

    def close(self) -> Steps:
        return [Closed("close_requested")]

    def _handshake(self) -> Steps:
        if self._started:
            return []
        self._started = True
        return [Started("moshi", self._wishes.model)]

    def _failed(self, message: str) -> Steps:
        if not self._started:
            raise Refused(message, final=False)
        return [Error("server", message)]
