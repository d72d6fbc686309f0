"""From what a synthesiser tells about its words to the stretches in which they sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ
from engine.training.voices.clip import Word, envelope

_QUIET = 0.02
_GAP_FRAMES = 12
_SPILL_FRAMES = 6
_FIRST_S = 0.01  # what starts so soon after its word is the first phoneme of it


@dataclass(frozen=True)
class Timing:
    """Where words, pauses and, where that is known, phonemes start, in seconds.

    release_s: a word may ring into a pause.
    """

    starts_s: tuple[float, ...]
    pauses_s: tuple[float, ...] = ()
    release_s: float = 0.0
    phonemes_s: tuple[float, ...] = ()

    def scaled(self, factor: float) -> Timing:
        """The timing of the same sound played `factor` times as slowly."""
        known = (self.starts_s, self.pauses_s, self.phonemes_s)
        starts_s, pauses_s, phonemes_s = (tuple(t * factor for t in times) for times in known)
        return Timing(starts_s, pauses_s, self.release_s, phonemes_s)


def timed_words(
    audio: np.ndarray, texts: Sequence[str], timing: Timing, after_s: float = 0.0
) -> list[Word]:
    """Each word lasts to its pause or to the next word, less the silence around it.

    audio: (n,) 16 kHz, in which the times hold; the words' own times count from `after_s` before.
    """
    level = envelope(audio)
    loud = level > _QUIET * max(float(level.max(initial=0.0)), 1e-6)
    spans = zip(timing.starts_s, _ends(timing, len(audio) / SAMPLE_RATE_HZ), strict=True)
    words = []
    for text, span in zip(texts, spans, strict=True):
        start_s, end_s = _sounding(loud, *span)
        later = (s for s in timing.phonemes_s if start_s + _FIRST_S < s < end_s)
        phonemes = tuple(round(after_s + s, 4) for s in later)
        words.append(Word(text, round(after_s + start_s, 4), round(after_s + end_s, 4), phonemes))
    return words


def _ends(timing: Timing, seconds: float) -> list[float]:
    ends = []
    for start_s, next_s in zip(timing.starts_s, (*timing.starts_s[1:], seconds), strict=True):
        pauses = [pause for pause in timing.pauses_s if start_s < pause < next_s]
        ends.append(min([next_s, *(pause + timing.release_s for pause in pauses)]))
    return ends


def _sounding(loud: np.ndarray, start_s: float, end_s: float) -> tuple[float, float]:
    first, last = round(start_s * 200), round(end_s * 200)
    frames = np.flatnonzero(_without_spill(loud[first:last]))
    if not len(frames):
        return start_s, end_s
    begin_s, stop_s = (first + int(frames[0])) / 200, (first + int(frames[-1]) + 1) / 200
    return max(start_s, begin_s), min(end_s, stop_s)


def _without_spill(loud: np.ndarray) -> np.ndarray:
    """The next word's first milliseconds, after a pause, are not this word's."""
    silent = np.flatnonzero(~loud)
    if not len(silent) or not 0 < len(loud) - 1 - silent[-1] <= _SPILL_FRAMES:
        return loud
    quiet_from = silent[-1] + 1 - _GAP_FRAMES
    if quiet_from <= 0 or loud[quiet_from : silent[-1] + 1].any():
        return loud
    kept = loud.copy()
    kept[silent[-1] + 1 :] = False
    return kept
