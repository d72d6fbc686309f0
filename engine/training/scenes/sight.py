"""Skills of the eyes: something on the screen or before the camera is waited for, and told.

The order is spoken or typed. What is seen is told on the micro-turn that sees it, whoever talks;
on the screen the model also points at the place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from engine.microturn import completion_time_s
from engine.training.scenes import camera_show, screen_show, toolkit_show
from engine.training.scenes import sight_phrases as said
from engine.training.scenes.basics import Write, order, pick, standing, talk, template
from engine.training.scenes.camera_show import CameraShow, Move, Pose
from engine.training.scenes.hand_show import HandPose, HandShow
from engine.training.scenes.numbers import words
from engine.training.scenes.screen_show import ScreenShow
from engine.training.scenes.stage import HEARING_S, Say, Show, Stage, turn_at
from engine.training.scenes.toolkit_show import ToolkitShow

SEEING_S = HEARING_S  # a change is told on the first micro-turn complete this long after it
LATE_S = 1.0


def tell(stage: Stage, text: str, time_s: float) -> Say:
    """Something was to be seen at `time_s`; a little before is right too, if it could be seen."""
    turn = turn_at(time_s + SEEING_S)
    doubt = completion_time_s(turn) - time_s
    said = stage.say(text, turn, doubt + 0.2, LATE_S - doubt)
    stage.now = max(stage.now, said.end_s)
    return said


def pass_time(stage: Stage, split: str, seconds: float) -> None:
    """The user is silent, or talks of other things."""
    until = stage.now + seconds
    while stage.now < until - 3.0 and stage.rng.random() < 0.4:
        stage.wait(0.5, 1.5)
        talk(stage, split)
    stage.now = max(stage.now, until)


@dataclass(frozen=True)
class Toolkit:
    """What draws a screen. thing: from kind, time in seconds and seed; it has a box as things of
    screen_show do. show: from a theme's name, things and the seed of what stands around."""

    thing: Callable[[str, float, int], Any]
    show: Callable[[str, tuple[Any, ...], int], Show]


QT = Toolkit(toolkit_show.Spec, ToolkitShow)


def watch_screen(stage: Stage, split: str, kind: str, by: Toolkit | None = None) -> None:
    """One thing is waited for; another may happen, which is nobody's business. by: draws all
    screens; without, every second one is Qt's."""
    theme = pick(stage, screen_show.themes(split))
    real = stage.rng.random() < 0.5  # drawn by a toolkit
    toolkit = by or (QT if real else None)
    standing(stage, template(stage, kind, split), f"watch {kind}", typed=0.5)
    asked, patience = stage.now, float(stage.rng.uniform(1.5, 9.0))
    happens = stage.rng.random() < 0.8
    due = asked + patience if happens else asked + 1000.0
    make = partial(_drawn, theme) if toolkit is None else partial(_made, toolkit)
    thing = make(stage, kind, due)
    things = [*_others(stage, kind, asked, patience, make), thing]
    if toolkit is not None:
        stage.shows.append(toolkit.show(theme, tuple(things), int(stage.rng.integers(2**32))))
    else:
        stage.shows.append(ScreenShow(screen_show.desktop(theme, stage.rng), things))
    pass_time(stage, split, patience)
    if happens:
        said_now = tell(stage, said.SCREEN_SAYS[kind], due)
        x, y = screen_show.place(thing)
        stage.act(f"point {x} {y}", said_now.turn)


def _drawn(theme: str, stage: Stage, kind: str, due_s: float) -> Any:
    return screen_show.MAKE[kind](theme, due_s, stage.rng)


def _made(toolkit: Toolkit, stage: Stage, kind: str, due_s: float) -> Any:
    return toolkit.thing(kind, due_s, int(stage.rng.integers(2**32)))


def _others(
    stage: Stage, kind: str, asked: float, patience: float, make: Callable[[Stage, str, float], Any]
) -> list[Any]:
    """Things of other kinds; where movement is waited for, they rest."""
    if kind == "move" or stage.rng.random() < 0.4:
        return []
    kinds = [k for k in screen_show.MAKE if k not in (kind, "dialog")]
    when = asked + float(stage.rng.uniform(0.3, 1.0)) * patience
    return [make(stage, pick(stage, kinds), when)]


