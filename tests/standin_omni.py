"""Stand-ins of vLLM-Omni's duplex endpoint and of SGLang-Omni's realtime sessions.

Built from the documented messages: docs/serving/realtime_duplex_api.md of vllm-omni, and
docs/cookbook/minicpm_o.md with sglang_omni/serve/realtime of sglang-omni: schema.py for what may
come, runtime.py for when it is refused. Of vllm-omni's own client, vllm_omni/clients/duplex.py, is
when a unit of the model ends, and what a server does that nobody told to wait.
"""

from __future__ import annotations

import base64
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from tests.standin import Message, Standin
from tests.standin_realtime import voice

VLLM_CLIENT = {
    "session.update", "session.heartbeat", "session.event_ack", "session.close", "session.resume",
    "input_audio_buffer.append", "conversation.item.create", "playback.ack", "response.cancel",
}  # fmt: skip
UNIT_MS = 1000
APPEND_FIELDS = {
    "type", "event_id", "audio", "input_audio_format", "sample_rate_hz", "duration_ms",
    "audio_end_ms", "is_speech", "video_frames",
}  # fmt: skip


class VllmStandin(Standin):
    """Keeps one session over any number of connections, numbers its events, and can replay them."""

    resumable = True
    unit_ms = 1000

    def __init__(self) -> None:
        super().__init__()
        self.epoch = 0
        self.token = ""
        self.journal: list[Message] = []
        self.heard_ms = 0.0

    def understand(self, frame: str | bytes) -> Message:
        message = json.loads(frame)
        kind = message["type"]
        if kind not in VLLM_CLIENT:
            raise ValueError(f"unsupported event {kind}")
        if kind == "session.update":
            _check_opening(message["session"], self.paths[-1])
        if kind == "input_audio_buffer.append":
            self._append(message)
        if kind == "playback.ack" and not message["response_id"]:
            raise ValueError("playback.ack names no response")
        return message

    def _append(self, message: Message) -> None:
        before = int((self.heard_ms - 30) // self.unit_ms)
        self.heard_ms += _check_append(message)
        closes = int((self.heard_ms - 30) // self.unit_ms) > max(before, 0)
        if "video_frames" in message and not closes:
            raise ValueError(f"a picture at {self.heard_ms} ms, where no unit ends")

    async def react(self, message: Message) -> None:
        kind = message["type"]
        if kind == "session.update":
            await self._create(message["session"])
        elif kind == "session.resume":
            await self._resume(message)
        elif kind == "session.heartbeat":
            await self.number({"type": "session.heartbeat_ack", "session_id": "duplex-1"})
        elif kind == "conversation.item.create":
            item = {**message["item"], "object": "realtime.item", "status": "completed"}
            await self.number({"type": "conversation.item.added", "item": item})
            await self.number({"type": "conversation.item.created", "item": item})
        elif kind == "session.close":
            await self.number({"type": "session.closed", "reason": "client_close"})

    async def number(self, message: Message) -> None:
        numbered = {**message, "server_event_seq": len(self.journal) + 1}
        self.journal.append(numbered)
        await self.say(numbered)

    def event(self, kind: str, **fields: Any) -> None:
        self.call(self.number({"type": kind, **fields}))

    def begin(self, response: str) -> None:
        told = {"type": "response.created", "response_id": response, "epoch": self.epoch}
        made = {"id": response, "status": "in_progress", "metadata": {"duplex_event": told}}
        self.event("response.created", response_id=response, response=made)

    def speak(self, response: str, text: str, seconds: float, epoch: int | None = None) -> None:
        at = {"response_id": response, "item_id": f"item_{response}"}
        metadata = {"epoch": self.epoch if epoch is None else epoch, "model_speak": True}
        sound = {"delta": voice(seconds), "format": "pcm16", "sample_rate_hz": 24000}
        self.event("response.output_audio.delta", **at, **sound, metadata=metadata)
        self.event("response.output_audio_transcript.delta", **at, delta=text)

    def end(self, response: str, status: str = "completed") -> None:
        self.event(
            "response.done", response_id=response, response={"id": response, "status": status}
        )

    def _session(self) -> Message:
        can = {
            "implementation_level": "model_native_duplex",
            "supports_session_resume": self.resumable,
            "supports_audio_truncate": True,
            "chunk_period_ms": self.unit_ms,
        }
        return {"id": "duplex-1", "model": "some-model", "epoch": self.epoch, "capabilities": can}

    async def _create(self, session: Message) -> None:
        if session.get("instructions") == "no room":
            error = {"type": "rate_limit_error", "code": "resource_exhausted", "message": "limit=4"}
            await self.say({"type": "error", "error": error})
            return
        self.token = "rt_1"
        created = {"type": "session.created", "attachment_generation": 1, "resume_token": "rt_1"}
        await self.number({**created, "session": self._session()})
        await self.number({"type": "session.updated", "session": self._session()})

    async def _resume(self, message: Message) -> None:
        if message["resume_token"] != self.token:
            text = "Unknown or expired duplex session: duplex-1"
            await self.say({"type": "error", "error": text, "code": "session_resume_expired"})
            return
        self.token += "+"
        missed = self.journal[message["last_received_server_event_seq"] :]
        await self.say({"type": "session.resumed", "session_id": "duplex-1",
                        "session": self._session(), "resume_token": self.token})  # fmt: skip
        await self.say(*missed)


def _check_opening(session: Message, path: str) -> None:
    if "autostart=0" not in path:
        raise ValueError("another session has begun by itself: this one is ignored")
    rates = session["audio"]["input"]["sample_rate_hz"], session["sample_rate_hz"]
    if set(rates) != {24_000 if session["input_audio_format"] == "pcm_f32le" else 16_000}:
        raise ValueError("the rate of the sound is not declared as it is")


def _check_append(message: Message) -> float:
    """Returns its length in milliseconds."""
    if unknown := set(message) - APPEND_FIELDS:
        raise ValueError(f"append has {unknown}")
    width = 4 if message["input_audio_format"] == "pcm_f32le" else 2
    samples = len(base64.b64decode(message["audio"], validate=True)) // width
    length_ms = 1000 * samples / message["sample_rate_hz"]
    if abs(length_ms - message["duration_ms"]) > 1:
        raise ValueError("duration_ms does not fit the sound")
    for picture in message.get("video_frames", ()):
        if not base64.b64decode(picture, validate=True).startswith((b"\xff\xd8", b"\x89PNG")):
            raise ValueError("a video frame is no JPEG or PNG")
    return length_ms


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    event_id: str = Field(min_length=1, max_length=256)


class _Update(_Strict):
    type: Literal["session.update"]
    session: dict[str, Any]


class _Sequence(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    seq: int


class _Moment(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    t_ms: float


class _Audio(_Strict):
    type: Literal["input_audio_buffer.append"]
    audio: str
    sglang: _Sequence


class _Image(_Strict):
    type: Literal["sglang.input_image.append"]
    image: str
    sglang: _Moment


class _Command(_Strict):
    type: Literal["input_audio_buffer.clear", "sglang.input_audio.end", "session.close"]


SGLANG_CLIENT: TypeAdapter[Any] = TypeAdapter(
    Annotated[_Update | _Audio | _Image | _Command, Field(discriminator="type")]
)


class SglangStandin(Standin):
    """Takes sound only in order and only while there is room, and pictures only for a unit that is
    not over, not far away and not full, as the real one does.

    shown: the unit of each picture that was taken, and its first bytes.
    """

    senses = ("audio", "image")
    rates = (16_000, 24_000)
    pictures_a_unit = 1

    def __init__(self) -> None:
        super().__init__()
        self.next = 0
        self.heard_ms = 0.0
        self.accepted: list[int] = []
        self.shown: list[tuple[int, bytes]] = []
        self.full = False

    async def greet(self) -> None:
        self.next, self.heard_ms = 0, 0.0
        session = {"id": "sess_1", "object": "realtime.session", "type": "realtime",
                   "model": "some-model", "sglang": {"granted": None}}  # fmt: skip
        await self.say({"type": "session.created", "session": session})

    def understand(self, frame: str | bytes) -> Message:
        SGLANG_CLIENT.validate_json(frame)
        return json.loads(frame)

    async def react(self, message: Message) -> None:
        kind = message["type"]
        if kind == "session.update":
            await self._grant(message["session"])
        elif kind == "input_audio_buffer.append":
            await self._append(message)
        elif kind == "sglang.input_image.append":
            await self._look(message)
        elif kind == "session.close":
            await self.say({"type": "session.closed", "reason": "client_closed"})

    async def _grant(self, session: Message) -> None:
        granted = {
            "interaction": "native",
            "native_full_duplex": True,
            "input_modalities": list(self.senses),
            "input_audio_format": {"type": "audio/pcm", "rate": self.rates[0]},
            "output_audio_format": {"type": "audio/pcm", "rate": self.rates[1]},
            "input_image_format": {
                "types": ["image/jpeg", "image/png"], "max_bytes": 512 << 10,
                "max_frames_per_unit": self.pictures_a_unit, "max_slice_nums": 1,
            },
            "native_unit_ms": UNIT_MS,
            "supports_resume": False,
        }
        told = {**session, "id": "sess_1", "model": "some-model", "sglang": {"granted": granted}}
        await self.say({"type": "session.updated", "session": told, "client_event_id": None})

    async def _append(self, message: Message) -> None:
        number = message["sglang"]["seq"]
        if number != self.next:
            await self._refuse(message, "invalid_state", "audio seq must be contiguous")
        elif self.full:
            await self._refuse(message, "buffer_overflow", "input budget exhausted")
        else:
            self.next += 1
            self.accepted.append(number)
            samples = len(base64.b64decode(message["audio"], validate=True)) // 2
            self.heard_ms += 1000 * samples / self.rates[0]

    async def _look(self, message: Message) -> None:
        unit, due = int(message["sglang"]["t_ms"] // UNIT_MS), int(self.heard_ms // UNIT_MS)
        image = base64.b64decode(message["image"], validate=True)
        if unit < due:
            await self._refuse(message, "invalid_state", "frame unit already cut")
        elif [taken for taken, _ in self.shown].count(unit) >= self.pictures_a_unit:
            await self._refuse(message, "buffer_overflow", "unit frame count exceeds limit")
        elif unit - due > bool(self.heard_ms % UNIT_MS) + 2:
            await self._refuse(message, "buffer_overflow", "frame exceeds lookahead budget")
        else:
            self.shown.append((unit, image[:4]))

    async def _refuse(self, message: Message, code: str, text: str) -> None:
        error = {"type": "invalid_request_error", "code": code, "message": text,
                 "event_id": message["event_id"], "param": None}  # fmt: skip
        await self.say({"type": "error", "sglang": {"fatal": False}, "error": error})

    def begin(self, response: str) -> None:
        made = {"id": response, "object": "realtime.response", "status": "in_progress"}
        self.send({"type": "response.created", "response": {**made, "output": []}})

    def speak(self, response: str, text: str, seconds: float) -> None:
        at = {"response_id": response, "item_id": f"i_{response}", "output_index": 0}
        kind, sound = "response.output_audio", voice(seconds, rate_hz=self.rates[1])
        self.send({"type": f"{kind}_transcript.delta", **at, "delta": text})
        self.send({"type": f"{kind}.delta", **at, "delta": sound})

    def end(self, response: str, status: str = "completed") -> None:
        made = {"id": response, "object": "realtime.response", "status": status}
        self.send(
            {"type": "response.done", "response": {**made, "status_details": {"reason": "x"}}}
        )
