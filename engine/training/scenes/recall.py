"""Skills of time and memory: moments, how long that took, what was said, what is to be kept.

`kept` begins where a long session stands: the lines were written long ago, and are read again.
Only training plays it; long sessions are judged by `aside eval long`.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.training.scenes import phrases, talk_phrases
from engine.training.scenes.basics import (
    ADD_UP,
    REPEAT,
    Write,
    add_up,
    answer_span,
    finish,
    pick,
    react,
    remark,
    repeat_after,
    some_words,
    talk,
    template,
)
from engine.training.scenes.interject import claim
from engine.training.scenes.numbers import words
from engine.training.scenes.stage import HEARING_S, PER_SECOND, Stage, turn_at

_TOLERANCE_S, _APART_S = 0.4, 2.5
CORRECT = "correct me"
_SAID = ["okay"] * 20 + ["my name is aside", "i will see to it", talk_phrases.UNKNOWN] * 4


def moments(stage: Stage, split: str) -> None:
    """The same word at two moments after the order."""
    first = int(stage.rng.integers(3, 10))
    second = first + int(stage.rng.integers(3, 8))
    reply = pick(stage, phrases.REPLIES)
    text = template(stage, "moments", split).format(r=reply, n=words(first), m=words(second))
    span = stage.ask(text)
    stage.answer("okay", span)
    begun = turn_at(span.end_s)
    stage.count_seconds(begun, begun + second * PER_SECOND)
    for seconds in (first, second):
        turn = begun + seconds * PER_SECOND
        stage.now = stage.say(reply, turn, _TOLERANCE_S, _TOLERANCE_S).end_s


def took(stage: Stage, split: str) -> None:
    """How long something took that the user began and ended with a word."""
    begun = stage.ask(pick(stage, talk_phrases.BEGIN))
    stage.answer("okay", begun)
    stage.wait(1.5, 12.0)
    ended = stage.user(pick(stage, talk_phrases.DONE))
    stage.count_seconds(turn_at(begun.end_s), turn_at(ended.end_s + HEARING_S))
    stage.wait(0.3, 1.0)
    answer_span(stage, ended.end_s - begun.end_s, stage.ask(template(stage, "took", split)))


def ago(stage: Stage, split: str) -> None:
    """What was said so many seconds ago."""
    said: list[tuple[str, float]] = []
    for _ in range(int(stage.rng.integers(2, 6))):
        text = some_words(stage, 1, 2)
        span = stage.user(text)
        said.append((text, (span.start_s + span.end_s) / 2))
        stage.wait(3.5, 7.0)
    text, middle = said[int(stage.rng.integers(len(said)))]
    asking_s = stage.now + 2.0
    apart = [abs(other - middle) for _, other in said if other != middle]
    seconds = round(asking_s - middle)
    if min(apart, default=_APART_S) >= _APART_S:
        asked = template(stage, "ago", split).format(n=words(seconds))
        stage.answer(text, stage.ask(asked))


def fact(stage: Stage, split: str) -> None:
    """Something to keep in mind is kept, and known when it is asked for."""
    known: dict[str, str] = {}
    for _ in range(int(stage.rng.integers(1, 3))):
        thing, what = pick(stage, talk_phrases.OWNED), pick(stage, phrases.WORDS)
        span = stage.ask(template(stage, "fact", split).format(t=thing, w=what))
        if known.get(thing, what) != what:
            stage.forget(f"{thing} {known[thing]}", span)
        stage.remember(f"{thing} {what}", span)
        stage.answer("okay", span)
        known[thing] = what
        stage.wait(0.5, 3.0)
    if stage.rng.random() < 0.4:
        talk(stage, split)
        stage.wait(0.8, 2.0)
    _recall(stage, split, known)


def _recall(stage: Stage, split: str, known: dict[str, str]) -> None:
    there = stage.rng.random() < 0.8
    thing = pick(stage, list(known) if known and there else talk_phrases.OWNED)
    span = stage.ask(template(stage, "recall", split).format(t=thing))
    stage.answer(known.get(thing, talk_phrases.UNKNOWN), span)
    stage.wait(0.5, 1.5)


def kept(stage: Stage, split: str) -> None:
    """Minutes or hours after it was asked for: facts are known and orders hold."""
    things = [pick(stage, talk_phrases.OWNED) for _ in range(int(stage.rng.integers(0, 5)))]
    known = {thing: pick(stage, phrases.WORDS) for thing in things}
    lines = [f"{thing} {what}" for thing, what in known.items()]
    order = _ORDERS[pick(stage, list(_ORDERS))]
    kept_lines, follow = order(stage, split)
    lines += kept_lines
    stage.memory += [str(line) for line in stage.rng.permutation(lines)] if lines else []
    for _ in range(int(stage.rng.integers(2, 4))):
        stage.wait(0.5, 3.0)
        if stage.rng.random() < 0.4:
            _recall(stage, split, known)
        else:
            follow()
    if len(lines) == 1 and not known and stage.rng.random() < 0.5:
        finish(stage, lines[0])


Order = tuple[list[str], Callable[[], None]]  # its lines, and what gives cause to follow it


def _react_to(stage: Stage, split: str) -> Order:
    word, reply = pick(stage, phrases.WORDS), pick(stage, phrases.REPLIES)

    def follow() -> None:
        span = talk(stage, split, word if stage.rng.random() < 0.7 else "")
        react(stage, span, word, reply)

    return [f"when {word} {reply}"], follow


def _correct(stage: Stage, split: str) -> Order:
    return [CORRECT], lambda: claim(stage)


def _add_up(stage: Stage, split: str) -> Order:
    return [ADD_UP], lambda: add_up(stage, split)


def _repeat(stage: Stage, split: str) -> Order:
    return [REPEAT], lambda: repeat_after(stage, split)


def _nothing(stage: Stage, split: str) -> Order:
    def follow() -> None:
        talk(stage, split)

    return [], follow


def _react_and_correct(stage: Stage, split: str) -> Order:
    line, follow = _react_to(stage, split)
    return [*line, CORRECT], lambda: follow() if stage.rng.random() < 0.5 else claim(stage)


_ORDERS: dict[str, Callable[[Stage, str], Order]] = {
    "react": _react_to, "correct": _correct, "both": _react_and_correct, "add up": _add_up,
    "repeat": _repeat, "nothing": _nothing,
}  # fmt: skip


def bystanders(stage: Stage) -> list[str]:
    """Lines kept from before, none of which the scene on `stage` gives cause for."""
    said = {word.text for placed in stage.sounds for word in placed.clip.words}
    said |= {word for _, text in (*stage.typed, *stage.commentary) for word in text.split()}
    lines = [
        f"{pick(stage, talk_phrases.OWNED)} {pick(stage, phrases.WORDS)}"
        for _ in range(int(stage.rng.integers(0, 4)))
    ]
    unsaid = [word for word in phrases.WORDS if word not in said]
    if stage.rng.random() < 0.6 and unsaid:
        lines.append(f"when {pick(stage, unsaid)} {pick(stage, phrases.REPLIES)}")
    return [str(line) for line in stage.rng.permutation(lines)] if lines else []


def past(stage: Stage, split: str) -> tuple[str, str]:
    """What was heard and said last before a scene began."""
    heard = remark(stage, split).format(p=pick(stage, phrases.WORDS), w=pick(stage, phrases.WORDS))
    said = pick(stage, [*phrases.WELCOME.values(), *phrases.WORDS, *phrases.REPLIES, *_SAID])
    return heard, said


RECALL_SCENES: dict[str, Write] = {"moments": moments, "took": took, "ago": ago, "fact": fact}
KEPT_SCENES: dict[str, Write] = {"kept": kept}
