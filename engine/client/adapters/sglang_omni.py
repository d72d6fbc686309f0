"""SGLang-Omni's native realtime sessions: MiniCPM-o 4.5, PersonaPlex, Nemotron VoiceChat.

Source: docs/cookbook and sglang_omni/serve/realtime of sglang-omni. The server speaks first, then
grants what it can; every sound carries its number and none may be missing, so a sound that is
refused for lack of room is a gap in what the model hears, and told. It takes no text and no
acknowledgements, and knows no resume.

Options: `reference_audio`, a WAV file with the voice to speak in; `sampling`, as documented there.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

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
from engine.client.adapters.pcm import Resampler, base64_pcm16, from_engine
from engine.client.adapters.responses import Responses
from engine.client.adapters.spoken import Spoken
from engine.client.events import Closed, Error, Notice, Started
from engine.client.items import Picture, Source, Words

ABILITIES = Abilities(sees=True, interjects=True, reads=False, cadence_ms=80)
SOUNDS_REMEMBERED = 512
ENDINGS = {"client_closed": "close_requested", "context_exhausted": "expired"}


class SglangOmni:
    """An Adapter. What the server grants says which rates and which senses there are."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._abilities = ABILITIES
        self._resampler: Resampler | None = None
        self._responses = Responses(Spoken(24_000))
        self._input_hz = 16_000
        self._started = False
        self._numbering = self._next = self._sent = self._count = 0
        self._before: dict[int, int] = {}  # how much sound went out before each number
        self._pictures: dict[Source, Picture] = {}
        self._shown_in: dict[Source, int] = {}  # the unit of its newest picture
        self._picture_limit, self._pictures_a_unit = 512 << 10, 1
        self._noted: set[str] = set()

    @property
    def abilities(self) -> Abilities:
        return self._abilities

    @property
    def _spoken(self) -> Spoken:
        return self._responses.spoken

    def path(self) -> str:
        return "/realtime"

    def begin(self) -> Steps:
        return []

    def read(self, frame: Frame) -> Steps:
        return read(frame, by_type(self._readers()))

    def hear(self, samples: np.ndarray) -> Steps:
        assert self._resampler is not None
        voice = self._spoken.turn()
        sound = self._resampler.give(samples)
        if not len(sound):
            return voice
        return [*voice, *self._show(), self._append(sound)]

    def see(self, picture: Picture) -> Steps:
        if len(picture.encoded) > self._picture_limit:
            return self._note("picture_too_big", "the server takes only smaller pictures")
        self._pictures[picture.source] = picture
        return []

    def tell(self, words: Words) -> Steps:
        message = "this server takes no text: say it"
        return [Error("unsupported", message, words.id)]

    def hush(self) -> Steps:
        """A model that is always on makes one response of a whole call, so it stays alive."""
        return self._spoken.hush()

    def resume(self) -> Steps | None:
        return None

    def close(self) -> Steps:
        return [self._send("session.close")]

    def _readers(self) -> Readers:
        responses = self._responses
        return {
            "session.created": self._created,
            "session.updated": self._updated,
            "session.closed": self._closed,
            "error": self._error,
            "response.created": responses.created,
            "response.output_audio.delta": responses.audio,
            "response.output_audio.done": responses.audio_done,
            "response.output_audio_transcript.delta": responses.transcript,
            "response.output_text.delta": responses.transcript,
            "response.done": self._done,
        }

    def _created(self, message: Message) -> Steps:
        session: Message = {"output_modalities": ["audio"]}
        if self._wishes.instructions:
            session["instructions"] = self._wishes.instructions
        extension = self._extension()
        if extension:
            session["sglang"] = extension
        return [self._send("session.update", session=session)]

    def _extension(self) -> Message:
        options = self._wishes.options
        extension: Message = {}
        if options.get("sampling"):
            extension["sampling"] = options["sampling"]
        if options.get("reference_audio"):
            data = _encoded(Path(options["reference_audio"]))
            extension["reference_audio"] = {"media_type": "audio/wav", "data": data}
        return extension

    def _updated(self, message: Message) -> Steps:
        if self._started:
            return []
        session = message["session"]
        granted = session["sglang"]["granted"]
        self._input_hz = int(granted["input_audio_format"]["rate"])
        self._resampler = from_engine(self._input_hz)
        self._responses = Responses(Spoken(int(granted["output_audio_format"]["rate"])))
        unit_ms = int(granted.get("native_unit_ms") or ABILITIES.cadence_ms)
        sees = "image" in granted.get("input_modalities", ())
        self._abilities = Abilities(sees=sees, interjects=True, reads=False, cadence_ms=unit_ms)
        looks = granted.get("input_image_format") or {}
        self._picture_limit = int(looks.get("max_bytes", 0))
        self._pictures_a_unit = int(looks.get("max_frames_per_unit", 1))
        self._started = True
        return [Started(str(session["id"]), str(session["model"]))]

    def _closed(self, message: Message) -> Steps:
        reason = str(message.get("reason") or "closed")
        return [Closed(ENDINGS.get(reason, reason))]

    def _error(self, message: Message) -> Steps:
        if not self._started:
            raise refusal(message)
        error = message["error"]
        code = str(error.get("code") or "error")
        if code in ENDINGS:
            return [Closed(ENDINGS[code])]
        cause = str(error.get("event_id") or "")
        if cause.startswith("audio-"):
            return self._sound_refused(code, cause)
        if cause.startswith("image-"):
            return self._note("picture_refused", f"the server did not take a picture ({code})")
        return [Error(code, str(error["message"]), error.get("event_id"))]

    def _sound_refused(self, code: str, event_id: str) -> Steps:
        """Counts on from the number that was refused; those sent after it were refused with it."""
        _, numbering, number = event_id.split("-")
        if int(numbering) == self._numbering:
            self._numbering += 1
            self._next = int(number)
            self._sent = self._before.get(self._next, self._sent)
        return self._note("sound_dropped", f"the server is behind and drops sound ({code})")

    def _done(self, message: Message) -> Steps:
        cut = self._responses.is_cut(message)
        interrupted = self._responses.interrupt()[0] if cut else []
        return [*interrupted, *self._responses.done(message)]

    def _append(self, sound: np.ndarray) -> Step:
        number, self._next = self._next, self._next + 1
        self._before[number] = self._sent
        self._before.pop(number - SOUNDS_REMEMBERED, None)
        self._sent += len(sound)
        name = f"audio-{self._numbering}-{number}"
        fields = {"audio": base64_pcm16(sound), "sglang": {"seq": number}}
        return send("input_audio_buffer.append", event_id=name, **fields)

    def _show(self) -> list[Step]:
        """At most one picture of each source in a unit of the model, and no more than the server
        takes: who was shown longest ago comes first.
        """
        now_ms = 1000 * self._sent / self._input_hz
        unit = int(now_ms // max(self._abilities.cadence_ms, 1000))
        room = self._pictures_a_unit - sum(last == unit for last in self._shown_in.values())
        due = [name for name in self._pictures if self._shown_in.get(name) != unit]
        due.sort(key=lambda name: self._shown_in.get(name, -1))
        steps: list[Step] = []
        for source in due[: max(room, 0)]:
            self._shown_in[source] = unit
            image = base64.b64encode(self._pictures.pop(source).encoded).decode("ascii")
            self._count += 1
            fields = {"image": image, "sglang": {"t_ms": now_ms}}
            name = f"image-{self._count}"
            steps.append(send("sglang.input_image.append", event_id=name, **fields))
        return steps

    def _send(self, kind: str, **fields: Any) -> Step:
        self._count += 1
        return send(kind, event_id=f"evt-{self._count}", **fields)

    def _note(self, code: str, message: str) -> list[Step]:
        """Told once a session: it would come five times a second."""
        if code in self._noted:
            return []
        self._noted.add(code)
        return [Notice(code, message)]


def _encoded(path: Path) -> str:
    try:
        return base64.b64encode(path.read_bytes()).decode("ascii")
    except OSError as error:
        why = f"the voice to speak in, {path}, cannot be read: {error.strerror}"
        raise Refused(why, final=True) from None
