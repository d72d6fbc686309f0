"""People for evaluation: of few speakers, every digit they say is put to use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ
from engine.training.people import Recording
from engine.training.scenes.people import Crowd
from engine.training.voices.clip import Word

_MARGIN_S = 0.04
_FADE_S = 0.01


@dataclass(frozen=True)
class Cut(Recording):
    """One word cut out of a recording at its times, faded at both ends."""

    first_s: float = 0.0
    last_s: float = 0.0

    def audio(self) -> np.ndarray:
        whole = super().audio()
        part = whole[round(self.first_s * SAMPLE_RATE_HZ) : round(self.last_s * SAMPLE_RATE_HZ)]
        ramp = np.linspace(0.0, 1.0, min(len(part) // 2, round(_FADE_S * SAMPLE_RATE_HZ)))
        edges = np.ones(len(part), np.float32)
        edges[: len(ramp)], edges[len(part) - len(ramp) :] = ramp, ramp[::-1]
        return np.asarray(part * edges, np.float32)


class SplicedCrowd(Crowd):
    """A crowd whose single digits are, besides its own, those cut out of strings of digits."""

    def __init__(self, recordings: Sequence[Recording], longest_s: float = 14.0) -> None:
        super().__init__(recordings, longest_s)
        for recording in self.digits:
            for cut in cuts(recording):
                self.single_digits[cut.text_norm or ""].append(cut)


def cuts(recording: Recording) -> list[Cut]:
    """Every word of a timed recording by itself, with a margin as far as its neighbours allow."""
    words = recording.words or ()
    found = []
    for index, word in enumerate(words):
        before = words[index - 1].end_s if index else 0.0
        after = words[index + 1].start_s if index + 1 < len(words) else word.end_s + _MARGIN_S
        first_s = max(0.0, word.start_s - _MARGIN_S, min(before, word.start_s))
        last_s = max(word.end_s, min(word.end_s + _MARGIN_S, after))
        inside = Word(word.text, word.start_s - first_s, word.end_s - first_s)
        plain = replace(recording, text_norm=word.text, words=(inside,), seconds=last_s - first_s)
        found.append(Cut(**vars(plain), first_s=first_s, last_s=last_s))
    return found
