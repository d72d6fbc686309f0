"""Realtime translation sessions: what is heard comes out in another language, all the time.

Source: the types of the `openai` package, types/realtime/realtime_translation_*. Continuous both
ways, 24 kHz, in frames of 200 ms: our own micro-turn. There is nobody to talk to: no tools, no
text. Options: `language`, the one to speak; `transcription`, the model that writes what was heard.
"""

from __future__ import annotations

from urllib.parse import quote

import numpy as np

from engine.client.adapters.adapter import Abilities, Frame, Message, Steps, Wishes
from engine.client.adapters.messages import Readers, by_type, read, refusal, send
from engine.client.adapters.pcm import base64_pcm16, from_base64_pcm16, from_engine
from engine.client.adapters.spoken import Spoken
from engine.client.events import Closed, Error, Heard, Started
from engine.client.items import Picture, Words
from engine.microturn import TURN_S

RATE_HZ = 24_000
BEHIND_S = 5.0
TURN_MS = round(1000 * TURN_S)
ABILITIES = Abilities(interjects=True, reads=False, transcribes=True, cadence_ms=TURN_MS)


class Translation:
    """An Adapter."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._resampler = from_engine(RATE_HZ)
        self._spoken = Spoken(RATE_HZ, behind_s=BEHIND_S)
        self._spoken.begin("translation")
        self._started = False

    @property
    def abilities(self) -> Abilities:
        return ABILITIES

    def path(self) -> str:
        return f"/realtime/translations?model={quote(self._wishes.model, safe='')}"

    def begin(self) -> Steps:
        return []

    def read(self, frame: Frame) -> Steps:
        return read(frame, by_type(self._readers()))

    def hear(self, samples: np.ndarray) -> Steps:
        voice = self._spoken.turn()
        sound = base64_pcm16(self._resampler.give(samples))
        return [*voice, send("session.input_audio_buffer.append", audio=sound)]

    def see(self, picture: Picture) -> Steps:
        return []

    def tell(self, words: Words) -> Steps:
        return [Error("unsupported", "an interpreter takes no text: say it", words.id)]

    def hush(self) -> Steps:
        return self._spoken.hush()

    def resume(self) -> Steps | None:
        return None

    def close(self) -> Steps:
        return [send("session.close")]

    def _readers(self) -> Readers:
        return {
            "session.created": self._created,
            "session.updated": self._updated,
            "session.closed": lambda message: [Closed("close_requested")],
            "session.input_transcript.delta": self._heard,
            "session.output_transcript.delta": self._said,
            "session.output_audio.delta": self._voice,
            "error": self._error,
        }

    def _created(self, message: Message) -> Steps:
        options = self._wishes.options
        audio: Message = {"output": {"language": str(options.get("language", "en"))}}
        if "transcription" in options:
            audio["input"] = {"transcription": {"model": options["transcription"]}}
        return [send("session.update", session={"audio": audio})]

    def _updated(self, message: Message) -> Steps:
        if self._started:
            return []
        self._started = True
        session = message["session"]
        return [Started(str(session["id"]), str(session["model"]))]

    def _heard(self, message: Message) -> Steps:
        now_ms = int(message.get("elapsed_ms") or self._spoken.clock_ms)
        return [Heard(str(message["delta"]), now_ms, now_ms + TURN_MS)]

    def _said(self, message: Message) -> Steps:
        self._spoken.say(str(message["delta"]))
        return []

    def _voice(self, message: Message) -> Steps:
        return self._spoken.add(from_base64_pcm16(message["delta"]))

    def _error(self, message: Message) -> Steps:
        error = message["error"]
        if error.get("code") == "session_expired":
            return [Closed("expired")]
        if not self._started:
            raise refusal(message)
        code = str(error.get("code") or error.get("type") or "error")
        return [Error(code, str(error["message"]), error.get("event_id"))]
