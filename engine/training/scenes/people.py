"""The skills in which people are heard: the order is typed, the speech is recorded.

A `Crowd` draws recordings; scenes only place them. `split` says whose recordings and templates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
import soxr

from engine.microturn import SAMPLE_RATE_HZ
from engine.training.people import Recording
from engine.training.scenes import phrases
from engine.training.scenes.basics import (
    ADD_UP,
    REPEAT,
    answer_span,
    cue_share,
    jot_sums,
    pause,
    pick,
    react,
    rounds,
    standing,
    sum_of,
    template,
)
from engine.training.scenes.numbers import ONES, words
from engine.training.scenes.stage import Placed, Span, Stage
from engine.training.voices.clip import Clip, Word

_DIGITS = frozenset(ONES[:10])
_MIN_CUE_LETTERS, _MIN_CUES, _AT_LENGTH_S = 4, 4, 2.0
_PACE_CHANCE, _PACE = 0.7, (0.87, 1.15)


class Crowd:
    """Timed recordings, found by what is said in them."""

    def __init__(self, recordings: Sequence[Recording], longest_s: float = 14.0) -> None:
        timed = [r for r in recordings if r.timed and (r.seconds or 0.0) <= longest_s]
        self.all = timed
        self.by_set: dict[str, list[Recording]] = defaultdict(list)
        self.by_cue: dict[str, list[Recording]] = defaultdict(list)
        self.digits: list[Recording] = []
        self.single_digits: dict[str, list[Recording]] = defaultdict(list)
        self.short: list[Recording] = []
        for recording in timed:
            self._file(recording, (recording.text_norm or "").split())

    def _file(self, recording: Recording, said: list[str]) -> None:
        self.by_set[recording.set].append(recording)
        for word in dict.fromkeys(said):  # not a set: its order is each process's own
            if len(word) >= _MIN_CUE_LETTERS:
                self.by_cue[word].append(recording)
        if said and _DIGITS.issuperset(said):
            (self.digits if len(said) > 1 else self.single_digits[said[0]]).append(recording)
        elif len(said) <= 2:
            self.short.append(recording)

    @property
    def cues(self) -> list[str]:
        """Words that enough recordings hold for one of them to be a cue."""
        return [word for word, where in self.by_cue.items() if len(where) >= _MIN_CUES]

    @property
    def lacks(self) -> frozenset[str]:
        """The scenes of this module for which there are too few recordings."""
        spoken = bool(self.digits or self.single_digits)
        enough = {
            "cue_people": bool(self.cues), "sums_people": spoken, "repeat_people": spoken,
            "arithmetic_people": bool(self.single_digits),
        }  # fmt: skip
        return frozenset(name for name in PEOPLE_SCENES if not enough.get(name, bool(self.all)))

    def any(self, rng: np.random.Generator) -> Recording:
        """Sets weigh by the square root of their size, so that small ones are heard too."""
        names = sorted(self.by_set)
        weights = np.sqrt([len(self.by_set[name]) for name in names])
        name = str(rng.choice(names, p=weights / weights.sum()))
        return draw(rng, self.by_set[name])


def draw(rng: np.random.Generator, recordings: Sequence[Recording]) -> Recording:
    return recordings[int(rng.integers(len(recordings)))]


def level(clip: Clip) -> Clip:
    """Recordings differ a hundredfold in loudness; bring them to that of the synthetic voices."""
    loud = float(np.sqrt(np.mean(clip.audio**2)) + 1e-6)
    return clip.louder(0.06 / loud)


def paced(clip: Clip, factor: float) -> Clip:
    """The same words `factor` times as fast, and as much higher: one person gives several."""
    audio = soxr.resample(clip.audio, SAMPLE_RATE_HZ * factor, SAMPLE_RATE_HZ)
    words = tuple(Word(w.text, w.start_s / factor, w.end_s / factor) for w in clip.words)
    return Clip(np.asarray(audio, np.float32), words, clip.voice)


def person(stage: Stage, recording: Recording, split: str) -> Span:
    """Somebody is heard: as recorded, or in training mostly slower or faster."""
    clip = level(recording.clip())
    if split == "train" and stage.rng.random() < _PACE_CHANCE:
        clip = paced(clip, float(stage.rng.uniform(*_PACE)))
    return stage.play(clip)


def ended(stage: Stage, line: str) -> None:
    stage.wait(1.0, 2.0)
    span = stage.type(pick(stage, phrases.ENOUGH))
    stage.forget(line, span)
    stage.answer("okay", span)


def overheard_people(stage: Stage, split: str, crowd: Crowd) -> None:
    """People talk, to somebody or nobody: followed, and left alone. In training at times two at
    once, of whom the louder one is followed."""
    crowded = split == "train" and stage.rng.random() < 0.3
    while stage.now < 9.0:
        begun_s = stage.now
        person(stage, crowd.any(stage.rng), split)
        if crowded:
            fainter = level(crowd.any(stage.rng).clip()).louder(float(stage.rng.uniform(0.4, 2.0)))
            stage.sounds.append(Placed(fainter, begun_s, background=True))
        stage.wait(0.3, 1.5)


def cue_people(stage: Stage, split: str, crowd: Crowd) -> None:
    word, reply = pick(stage, crowd.cues), pick(stage, phrases.REPLIES)
    text, line = template(stage, "cue", split).format(r=reply, c=word), f"when {word} {reply}"
    standing(stage, text, line, typed=1.0)
    often = cue_share(stage, split)
    for _ in rounds(stage, split):
        pause(stage, split, 1.0)
        with_cue = stage.rng.random() < often
        recording = draw(stage.rng, crowd.by_cue[word]) if with_cue else crowd.any(stage.rng)
        span = person(stage, recording, split)
        react(stage, span, word, reply)
    ended(stage, line)


def utterance(stage: Stage, split: str, crowd: Crowd) -> Span:
    """A few digits: one recording, or single ones in a row."""
    if crowd.digits and (not crowd.single_digits or stage.rng.random() < 0.5):
        return person(stage, draw(stage.rng, crowd.digits), split)
    said: list[tuple[str, float, float]] = []
    for _ in range(int(stage.rng.integers(2, 6))):
        digit = pick(stage, sorted(crowd.single_digits))
        said += person(stage, draw(stage.rng, crowd.single_digits[digit]), split).words
        stage.wait(0.05, 0.3)
    return Span(said[0][1], said[-1][2], tuple(said))


def sums_people(stage: Stage, split: str, crowd: Crowd) -> None:
    standing(stage, template(stage, "sum", split), ADD_UP, typed=1.0)
    for _ in rounds(stage, split):
        pause(stage, split, 1.2)
        span = utterance(stage, split, crowd)
        digits = [ONES.index(word) for word, _, _ in span.words]
        jot_sums(stage, digits, span)
        stage.answer(words(sum(digits)), span)
    ended(stage, ADD_UP)


def repeat_people(stage: Stage, split: str, crowd: Crowd) -> None:
    standing(stage, template(stage, "echo", split), REPEAT, typed=1.0)
    for _ in rounds(stage, split):
        pause(stage, split, 1.2)
        if not crowd.short or stage.rng.random() < 0.6:
            span = utterance(stage, split, crowd)
        else:
            span = person(stage, draw(stage.rng, crowd.short), split)
        stage.answer(" ".join(word for word, _, _ in span.words), span)
    ended(stage, REPEAT)


def duration_people(stage: Stage, split: str, crowd: Crowd) -> None:
    stage.wait(0.5, 2.0)
    span = person(stage, _at_length(stage, split, crowd), split)
    length = span.end_s - span.start_s
    stage.wait(0.8, 1.8)
    answer_span(stage, length, stage.type(template(stage, "duration", split)))


def _at_length(stage: Stage, split: str, crowd: Crowd) -> Recording:
    """Half of the recordings are single words: who always says half a second would be right. So
    none of them judges, where there is anything longer."""
    long = [one for one in crowd.all if (one.seconds or 0.0) >= _AT_LENGTH_S]
    return draw(stage.rng, long) if split == "heldout" and long else crowd.any(stage.rng)


def arithmetic_people(stage: Stage, split: str, crowd: Crowd) -> None:
    """Recorded digits spliced into a spoken request."""
    while True:
        parts, result = sum_of(stage)
        if parts[0] in crowd.single_digits and parts[2] in crowd.single_digits:
            break
    stage.user("what is")
    for word in parts:
        stage.wait(0.03, 0.15)
        if word in crowd.single_digits:
            span = person(stage, draw(stage.rng, crowd.single_digits[word]), split)
        else:
            span = stage.user(word)
    stage.answer(result, span)


WritePeople = Callable[[Stage, str, Crowd], None]
PEOPLE_SCENES: dict[str, WritePeople] = {
    "overheard_people": overheard_people, "cue_people": cue_people, "sums_people": sums_people,
    "repeat_people": repeat_people, "duration_people": duration_people,
    "arithmetic_people": arithmetic_people,
}  # fmt: skip
