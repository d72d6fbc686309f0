"""What is met too rarely in scenes to be learned there: sums in columns, cues in rows of words,
people and hands that change before one's eyes, a request after a minute of nothing.

Only training plays these. What they practise is judged by `sums`, `cue`, the suite `sight` and
`aside eval long`.
"""

from __future__ import annotations

from dataclasses import replace

from engine.training.scenes import camera_show, phrases
from engine.training.scenes import sight_phrases as said
from engine.training.scenes.basics import (
    ADD_UP,
    Write,
    arithmetic,
    enter,
    finish,
    greeting,
    name,
    pause,
    pick,
    react_to,
    repeat,
    spell,
    standing,
    template,
)
from engine.training.scenes.camera_show import CameraShow, Move, Pose
from engine.training.scenes.hand_show import HandPose, HandShow
from engine.training.scenes.numbers import words
from engine.training.scenes.sight import glimpse
from engine.training.scenes.stage import Stage

_MOST = 99
_GAZE_S = 11.0
FINGERS = "fingers"
POSES: dict[str, dict[str, Pose]] = {
    "stand": {said.SITS: Pose(down=0.85), said.STANDS: Pose()},
    "slouch": {said.STRAIGHT: Pose(down=0.85), said.BENT: Pose(down=0.85, slump=1.0)},
    "hand": {said.DOWN: Pose(), said.UP: Pose(right=0.97)},
    "somebody": {said.NOBODY: Pose(x=-0.4), said.SOMEBODY: Pose()},
}
_CUE, _FAMILIAR = 0.15, 0.35  # of the words in a row
_LULL_S = (40.0, 70.0)
_ASKED: dict[str, Write] = {
    "arithmetic": arithmetic, "repeat": repeat, "spell": spell, "name": name, "greeting": greeting,
}  # fmt: skip


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


def gaze(stage: Stage, split: str) -> None:
    """What is seen is noted whenever it changes. When it does, and to what, nothing foretells but
    the pictures, and what else moves in them is no news."""
    kind = pick(stage, [*POSES, FINGERS])
    stage.memory.append(f"look {kind}")
    stage.wait(0.2, 1.0)
    (_fingers if kind == FINGERS else _people)(stage, split, kind)


def _people(stage: Stage, split: str, kind: str) -> None:
    rng, on_s, seen = stage.rng, stage.now, ""
    x, moves = float(rng.uniform(0.35, 0.65)), list[Move]()
    while stage.now < _GAZE_S:
        states = [state for state in POSES[kind] if state != seen or rng.random() < 0.3]
        state = pick(stage, states)
        pose = POSES[kind][state]
        pose = replace(pose, x=x if pose.x > 0 else pose.x, left=float(rng.uniform(0.05, 0.4)))
        lasts = float(rng.uniform(0.05, 0.4)) if moves else 0.05
        moves.append(Move(stage.now, lasts, pose))
        if state != seen:
            glimpse(stage, stage.now + 0.8 * lasts, state)
        seen = state
        stage.wait(lasts + 0.3 + float(rng.exponential(0.5)))
    figure, size = pick(stage, camera_show.figures(split)), float(rng.uniform(0.7, 1.15))
    sway = float(rng.uniform(0, 0.02))
    stage.shows.append(CameraShow(figure, camera_show.room(rng), moves, size, sway, on_s))


def _fingers(stage: Stage, split: str, _kind: str) -> None:
    skin = camera_show.FIGURES[pick(stage, camera_show.figures(split))][0]
    shown = list[tuple[float, HandPose]]()
    while stage.now < _GAZE_S:
        hand = HandPose.any(stage.rng)
        if not shown or hand.fingers != shown[-1][1].fingers:
            glimpse(stage, stage.now, words(hand.fingers))
        shown.append((stage.now, hand))
        stage.wait(0.4 + float(stage.rng.exponential(0.5)))
    stage.shows.append(HandShow(skin, camera_show.room(stage.rng), shown))


def lull(stage: Stage, split: str) -> None:
    """Nobody says anything for longer than a window holds, and then somebody asks for something.
    With nothing but silence in sight a model that never met that does not hear."""
    stage.wait(*_LULL_S)
    _ASKED[pick(stage, list(_ASKED))](stage, split)


PRACTICE_SCENES: dict[str, Write] = {"column": column, "row": row, "gaze": gaze, "lull": lull}