def region(stage: Stage, split: str) -> None:
    """Movement in one part of the screen is waited for; in the others it is nobody's business."""
    theme, where = pick(stage, screen_show.themes(split)), pick(stage, list(said.PLACES))
    text = template(stage, "region", split).format(p=where)
    standing(stage, text, f"watch move {where}", typed=0.5)
    patience, happens = float(stage.rng.uniform(2.0, 9.0)), stage.rng.random() < 0.75
    due = stage.now + patience if happens else stage.now + 1000.0
    thing = screen_show.mover_within(said.PLACES[where], due, stage.rng)
    elsewhere = [one for one in said.PLACES if one != where]
    others = [
        screen_show.mover_within(
            said.PLACES[pick(stage, elsewhere)],
            stage.now + float(stage.rng.uniform(0.2, 9.0)),
            stage.rng,
        )
        for _ in range(int(stage.rng.integers(0, 3)))
    ]
    stage.shows.append(ScreenShow(screen_show.desktop(theme, stage.rng), [*others, thing]))
    pass_time(stage, split, patience)
    if happens:
        said_now = tell(stage, said.SCREEN_SAYS["move"], due)
        x, y = screen_show.place(thing)
        stage.act(f"point {x} {y}", said_now.turn)


def _before_camera(stage: Stage, split: str, moves: list[Move]) -> None:
    rng = stage.rng
    figure, size = pick(stage, camera_show.figures(split)), float(rng.uniform(0.7, 1.15))
    sway = float(rng.uniform(0, 0.02))
    stage.shows.append(CameraShow(figure, camera_show.room(rng), moves, size, sway))


def somebody(stage: Stage, split: str) -> None:
    """An empty room; somebody comes in, and may leave."""
    stage.answer("okay", order(stage, template(stage, "somebody", split), typed=0.5))
    side = -0.4 if stage.rng.random() < 0.5 else 1.4
    away, here = Pose(x=side), Pose(x=float(stage.rng.uniform(0.35, 0.65)))
    moves = [Move(0.0, 1.0, away)]
    for number in range(int(stage.rng.integers(1, 4))):
        pass_time(stage, split, float(stage.rng.uniform(1.5, 5.0)))
        lasts, comes = float(stage.rng.uniform(0.8, 1.6)), number % 2 == 0
        moves.append(Move(stage.now, lasts, here if comes else away))
        tell(stage, said.CAME if comes else said.WENT, stage.now + lasts * (0.6 if comes else 0.8))
    _before_camera(stage, split, moves)


def hand(stage: Stage, split: str) -> None:
    """A hand goes up, and down again, which is no news."""
    stage.answer("okay", order(stage, template(stage, "hand", split), typed=0.5))
    rest = Pose(x=float(stage.rng.uniform(0.35, 0.65)))
    moves = [Move(0.0, 1.0, rest)]
    for _ in range(int(stage.rng.integers(1, 3))):
        pass_time(stage, split, float(stage.rng.uniform(1.5, 5.0)))
        up = Pose(x=rest.x, right=0.97) if stage.rng.random() < 0.5 else Pose(x=rest.x, left=0.97)
        lasts = float(stage.rng.uniform(0.4, 0.9))
        moves.append(Move(stage.now, lasts, up))
        tell(stage, said.HAND, stage.now + lasts * 0.8)
        moves.append(Move(stage.now + 0.4, lasts, rest))
        stage.now += 0.4 + lasts
    _before_camera(stage, split, moves)


def stand(stage: Stage, split: str) -> None:
    """Start when the user stands up, stop when they sit down."""
    sits, stands = Pose(down=0.85), Pose()
    moves = [Move(0.0, 1.0, sits)]
    stage.answer("okay", order(stage, template(stage, "stand", split), typed=0.5))
    for number in range(int(stage.rng.integers(1, 5))):
        pass_time(stage, split, float(stage.rng.uniform(1.5, 4.0)))
        lasts = float(stage.rng.uniform(0.5, 1.1))
        moves.append(Move(stage.now, lasts, sits if number % 2 else stands))
        tell(stage, "stop" if number % 2 else "start", stage.now + lasts * 0.7)
    _before_camera(stage, split, moves)


