"""Scenes of tempo and silence, after the tasks of Game-Time (arXiv 2509.26388). Never trained on.

tempo: count to N with one number every S seconds, evenly from its own first one. silence: be
silent for N seconds, then say a word. wait: an answer, N seconds after the question and no sooner.
together: count along, each number while the user says it. The texts are ours; who plays is held
out; a window is 0.4 s to either side, and 0.6 s after a number that is counted along.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.evaluation.results import ACKNOWLEDGED
from engine.evaluation.skills import TAIL_S, generator
from engine.microturn import TURN_S, completion_time_s
from engine.training.cast import SyntheticCast
from engine.training.scenes import phrases
from engine.training.scenes.basics import pick, sum_of
from engine.training.scenes.numbers import words
from engine.training.scenes.stage import HEARING_S, REACTION_S, Scene, Stage, turn_at
from engine.training.voices.clip import Voice
from engine.training.voices.roster import own_voice, roster

TOLERANCE_S, LATE_S = 0.4, 0.6


def tempo(stage: Stage) -> None:
    count, every_s = int(stage.rng.integers(3, 6)), int(stage.rng.integers(2, 5))
    span = stage.user(
        f"count from one to {words(count)}, one number every {words(every_s)} seconds"
    )
    first = turn_at(span.end_s + REACTION_S)
    for number in range(count):
        turn = first + round(number * every_s / TURN_S)
        early_s, late_s = (REACTION_S, 1.0) if number == 0 else (TOLERANCE_S, TOLERANCE_S)
        stage.now = stage.say(words(number + 1), turn, early_s, late_s).end_s


def silence(stage: Stage) -> None:
    seconds, word = int(stage.rng.integers(3, 11)), pick(stage, phrases.REPLIES)
    span = stage.user(f"say nothing for {words(seconds)} seconds, and then say {word}")
    turn = turn_at(span.end_s + seconds)
    stage.now = stage.say(word, turn, TOLERANCE_S, TOLERANCE_S).end_s


def wait(stage: Stage) -> None:
    seconds = int(stage.rng.integers(2, 7))
    parts, result = sum_of(stage)
    span = stage.user(f"wait {words(seconds)} seconds and then tell me what is {' '.join(parts)}")
    turn = turn_at(span.end_s + seconds)
    stage.now = stage.say(result, turn, TOLERANCE_S, TOLERANCE_S).end_s


def together(stage: Stage) -> None:
    stage.answer(ACKNOWLEDGED, stage.user("count along with me and say each number as i say it"))
    stage.wait(0.8, 1.5)
    every_s, start = float(stage.rng.uniform(1.0, 1.8)), stage.now
    for number in range(int(stage.rng.integers(3, 7))):
        stage.now = start + number * every_s
        span = stage.user(words(number + 1))
        turn = turn_at(span.end_s + HEARING_S)
        due_s = completion_time_s(turn)
        stage.say(words(number + 1), turn, due_s - span.start_s, span.end_s + LATE_S - due_s)


TASKS: Mapping[str, Callable[[Stage], None]] = {
    "tempo": tempo, "silence": silence, "wait": wait, "together": together,
}  # fmt: skip


@dataclass(frozen=True)
class GameTime:
    """Writes the tasks with held-out voices."""

    voices: tuple[Voice, ...] = field(default_factory=lambda: tuple(roster("heldout")))
    own: Voice = field(default_factory=own_voice)

    def scene(self, seed: int, skill: str, index: int) -> Scene:
        rng = generator(seed, f"gametime/{skill}", index, 0)
        cast = SyntheticCast(self.voices, self.own, rng)
        stage = Stage(skill, cast, rng, float(rng.uniform(0.3, 1.5)), open=True)
        TASKS[skill](stage)
        return stage.scene(TAIL_S)
