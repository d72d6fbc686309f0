"""Figures of the voice: word errors, how far from the teacher, jumps at joints, gaps in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.evaluation import bootstrap
from engine.evaluation.figures import WHOLE, Figure, figure
from engine.evaluation.speak.joints import jumps
from engine.evaluation.speak.saying import FORCED, READING, SPEAKING, TEACHER, Reading, Take
from engine.evaluation.word_errors import word_errors
from engine.microturn import TURN_SAMPLES

SUITE, ABOVE_TEACHER = "speak", "above_teacher"


def figures(readings: Sequence[Reading]) -> list[Figure]:
    """By kind of sentence and of all together, for every system that spoke."""
    kinds = list(dict.fromkeys(reading.sentence.kind for reading in readings))
    found = []
    for kind in [*kinds, WHOLE] if len(kinds) > 1 else kinds:
        found += _of(kind, [r for r in readings if kind in (r.sentence.kind, WHOLE)])
    return found


def _of(kind: str, readings: Sequence[Reading]) -> list[Figure]:
    words = [len(reading.sentence.words) for reading in readings]
    systems = list(readings[0].takes)
    found = []
    for system in systems:
        errors = [reading.takes[system].errors for reading in readings]
        found.append(
            figure(SUITE, kind, system, "word_errors", "words", bootstrap.ratio(errors, words),
                   sentences=len(readings))
        )  # fmt: skip
        if TEACHER in systems and system in SPEAKING and system != TEACHER:
            worse = [r.takes[system].errors - r.takes[TEACHER].errors for r in readings]
            found.append(
                figure(SUITE, kind, system, ABOVE_TEACHER, "words",
                       bootstrap.ratio(worse, words))
            )  # fmt: skip
    for system in (name for name in SPEAKING if name in systems):
        found += _sound(kind, system, [reading.takes[system] for reading in readings], words)
    return found + (_written(kind, readings, words) if READING in systems else [])


def _sound(kind: str, system: str, takes: Sequence[Take], words: Sequence[int]) -> list[Figure]:
    found = []
    pairs = [jumps(take.wave) for take in takes if len(take.wave) > 2 * TURN_SAMPLES]
    if pairs and system in (FORCED, READING):
        largest = [float(at.max() / max(other.max(), 1e-6)) for at, other in pairs]
        found.append(
            figure(SUITE, kind, system, "largest_jump_at_joints_over_elsewhere", "sentences",
                   bootstrap.mean(largest), worst=round(max(largest), 3))
        )  # fmt: skip
        at, other = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
        found.append(
            figure(SUITE, kind, system, "mean_jump_at_joints_over_elsewhere", "joints",
                   bootstrap.mean(list(at / max(float(other.mean()), 1e-9))))
        )  # fmt: skip
    if all(take.gaps is not None for take in takes):
        holes = [take.gaps or 0 for take in takes]
        found.append(
            figure(SUITE, kind, system, "words_with_gaps", "words", bootstrap.ratio(holes, words))
        )
    return found


def _written(kind: str, readings: Sequence[Reading], words: Sequence[int]) -> list[Figure]:
    """Errors in what the model wrote that it says when it reads: faults of text, not of sound."""
    errors = [word_errors(r.sentence.words, r.takes[READING].say).errors for r in readings]
    estimate = bootstrap.ratio(errors, words)
    return [figure(SUITE, kind, READING, "say_word_errors", "words", estimate)]