def reps(stage: Stage, split: str) -> None:
    """Each repetition is counted aloud when it is complete."""
    kind = pick(stage, list(said.EXERCISES))
    rest, effort = {
        "squats": (Pose(), Pose(down=0.95, left=0.5, right=0.5)),
        "jumping jacks": (Pose(), Pose(left=0.95, right=0.95, apart=1.0)),
        "push ups": (Pose(lying=1.0), Pose(lying=1.0, down=1.0)),
    }[kind]
    text = template(stage, "reps", split).format(e=kind)
    stage.answer("okay", order(stage, text, typed=0.5))
    moves, lasts = [Move(0.0, 1.0, rest)], float(stage.rng.uniform(0.9, 2.2))
    stage.wait(0.8, 2.5)
    for number in range(1, int(stage.rng.integers(3, 9))):
        begins = stage.now
        moves += [
            Move(begins, lasts * 0.45, effort),
            Move(begins + lasts * 0.5, lasts * 0.45, rest),
        ]
        tell(stage, words(number), begins + lasts * 0.9)
        stage.now = max(begins + lasts + float(stage.rng.uniform(0.0, 0.5)), stage.says[-1].end_s)
    _before_camera(stage, split, moves)


def wave(stage: Stage, split: str) -> None:
    """A raised hand that goes to and fro; one that only goes up and down is no wave."""
    stage.answer("okay", order(stage, template(stage, "wave", split), typed=0.5))
    rest = Pose(x=float(stage.rng.uniform(0.35, 0.65)))
    moves = [Move(0.0, 1.0, rest)]
    for _ in range(int(stage.rng.integers(1, 3))):
        pass_time(stage, split, float(stage.rng.uniform(1.5, 4.0)))
        waves = stage.rng.random() < 0.7
        begun, swing = stage.now, float(stage.rng.uniform(0.2, 0.35))
        for number in range(6 if waves else 1):
            high = replace(rest, right=0.62 if number % 2 else 0.9)
            moves.append(Move(begun + number * swing, swing, high))
        stage.now = begun + 6 * swing
        moves.append(Move(stage.now, 0.5, rest))
        if waves:
            tell(stage, said.WAVES, begun + 2.5 * swing)
        stage.now += 0.5
    _before_camera(stage, split, moves)


def slouch(stage: Stage, split: str) -> None:
    """The back bends while somebody sits, and is straight again, which is no news."""
    straight = Pose(down=0.85, x=float(stage.rng.uniform(0.35, 0.6)))
    moves = [Move(0.0, 1.0, straight)]
    stage.answer("okay", order(stage, template(stage, "slouch", split), typed=0.5))
    for _ in range(int(stage.rng.integers(1, 3))):
        pass_time(stage, split, float(stage.rng.uniform(1.5, 4.5)))
        lasts = float(stage.rng.uniform(0.5, 1.5))
        moves.append(Move(stage.now, lasts, replace(straight, slump=1.0)))
        tell(stage, said.SLOUCHES, stage.now + lasts * 0.75)
        stage.now += 0.3
        moves.append(Move(stage.now, lasts, straight))
        stage.now += lasts
    _before_camera(stage, split, moves)


def fingers(stage: Stage, split: str) -> None:
    """How many fingers a hand before the camera shows, asked once it can be seen."""
    skin = camera_show.FIGURES[pick(stage, camera_show.figures(split))][0]
    background, shown = camera_show.room(stage.rng), list[tuple[float, HandPose]]()
    for _ in range(int(stage.rng.integers(1, 4))):
        hand = HandPose.any(stage.rng)
        shown.append((stage.now, hand))
        stage.wait(0.6, 2.5)
        span = order(stage, template(stage, "fingers", split), typed=0.5)
        stage.answer(words(hand.fingers), span)
        stage.wait(0.5, 2.0)
    stage.shows.append(HandShow(skin, background, shown))


SIGHT_SCENES: dict[str, Write] = {
    **{kind: partial(watch_screen, kind=kind) for kind in said.SCREEN_SAYS},
    "region": region, "somebody": somebody, "hand": hand, "stand": stand, "reps": reps,
    "wave": wave, "slouch": slouch, "fingers": fingers,
}  # fmt: skip


def screens_by(toolkit: Toolkit) -> dict[str, Write]:
    """The skills that watch the whole screen, on screens that one toolkit draws."""
    return {kind: partial(watch_screen, kind=kind, by=toolkit) for kind in said.SCREEN_SAYS}
