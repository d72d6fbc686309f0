"""Skills of speaking while listening: shadowing, counting along, and translating word by word."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from engine.training.cast import trimmed
from engine.training.scenes import phrases
from engine.training.scenes.basics import Write, finish, pick, react, standing, template
from engine.training.scenes.numbers import words
from engine.training.scenes.stage import Span, Stage
from engine.training.scenes.talk_phrases import SPANISH
from engine.training.voices.roster import spanish

_ENGLISH = {english: foreign for foreign, english in SPANISH.items()}
_PACE_S = (0.9, 1.5)


def shadow(stage: Stage, split: str) -> None:
    standing(stage, template(stage, "shadow", split), "shadow")
    pool = phrases.WORDS
    _word_by_word(stage, [pick(stage, pool) for _ in range(_count(stage))], stage.user, str)
    finish(stage, "shadow")


def along(stage: Stage, split: str) -> None:
    standing(stage, template(stage, "along", split), "along")
    counted = [words(number) for number in range(1, 1 + _count(stage))]
    _word_by_word(stage, counted, stage.user, str)
    finish(stage, "along")


def to_english(stage: Stage, split: str) -> None:
    standing(stage, template(stage, "to_english", split), "to english")
    said = [pick(stage, list(SPANISH)) for _ in range(_count(stage))]
    _word_by_word(stage, said, partial(in_spanish, stage, split), SPANISH.__getitem__)
    finish(stage, "to english")


def to_spanish(stage: Stage, split: str) -> None:
    standing(stage, template(stage, "to_spanish", split), "to spanish")
    said = [pick(stage, list(_ENGLISH)) for _ in range(_count(stage))]
    _word_by_word(stage, said, stage.user, _ENGLISH.__getitem__)
    finish(stage, "to spanish")


def switch(stage: Stage, split: str) -> None:
    """English talk with a Spanish word in it: the English word, at once."""
    standing(stage, template(stage, "switch", split), "spanish words")
    for _ in range(int(stage.rng.integers(2, 5))):
        stage.wait(0.4, 1.0)
        first, _, rest = template(stage, "talk", split).format(
            p=pick(stage, phrases.WORDS), w="{}"
        ).partition("{}")
        if first.strip():
            stage.user(first)
        if stage.rng.random() < 0.7:
            word = pick(stage, list(SPANISH))
            stage.wait(0.02, 0.1)
            react(stage, in_spanish(stage, split, word), word, SPANISH[word])
        else:
            stage.user(pick(stage, phrases.WORDS))
        if rest.strip():
            stage.wait(0.02, 0.1)
            stage.user(rest)
    finish(stage, "spanish words")


def in_spanish(stage: Stage, split: str, text: str) -> Span:
    """One word by a voice that speaks Spanish."""
    voices = spanish("heldout" if split == "heldout" else "train")
    voice = voices[int(stage.rng.integers(len(voices)))]
    speed, pitch = float(stage.rng.uniform(0.75, 1.1)), float(stage.rng.uniform(0.9, 1.15))
    return stage.play(trimmed(voice.say(text, speed=speed, pitch=pitch)))


def _count(stage: Stage) -> int:
    return int(stage.rng.integers(3, 8))


def _word_by_word(
    stage: Stage, said: list[str], speak: Callable[[str], Span], meant: Callable[[str], str]
) -> None:
    """At a pace that leaves room for the model's word beside the user's next."""
    stage.wait(0.4, 1.2)
    for word in said:
        begun = stage.now
        react(stage, speak(word), word, meant(word))
        stage.now = max(stage.now, begun + float(stage.rng.uniform(*_PACE_S)))
        if stage.says:
            stage.now = max(stage.now, stage.says[-1].end_s - 0.4)


TOGETHER_SCENES: dict[str, Write] = {
    "shadow": shadow, "along": along, "to_english": to_english, "to_spanish": to_spanish,
    "switch": switch,
}  # fmt: skip
