"""The voice of a server that speaks faster than life.

Cloud models send a minute of speech in two seconds. Here it waits, together with its words, and
comes out a micro-turn at a time, as fast as sound goes in. When the model is interrupted the rest
is never heard, and how much was heard is known.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass

import numpy as np

from engine.client.adapters.pcm import to_engine
from engine.client.events import Hushed, Notice, Said, SessionEvent, State, VoiceAudio
from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES

LIMIT_S = 300.0
HUSHED_TURNS = 5
_PER_MS = SAMPLE_RATE_HZ // 1000


@dataclass(frozen=True)
class Beginning:
    """Here another utterance begins. name: the server's, to ask later how much was heard."""

    name: str


@dataclass(frozen=True)
class Interrupted:
    """events: for the app. heard_ms: of every utterance that was cut off, 0 where none sounded."""

    events: list[SessionEvent]
    heard_ms: dict[str, int]


class Spoken:
    """Voice and words on their way. rate_hz: of what is added.

    behind_s: for servers that send sound all the time, silence too: nothing may pile up, so what
    is later than that is skipped, and there is no "speaking" to tell.
    """

    def __init__(self, rate_hz: int, behind_s: float | None = None) -> None:
        self._resampler = to_engine(rate_hz)
        self._continuous = behind_s is not None
        self._limit = round((behind_s or LIMIT_S) * SAMPLE_RATE_HZ)
        self._waiting: deque[np.ndarray | str | Beginning] = deque()
        self._samples = 0
        self._heard: Counter[str] = Counter()
        self._sounding: Counter[str] = Counter()
        self._unfinished = self._told_loss = False
        self._hushed = 0  # micro-turns for which no sound is taken, if no word comes
        self.utterance = ""
        self.generation = 0
        self.turns = 0

    @property
    def clock_ms(self) -> int:
        """Stream time: how much sound went in."""
        return self.turns * TURN_SAMPLES // _PER_MS

    def heard_ms(self, utterance: str) -> int:
        """How much of it has surely sounded: what came out before the last micro-turn."""
        return self._heard[utterance] // _PER_MS

    def begin(self, utterance: str) -> None:
        """Another utterance; what waits of the one before still comes first."""
        self.finish()
        self._hushed = 0
        self._waiting.append(Beginning(utterance))

    def add(self, samples: np.ndarray) -> list[SessionEvent]:
        """(n,) float32 at the server's rate. Too much is skipped, and told once."""
        if self._hushed:
            return []
        self._unfinished = True
        self._append(self._resampler.give(samples))
        excess = self._samples - self._limit
        return self._skip(excess) if excess > 0 else []

    def say(self, text: str) -> None:
        """Words that belong to the sound that is added next."""
        if text:
            self._waiting.append(text)
            self._hushed = HUSHED_TURNS if self._hushed else 0

    def finish(self) -> None:
        """No more sound comes of this utterance."""
        if self._unfinished:
            self._append(self._resampler.finish())
        self._unfinished = False

    def stop(self) -> Interrupted:
        """What waits is never heard."""
        begun = [part.name for part in self._waiting if isinstance(part, Beginning)]
        if self._sounding or (self._samples and self.utterance not in begun):
            begun.insert(0, self.utterance)
        audible = bool(self._samples or self._sounding)
        self._waiting.clear()
        self._samples = 0
        self._sounding.clear()
        self._resampler.finish()
        self._unfinished = False
        events: list[SessionEvent] = []
        if audible:
            events = [Hushed(self.generation), self._listening()]
        return Interrupted(events, {name: self.heard_ms(name) for name in begun})

    def hush(self) -> list[SessionEvent]:
        """For servers that send sound all the time and cannot be told to stop: nothing sounds any
        more until no word has come for a second; then another utterance begins."""
        self._hushed = HUSHED_TURNS
        return self.stop().events

    def turn(self) -> list[SessionEvent]:
        """A micro-turn of sound went in, so as much may come out."""
        self.turns += 1
        if self._hushed:
            self._hushed -= 1
            if not self._hushed:
                self.begin(self.utterance)
        was_sounding = bool(self._sounding)
        self._heard.update(self._sounding)
        self._sounding.clear()
        events = self._take(TURN_SAMPLES)
        if self._continuous or was_sounding == bool(self._sounding):
            return events
        if was_sounding:
            return [*events, self._listening()]
        return [State("speaking", self.turns, self.generation), *events]

    def _take(self, count: int) -> list[SessionEvent]:
        events: list[SessionEvent] = []
        while self._waiting and count > 0:
            part = self._waiting.popleft()
            if isinstance(part, Beginning):
                self._begin(part)
            elif isinstance(part, str):
                events.append(self._said(part))
            else:
                events.append(self._voice(part[:count]))
                if len(part) > count:
                    self._waiting.appendleft(part[count:])
                count -= len(part)
        return _joined(events)

    def _begin(self, beginning: Beginning) -> None:
        del self._heard[self.utterance]
        self.utterance = beginning.name
        self.generation += 1

    def _voice(self, samples: np.ndarray) -> VoiceAudio:
        self._samples -= len(samples)
        self._sounding[self.utterance] += len(samples)
        return VoiceAudio(self.generation, samples)

    def _append(self, samples: np.ndarray) -> None:
        if len(samples):
            self._waiting.append(samples)
            self._samples += len(samples)

    def _skip(self, count: int) -> list[SessionEvent]:
        """Leaves out the oldest sound. Words are kept: a transcript has no gaps."""
        self._samples -= count
        kept: deque[np.ndarray | str | Beginning] = deque()
        for part in self._waiting:
            if isinstance(part, np.ndarray) and count > 0:
                part, count = part[count:], count - min(count, len(part))
            if not isinstance(part, np.ndarray) or len(part):
                kept.append(part)
        self._waiting = kept
        if self._told_loss:
            return []
        self._told_loss = True
        return [Notice("voice_skipped", "the voice came too far ahead of time; some is skipped")]

    def _said(self, text: str) -> Said:
        return Said(text, self.clock_ms, self.clock_ms + TURN_SAMPLES // _PER_MS)

    def _listening(self) -> State:
        return State("listening", self.turns, self.generation)


def _joined(events: list[SessionEvent]) -> list[SessionEvent]:
    """Pieces of one generation that follow each other become one."""
    joined: list[SessionEvent] = []
    for event in events:
        last = joined[-1] if joined else None
        if (
            isinstance(event, VoiceAudio)
            and isinstance(last, VoiceAudio)
            and last.generation == event.generation
        ):
            samples = np.concatenate([last.samples, event.samples])
            joined[-1] = VoiceAudio(event.generation, samples)
        else:
            joined.append(event)
    return joined
