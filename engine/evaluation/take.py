"""A take: what a session did in one scene, as words and utterances on the stream's clock.

Times are those of `aside replay`'s events: an utterance runs from its first audible sample to its
last, a word has the time at which its micro-turn's input was complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.replay.events import Event
from engine.training.scenes.stage import plain


@dataclass(frozen=True)
class TimedWord:
    time_s: float
    text: str


@dataclass(frozen=True)
class Utterance:
    """One stretch of voice without a break, and the words written while it sounded."""

    start_s: float
    stop_s: float
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Take:
    """unvoiced: words that the session wrote as said, though no voice went with them. acts: each
    as its name and what it is about, at the time at which it was complete. said: every word that
    a voice went with; its text may lead its sound by a micro-turn."""

    seconds: float
    heard: tuple[TimedWord, ...]
    utterances: tuple[Utterance, ...]
    unvoiced: tuple[TimedWord, ...] = ()
    acts: tuple[TimedWord, ...] = ()
    said: tuple[TimedWord, ...] = ()


@dataclass(frozen=True)
class _Voice:
    start: Event
    stop: Event

    def sounds(self, turn: int) -> bool:
        return self.start.turn <= turn <= self.stop.turn


def take_of(events: Sequence[Event], seconds: float) -> Take:
    """events: those of a whole session, in order, with the stop of its last voice."""
    voices = _voices(event for event in events if event.stream == "voice")
    said: list[list[str]] = [[] for _ in voices]
    voiced, unvoiced = list[TimedWord](), list[TimedWord]()
    for event in events:
        if event.stream == "say":
            owner = _owner(voices, event.turn)
            if owner is None:
                unvoiced += _words(event)
            else:
                voiced += _words(event)
                said[owner] += [word.text for word in _words(event)]
    heard = [word for event in events if event.stream == "heard" for word in _words(event)]
    utterances = [
        Utterance(voice.start.time_s, voice.stop.time_s, tuple(words))
        for voice, words in zip(voices, said, strict=True)
    ]
    acts = [_done(event) for event in events if event.stream == "act"]
    return Take(
        seconds, tuple(heard), tuple(utterances), tuple(unvoiced), tuple(acts), tuple(voiced)
    )


def _done(event: Event) -> TimedWord:
    about = event.details["arguments"].get("text", "")
    return TimedWord(event.time_s, plain(f"{event.details['name']} {about}"))


def _voices(events: Iterable[Event]) -> list[_Voice]:
    ordered = list(events)
    return [_Voice(*pair) for pair in zip(ordered[::2], ordered[1::2], strict=True)]


def _owner(voices: Sequence[_Voice], turn: int) -> int | None:
    """The voice that a word of micro-turn `turn` goes with: the one that sounds, else the one
    that starts on the next micro-turn, since a word's text may lead its sound."""
    for lead in (0, 1):
        for index, voice in enumerate(voices):
            if voice.sounds(turn + lead):
                return index
    return None


def _words(event: Event) -> list[TimedWord]:
    return [TimedWord(event.time_s, word) for word in plain(str(event.details["text"])).split()]
