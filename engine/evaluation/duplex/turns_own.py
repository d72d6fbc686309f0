"""`turns` over our own set: texts with a pause in the middle, said by held-out voices.

The pause lasts 0.4 to 2.0 s. Besides it every gap of at least 0.1 s between words is a silence of
the turn, by the synthesisers' own word times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from engine.evaluation.course import Trial
from engine.evaluation.duplex.dialogues import lines
from engine.evaluation.duplex.timeline import Timeline
from engine.evaluation.duplex.turns import HORIZON_S, Turn
from engine.evaluation.duplex.voices import Speakers
from engine.evaluation.play import ALWAYS, Stimulus
from engine.evaluation.skills import generator

PAUSE_S = (0.4, 2.0)
SILENCE_S = 0.1


@dataclass(frozen=True)
class OwnTurns:
    directory: Path
    limit: int | None = None
    seed: int = 0
    word_times: str = "synthesisers' word events"

    def names(self) -> Sequence[str]:
        count = len(lines(self.directory, "pause_handing")[: self.limit])
        return [f"turn/{index}" for index in range(count)]

    def trial(self, key: str) -> Trial:
        rng = generator(self.seed, f"turns/{key}", 0, 5)
        texts = lines(self.directory, "pause_handing")[int(key.split("/")[1])].texts
        line, speakers = Timeline(), Speakers(rng)
        first = line.say(speakers.user(texts[0]))
        line.now += rng.uniform(*PAUSE_S)
        second = line.say(speakers.user(texts[1]))
        turn = Turn(silences([*first.words, *second.words]))
        wave = line.wave(turn.end_s + HORIZON_S, rng)
        return Trial(key, "own", (Stimulus(wave, held=ALWAYS),), turn)


def silences(words: Sequence[tuple[str, float, float]]) -> tuple[tuple[float, float], ...]:
    """Between words (text, start, end), and after the last one."""
    gaps = [(a[2], b[1]) for a, b in pairwise(words) if b[1] - a[2] >= SILENCE_S]
    return (*gaps, (words[-1][2], words[-1][2] + HORIZON_S))
