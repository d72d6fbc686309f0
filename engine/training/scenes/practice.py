"""What is met too rarely in life to be learned there: sums in columns, cues in rows of words.

Only training plays these. What they practise is judged by `sums` and `cue`.
"""

from __future__ import annotations

from engine.training.scenes import phrases
from engine.training.scenes.basics import (
    ADD_UP,
    Write,
    enter,
    finish,
    pause,
    pick,
    react_to,
    standing,
    template,
)
from engine.training.scenes.numbers import words
from engine.training.scenes.stage import Stage

_MOST = 99
_CUE, _FAMILIAR = 0.15, 0.35  # of the words in a row


def column(stage: Stage, split: str) -> None:
    """Long columns of numbers, typed as fast as they are added up: a sum costs a dozen tokens."""
    _begin(stage, template(stage, "sum", split), ADD_UP)
    for _ in range(int(stage.rng.integers(2, 6))):
        pause(stage, split)
        numbers = _numbers(stage)
        stage.answer(words(sum(numbers)), enter(stage, numbers))
    _end(stage, ADD_UP)


def _numbers(stage: Stage) -> list[int]:
    """Mostly digits, of which the sum can still be said."""
    numbers: list[int] = []
    for _ in range(int(stage.rng.integers(2, 13))):
        number = int(stage.rng.integers(10 if stage.rng.random() < 0.85 else 31))
        if sum(numbers) + number <= _MOST:
            numbers.append(number)
    return numbers


def row(stage: Stage, split: str) -> None:
    """One cue or two among words that mean nothing, some of which come again and again."""
    taken = [str(word) for word in stage.rng.permutation(phrases.WORDS)[:6]]
    replies = [str(reply) for reply in stage.rng.permutation(phrases.REPLIES)]
    orders = dict(zip(taken[: int(stage.rng.integers(1, 3))], replies, strict=False))
    lines = [f"when {cue} {reply}" for cue, reply in orders.items()]
    for line, (cue, reply) in zip(lines, orders.items(), strict=True):
        _begin(stage, template(stage, "cue", split).format(r=reply, c=cue), line)
        stage.wait(0.3, 1.5)
    for _ in range(int(stage.rng.integers(3, 7))):
        stage.wait(0.1, 1.2)
        said = [_word(stage, list(orders), taken) for _ in range(int(stage.rng.integers(2, 9)))]
        react_to(stage, stage.user(" ".join(said)), orders)
    _end(stage, *lines)


def _word(stage: Stage, cues: list[str], familiar: list[str]) -> str:
    chance = stage.rng.random()
    if chance < _CUE:
        return pick(stage, cues)
    return pick(stage, familiar if chance < _CUE + _FAMILIAR else phrases.WORDS)


def _begin(stage: Stage, text: str, line: str) -> None:
    """An order that was given before the scene began, or now."""
    if stage.rng.random() < 0.5:
        stage.memory.append(line)
    else:
        standing(stage, text, line, typed=0.7)


def _end(stage: Stage, *lines: str) -> None:
    if stage.rng.random() < 0.5:
        finish(stage, *lines)


PRACTICE_SCENES: dict[str, Write] = {"column": column, "row": row}
