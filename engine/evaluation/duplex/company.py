"""What goes on around somebody who is not spoken to: noise, music, people, talk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.signal import lfilter

from engine.evaluation.duplex.voices import Speakers
from engine.microturn import SAMPLE_RATE_HZ
from engine.training import people
from engine.training.acoustics import excerpt, gain_db
from engine.training.heldout import heldout_templates
from engine.training.people import Recording
from engine.training.scenes import phrases
from engine.training.scenes.numbers import words as number_words

NAME = "aside"
LEVEL_DBFS = (-45.0, -20.0)
SPEECH_RMS, FAINTER_DB = 0.05, -10.0
_MUSIC = frozenset({"music"})
_ASKED = ("arithmetic", "name", "repeat", "spell", "later")


@dataclass(frozen=True)
class Company:
    """noises, music: each (n,) float32 at 16 kHz. recordings: of held-out people. unsaid: a word
    that nobody says."""

    noises: Sequence[np.ndarray] = ()
    music: Sequence[np.ndarray] = ()
    recordings: Sequence[Recording] = ()
    unsaid: str = NAME

    @staticmethod
    def of(speech: Path | None, noise: Path | None) -> Company:
        """Raises MediaDirectoryError."""
        held = people.noises(noise, "heldout") if noise else []
        said = people.load(speech, "heldout") if speech else []
        return Company(
            tuple(one.audio() for one in held if one.kind not in _MUSIC),
            tuple(one.audio() for one in held if one.kind in _MUSIC),
            tuple(r for r in said if NAME not in (r.text_norm or "").split()),
        )

    def without(self, word: str) -> Company:
        """The same company, none of whom says this word."""
        others = tuple(r for r in self.recordings if word not in (r.text_norm or "").split())
        return replace(self, recordings=others, unsaid=word)

    @property
    def kinds(self) -> list[str]:
        there = {"music": bool(self.music), "people": len(self.recordings) > 1}
        return [k for k in ("quiet", "noise", "music", "people", "talk") if there.get(k, True)]

    def sound(self, kind: str, seconds: float, rng: np.random.Generator) -> np.ndarray:
        """(n,) float32, about `seconds` long; nothing where it is quiet."""
        samples = round(seconds * SAMPLE_RATE_HZ)
        if kind == "quiet":
            return np.zeros(0, np.float32)
        if kind in ("noise", "music"):
            return self._steady(self.music if kind == "music" else self.noises, samples, rng)
        if kind == "people":
            return filled(lambda: self._overlapped(rng), samples, rng)
        speakers = Speakers(rng)
        return filled(lambda: _talk(speakers, rng, self.unsaid), samples, rng)

    def _steady(
        self, sounds: Sequence[np.ndarray], samples: int, rng: np.random.Generator
    ) -> np.ndarray:
        one = sounds[int(rng.integers(len(sounds)))] if sounds else _synthetic(rng)
        part = excerpt(one, samples, rng)
        return gain_db(part / (_rms(part) or 1.0), float(rng.uniform(*LEVEL_DBFS)))

    def _overlapped(self, rng: np.random.Generator) -> np.ndarray:
        chosen = rng.choice(len(self.recordings), 2, replace=False)
        first, second = (self.recordings[int(index)].audio() for index in chosen)
        both = np.zeros(max(len(first), len(second)), np.float32)
        for wave in (first, second):
            both[: len(wave)] += wave * np.float32(SPEECH_RMS / (_rms(wave) or 1.0))
        return both


def filled(
    next_part: Callable[[], np.ndarray], samples: int, rng: np.random.Generator
) -> np.ndarray:
    """Parts one after the other with 0.2 to 2 s between them, until there is enough."""
    parts, length = list[np.ndarray](), 0
    while length < samples:
        pause = np.zeros(round(rng.uniform(0.2, 2.0) * SAMPLE_RATE_HZ), np.float32)
        parts += [next_part(), pause]
        length = sum(map(len, parts))
    return np.concatenate(parts)[:samples]


def _talk(speakers: Speakers, rng: np.random.Generator, unsaid: str) -> np.ndarray:
    """A sentence between two people, every other one begun with a name; of three one asks for
    something that Aside could do."""
    words = [word for word in phrases.WORDS if word != unsaid]
    first, second = (str(rng.choice(words)) for _ in range(2))
    kind = "talk" if rng.random() < 2 / 3 else str(rng.choice(_ASKED))
    frames = heldout_templates(kind) or phrases.TEMPLATES[kind]
    number = number_words(int(rng.integers(2, 20)))
    text = str(rng.choice(frames)).format(p=first, w=second, x=f"{number} plus two", n=number)
    if rng.random() < 0.5:
        return speakers.user(text).audio
    return gain_db(speakers.other(f"{rng.choice(phrases.NAMES)}, {text}").audio, FAINTER_DB)


def _synthetic(rng: np.random.Generator) -> np.ndarray:
    white = rng.standard_normal(10 * SAMPLE_RATE_HZ)
    return np.asarray(lfilter([1.0], [1.0, -rng.uniform(0.0, 0.97)], white), np.float32)


def _rms(wave: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(wave))))
