"""vLLM-Omni's duplex dialect of Realtime: MiniCPM-o 4.5, Nemotron VoiceChat, PersonaPlex.

Source: docs/serving/realtime_duplex_api.md of vllm-omni, and its own client, vllm_omni/clients/
duplex.py. The model decides when it speaks. What is its own: the client speaks first; `epoch`
fences what an interruption made stale; pictures ride on the sound that closes a unit of the model;
playback is acknowledged as it is heard, and what was cut off is told, so that the model's history
is what was heard; a lost connection resumes.

Options: `reference_audio`, a WAV file with the voice to speak in (MiniCPM-o needs one); `voice`;
`input` "pcm16" at 16 kHz or "pcm_f32le" at 24 kHz (PersonaPlex); `tools`, True for models that call
them; `extra_body`, as the server documents it.
"""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import quote

import numpy as np

from engine.client.adapters.adapter import (
    Abilities,
    Frame,
    Message,
    Refused,
    Step,
    Steps,
    Wishes,
)
from engine.client.adapters.messages import Readers, by_type, read, refusal, send
from engine.client.adapters.pcm import base64_float32, base64_pcm16, from_engine
from engine.client.adapters.responses import Responses
from engine.client.adapters.spoken import Spoken
from engine.client.adapters.tools import OFFERED
from engine.client.events import Appended, Closed, Error, Heard, Started
from engine.client.items import Picture, Source, Words
from engine.microturn import TURN_S

OUTPUT_HZ = 24_000
UNIT_MS = 1000
# The model's first unit is a little longer: its front end wants to see past the end.
FIRST_UNIT_LONGER_MS = 30
TURN_MS = round(1000 * TURN_S)
HEARTBEAT_TURNS = 75
# After a resume the server replays what it said. What it has not confirmed by then, it never got.
REPLAY_TURNS = 10
ABILITIES = Abilities(
    sees=True, interjects=True, transcribes=True, resumes=True, cadence_ms=UNIT_MS
)
# The client cannot know of an interruption before it hears of it: such an acknowledgement is moot.
MOOT = ("playback_ack_too_late",)


