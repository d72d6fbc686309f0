"""Realtime GA: a cloud model with turns of its own. The server speaks first; 24 kHz.

Source: the types of the `openai` package under types/realtime. A turn detector of the server
decides when the model answers. Options: `voice`; `transcription`, the model that writes what the
user said; `turn_detection`, as the protocol has it; `tools`, False to offer none; `picture_s`, how
many seconds lie between two pictures of one source (each replaces the one before, so that a long
session's context does not fill with pictures); `sees`, False for models without eyes.
"""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote

import numpy as np

from engine.client.adapters.adapter import Abilities, Frame, Message, Step, Steps, Wishes
from engine.client.adapters.messages import Readers, by_type, read, refusal, send
from engine.client.adapters.pcm import base64_pcm16, from_engine
from engine.client.adapters.responses import Responses
from engine.client.adapters.spoken import Spoken
from engine.client.adapters.tools import OFFERED
from engine.client.events import Appended, Closed, Error, Heard, Started, Usage
from engine.client.items import Picture, Source, Words
from engine.microturn import Update

RATE_HZ = 24_000
PICTURE_S = 5.0
MAX_UTTERANCES = 64
ASKING = "ask"
ABILITIES = Abilities(sees=True, tools=True, transcribes=True)


class Realtime:
    """An Adapter. What is typed, and every commentary, asks for a response."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._options = wishes.options
        self._resampler = from_engine(RATE_HZ)
        self._spoken = Spoken(RATE_HZ)
        self._responses = Responses(self._spoken)
        self._started = self._asks = self._asked = False
        self._told: dict[str, str] = {}
        self._speech_ms: dict[str, int] = {}
        self._written: set[str] = set()
        self._pictures: dict[Source, Picture] = {}
        self._shown_ms: dict[Source, int] = {}
        self._shown: dict[Source, str] = {}
        self._count = 0

    @property
    def abilities(self) -> Abilities:
        return ABILITIES if self._options.get("sees", True) else Abilities(tools=True)

    def path(self) -> str:
        return f"/realtime?model={quote(self._wishes.model, safe='')}"

    def begin(self) -> Steps:
        return []

    def read(self, frame: Frame) -> Steps:
        return read(frame, by_type(self._readers()))

    def hear(self, samples: np.ndarray) -> Steps:
        sound = base64_pcm16(self._resampler.give(samples))
        voice = self._spoken.turn()
        return [*voice, *self._show(), send("input_audio_buffer.append", audio=sound)]

    def see(self, picture: Picture) -> Steps:
        self._pictures[picture.source] = picture
        return []

    def tell(self, words: Words) -> Steps:
        said = words.said
        self._told[words.id] = "text" if isinstance(said, str) else said.kind
        silent = words.more or (isinstance(said, Update) and said.kind == "thinking")
        item = {"id": words.id, **self._responses.item(said)}
        created = send("conversation.item.create", event_id=words.id, item=item)
        return [created] if silent else [created, *self._ask()]

    def hush(self) -> Steps:
        cancel = [send("response.cancel")] if self._responses.active else []
        return [*cancel, *self._interrupted()]

    def resume(self) -> Steps | None:
        return None

    def close(self) -> Steps:
        return [Closed("close_requested")]

    def _readers(self) -> Readers:
        responses = self._responses
        return {
            "session.created": self._created,
            "session.updated": self._updated,
            "error": self._error,
            "input_audio_buffer.speech_started": self._speech_started,
            "conversation.item.input_audio_transcription.delta": self._heard,
            "conversation.item.input_audio_transcription.completed": self._heard_all,
            "conversation.item.added": self._added,
            "conversation.item.created": self._added,
            "response.created": self._response_created,
            "response.output_item.added": responses.item_added,
            "response.output_audio.delta": responses.audio,
            "response.output_audio.done": responses.audio_done,
            "response.output_audio_transcript.delta": responses.transcript,
            "response.output_text.delta": responses.transcript,
            "response.function_call_arguments.done": responses.call_done,
            "response.done": self._done,
        }

    def _created(self, message: Message) -> Steps:
        return [send("session.update", session=self._session())]

    def _session(self) -> Message:
        pcm = {"type": "audio/pcm", "rate": RATE_HZ}
        hearing: Message = {"format": pcm}
        if "transcription" in self._options:
            hearing["transcription"] = {"model": self._options["transcription"]}
        if "turn_detection" in self._options:
            hearing["turn_detection"] = self._options["turn_detection"]
        speaking: Message = {"format": pcm}
        if "voice" in self._options:
            speaking["voice"] = self._options["voice"]
        session: Message = {"type": "realtime", "output_modalities": ["audio"]}
        session["audio"] = {"input": hearing, "output": speaking}
        if self._wishes.instructions:
            session["instructions"] = self._wishes.instructions
        if self._options.get("tools", True):
            session |= {"tools": list(OFFERED), "tool_choice": "auto"}
        return session

    def _updated(self, message: Message) -> Steps:
        if self._started:
            return []
        self._started = True
        session = message["session"]
        name = str(session.get("model") or self._wishes.model)
        return [Started(str(session.get("id") or "realtime"), name)]

    def _error(self, message: Message) -> Steps:
        error = message["error"]
        if error.get("code") == "session_expired":
            return [Closed("expired")]
        if error.get("code") == "response_cancel_not_active":
            return []  # it had ended just before the user silenced it
        if error.get("event_id") == ASKING:
            self._asked = False
            if error.get("code") == "conversation_already_has_active_response":
                self._asks = True  # the server began one by itself: after that
                return []
        if not self._started:
            raise refusal(message)
        code = str(error.get("code") or error.get("type") or "error")
        return [Error(code, str(error["message"]), error.get("event_id"))]

    def _speech_started(self, message: Message) -> Steps:
        """The user talks: the server drops its answer, and what was heard of it is told."""
        self._speech_ms[str(message["item_id"])] = int(message["audio_start_ms"])
        if len(self._speech_ms) > MAX_UTTERANCES:
            self._written.discard(first := next(iter(self._speech_ms)))
            del self._speech_ms[first]
        if (self._options.get("turn_detection") or {}).get("interrupt_response") is False:
            return []
        return self._interrupted()

    def _interrupted(self) -> list[Step]:
        steps, heard = self._responses.interrupt()
        for item_id, heard_ms in heard.items():
            cut: dict[str, Any] = {"item_id": item_id, "content_index": 0}
            steps.append(send("conversation.item.truncate", **cut, audio_end_ms=heard_ms))
        return steps

    def _heard(self, message: Message) -> Steps:
        item_id, text = str(message["item_id"]), str(message.get("delta") or "")
        if not text:
            return []
        if self._written and item_id not in self._written:
            text = " " + text.lstrip()
        self._written.add(item_id)
        return [Heard(text, self._speech_ms.get(item_id, 0), self._spoken.clock_ms)]

    def _heard_all(self, message: Message) -> Steps:
        """Some transcribers tell everything at the end."""
        if str(message["item_id"]) in self._written:
            return []
        return self._heard({**message, "delta": message["transcript"]})

    def _added(self, message: Message) -> Steps:
        words = str(message["item"].get("id"))
        kind = self._told.pop(words, None)
        return [Appended(kind, self._spoken.clock_ms, words)] if kind else []

    def _response_created(self, message: Message) -> Steps:
        self._asked = False
        return self._responses.created(message)

    def _done(self, message: Message) -> Steps:
        interrupted = self._interrupted() if self._responses.is_cut(message) else []
        usage = Usage(self._spoken.clock_ms / 1000)
        return [*interrupted, *self._responses.done(message), usage, *self._ask_again()]

    def _ask(self) -> Steps:
        """One response at a time: a second one waits for the end of the first."""
        self._asks = self._responses.active or self._asked
        if self._asks:
            return []
        self._asked = True
        return [send("response.create", event_id=ASKING)]

    def _ask_again(self) -> Steps:
        return self._ask() if self._asks else []

    def _show(self) -> list[Step]:
        steps: list[Step] = []
        apart_ms = round(1000 * float(self._options.get("picture_s", PICTURE_S)))
        for source in list(self._pictures):
            shown_ms = self._shown_ms.get(source)
            if shown_ms is None or self._spoken.clock_ms - shown_ms >= apart_ms:
                steps += self._showing(self._pictures.pop(source))
        return steps

    def _showing(self, picture: Picture) -> list[Step]:
        self._shown_ms[picture.source] = self._spoken.clock_ms
        self._count += 1
        before, name = self._shown.get(picture.source), f"{picture.source}_{self._count}"
        self._shown[picture.source] = name
        kind = "jpeg" if picture.encoded.startswith(b"\xff\xd8") else "png"
        image = base64.b64encode(picture.encoded).decode("ascii")
        content = {"type": "input_image", "image_url": f"data:image/{kind};base64,{image}"}
        item = {"id": name, "type": "message", "role": "user"}
        forget = [send("conversation.item.delete", item_id=before)] if before else []
        return [*forget, send("conversation.item.create", item={**item, "content": [content]})]