class VllmOmni:
    """An Adapter."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._floats = wishes.options.get("input") == "pcm_f32le"
        self._input_hz = 24_000 if self._floats else 16_000
        self._resampler = from_engine(self._input_hz)
        self._spoken = Spoken(OUTPUT_HZ)
        self._responses = Responses(self._spoken)
        self._abilities = ABILITIES
        self._unit_ms = UNIT_MS
        self._session_id = self._resume_token = ""
        self._epoch = self._seen = self._acknowledged = 0
        self._acked: tuple[str, int] = ("", 0)
        self._pictures: dict[Source, Picture] = {}
        self._told: dict[str, Words] = {}
        self._again_turn = -1
        self._truncates = False

    @property
    def abilities(self) -> Abilities:
        return self._abilities

    def path(self) -> str:
        # Otherwise the server begins a session of its own, and drops what ours asks for.
        return f"/realtime?duplex=1&model={quote(self._wishes.model, safe='')}&autostart=0"

    def begin(self) -> Steps:
        return [send("session.update", session=self._session())]

    def read(self, frame: Frame) -> Steps:
        return read(frame, self._sequenced)

    def hear(self, samples: np.ndarray) -> Steps:
        voice = self._spoken.turn()
        sound = self._resampler.give(samples)
        append: Message = {
            "audio": (base64_float32 if self._floats else base64_pcm16)(sound),
            "input_audio_format": "pcm_f32le" if self._floats else "pcm16",
            "sample_rate_hz": self._input_hz,
            "duration_ms": round(1000 * len(sound) / self._input_hz),
            "audio_end_ms": self._spoken.clock_ms,
        }
        if self._pictures and self._closes_a_unit():
            append["video_frames"] = [
                base64.b64encode(picture.encoded).decode("ascii")
                for picture in self._pictures.values()
            ]
            self._pictures.clear()
        return [*voice, send("input_audio_buffer.append", **append), *self._upkeep()]

    def see(self, picture: Picture) -> Steps:
        self._pictures[picture.source] = picture
        return []

    def tell(self, words: Words) -> Steps:
        self._told[words.id] = words
        item = {"id": words.id, **self._responses.item(words.said)}
        return [send("conversation.item.create", event_id=words.id, item=item)]

    def hush(self) -> Steps:
        cancel = [send("response.cancel")] if self._responses.active else []
        return [*cancel, *self._interrupted()]

    def resume(self) -> Steps | None:
        if not self._abilities.resumes or not self._resume_token:
            return None
        who = {"session_id": self._session_id, "resume_token": self._resume_token}
        return [send("session.resume", **who, last_received_server_event_seq=self._seen)]

    def close(self) -> Steps:
        return [send("session.close")]

    def _readers(self) -> Readers:
        responses = self._responses
        return {
            "session.created": self._created,
            "session.resumed": self._resumed,
            "session.closed": self._closed,
            "session.expired": self._expired,
            "session.resync_required": self._expired,
            "session.replaced": self._closed,
            "error": self._error,
            "conversation.item.input_audio_transcription.completed": self._heard,
            "conversation.item.added": self._added,
            "conversation.item.created": self._added,
            "response.created": self._response_created,
            "response.listen": self._listen,
            "overlap.decision": self._overlap,
            "response.output_item.added": responses.item_added,
            "response.output_audio.delta": self._audio,
            "response.output_audio.done": responses.audio_done,
            "response.output_audio_transcript.delta": responses.transcript,
            "response.output_text.delta": responses.transcript,
            "response.function_call_arguments.done": responses.call_done,
            "response.done": self._done,
        }

    def _sequenced(self, message: Message) -> Steps:
        """Every event has a number; after a resume some come twice and count once."""
        number = message.get("server_event_seq")
        if number is not None:
            if int(number) <= self._seen:
                return []
            self._seen = int(number)
        return by_type(self._readers())(message)

    def _session(self) -> Message:
        options = self._wishes.options
        session: Message = {
            "model": self._wishes.model,
            "modalities": ["audio", "text"],
            "input_audio_format": "pcm_f32le" if self._floats else "pcm16",
            "output_audio_format": "pcm16",
            "sample_rate_hz": self._input_hz,
            "audio": {
                "input": {"sample_rate_hz": self._input_hz},
                "output": {"sample_rate_hz": OUTPUT_HZ},
            },
            "turn_detection": None,
            "overlap_policy": "listen_only",
            "playback_commit_policy": "ack_only",
            "extra_body": {"auto_response": True, **options.get("extra_body", {})},
        }
        if self._wishes.instructions:
            session["instructions"] = self._wishes.instructions
        if options.get("voice"):
            session["voice"] = options["voice"]
        if options.get("reference_audio"):
            session["ref_audio"] = _reference(Path(options["reference_audio"]))
        if options.get("tools"):
            session["tools"] = list(OFFERED)
        return session

    def _created(self, message: Message) -> Steps:
        session = message["session"]
        can = session.get("capabilities") or {}
        self._session_id = str(session["id"])
        self._resume_token = str(message.get("resume_token") or "")
        self._epoch = int(session.get("epoch") or 0)
        self._unit_ms = int(can.get("chunk_period_ms") or UNIT_MS)
        resumes = bool(can.get("supports_session_resume"))
        self._truncates = bool(can.get("supports_audio_truncate"))
        self._abilities = Abilities(
            sees=self._unit_ms >= UNIT_MS,
            interjects=True,
            tools=bool(self._wishes.options.get("tools")),
            transcribes=True,
            resumes=resumes,
            cadence_ms=self._unit_ms,
        )
        return [Started(self._session_id, str(session.get("model") or self._wishes.model))]

    def _resumed(self, message: Message) -> Steps:
        self._resume_token = str(message["resume_token"])
        self._again_turn = self._spoken.turns + REPLAY_TURNS
        return self._advance(int(message["session"].get("epoch") or 0))

    def _closed(self, message: Message) -> Steps:
        reason = str(message.get("reason") or message["type"].removeprefix("session."))
        return [Closed("close_requested" if reason == "client_close" else reason)]

    def _expired(self, message: Message) -> Steps:
        """The session is gone for good; another one can be had."""
        return [Closed("expired")]

    def _error(self, message: Message) -> Steps:
        error = message["error"]
        if not self._session_id:
            raise refusal(message)
        if isinstance(error, str):  # only a handshake is refused like this: here, a resume
            return [Closed("expired")]
        code = str(error.get("code") or "error")
        return [] if code in MOOT else [Error(code, str(error["message"]), error.get("event_id"))]

    def _response_created(self, message: Message) -> Steps:
        event = ((message["response"].get("metadata") or {}).get("duplex_event")) or {}
        steps = self._advance(int(event.get("epoch") or 0))
        return [*steps, *self._responses.created(message)]

    def _listen(self, message: Message) -> Steps:
        return self._advance(int(message.get("epoch") or 0))

    def _overlap(self, message: Message) -> Steps:
        if message.get("action") == "barge_in":
            return self._interrupted()
        return self._advance(int(message.get("epoch") or 0))

    def _audio(self, message: Message) -> Steps:
        metadata = message.get("metadata") or {}
        if int(metadata.get("epoch", self._epoch)) < self._epoch:
            return []
        return self._responses.audio(message)

    def _done(self, message: Message) -> Steps:
        interrupted = self._interrupted() if self._responses.is_cut(message) else []
        return [*interrupted, *self._responses.done(message)]

    def _heard(self, message: Message) -> Steps:
        text = str(message.get("transcript") or "").strip()
        now_ms = self._spoken.clock_ms
        return [Heard(text + " ", now_ms, now_ms)] if text else []

    def _added(self, message: Message) -> Steps:
        words = str(message["item"].get("id"))
        told = self._told.pop(words, None)
        if told is None:
            return []
        kind = "text" if isinstance(told.said, str) else told.said.kind
        return [Appended(kind, self._spoken.clock_ms, words)]

    def _advance(self, epoch: int) -> list[Step]:
        """A later epoch: whatever waits of an earlier one is stale."""
        if epoch <= self._epoch:
            return []
        self._epoch = epoch
        return self._interrupted()

    def _interrupted(self) -> list[Step]:
        steps, heard = self._responses.interrupt()
        for item_id, heard_ms in heard.items():
            if item_id:
                steps.append(self._playback(item_id, heard_ms, truncate=True))
        return steps

    def _closes_a_unit(self) -> bool:
        """Whether the newest sound does: a picture belongs to the unit that is closed with it."""
        past_ms = self._spoken.clock_ms - self._unit_ms - FIRST_UNIT_LONGER_MS
        return past_ms >= 0 and past_ms % self._unit_ms < TURN_MS

    def _upkeep(self) -> list[Step]:
        """What was heard, what was received, and that we are still here."""
        steps: list[Step] = []
        if self._spoken.turns == self._again_turn:
            steps += [step for words in list(self._told.values()) for step in self.tell(words)]
        utterance = self._spoken.utterance
        now = (utterance, self._spoken.heard_ms(utterance))
        if now[1] and now != self._acked:
            self._acked = now
            steps.append(self._playback(*now))
        if self._spoken.turns % HEARTBEAT_TURNS == 0:
            steps.append(send("session.heartbeat"))
        if self._seen > self._acknowledged and self._spoken.turns % 5 == 0:
            self._acknowledged = self._seen
            steps.append(send("session.event_ack", server_event_seq=self._seen))
        return steps

    def _playback(self, item_id: str, heard_ms: int, truncate: bool = False) -> Step:
        told: Message = {"response_id": self._responses.owner(item_id), "item_id": item_id}
        told |= {"played_ms": heard_ms, "committed_ms": heard_ms}
        cut = {"truncate": True} if truncate and self._truncates else {}
        return send("playback.ack", **told, **cut)


def _reference(path: Path) -> str:
    try:
        return "data:audio/wav;base64," + base64.b64encode(path.read_bytes()).decode("ascii")
    except OSError as error:
        why = f"the voice to speak in, {path}, cannot be read: {error.strerror}"
        raise Refused(why, final=True) from None
