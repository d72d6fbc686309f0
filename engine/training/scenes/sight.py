"""Skills of the eyes: something on the screen or before the camera is waited for, and told.

The order is spoken or typed. What is seen is noted (`seen`) on the micro-turn that sees it, and
told on the next, whoever talks; on the screen the model also points at the place. In training every
second order was given long before, and more happens sooner: a camera costs five times the tokens
of sound.
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

_KEPT = 0.5
SEEING_S = HEARING_S  # a change is noted on the first micro-turn complete this long after it
LATE_S = 1.0


def tell(stage: Stage, text: str, time_s: float, state: str) -> Say:
    """Something was to be seen at `time_s`; a little before is right too, if it could be seen.

    state: what the model notes of it, a micro-turn before it begins to speak.
    """
    turn = turn_at(time_s + SEEING_S) + 1
    stage.see(state, turn - 1)
    doubt = completion_time_s(turn) - time_s
    said = stage.say(text, turn, doubt + 0.2, LATE_S - doubt)
    stage.now = max(stage.now, said.end_s)
    return said


def glimpse(stage: Stage, time_s: float, state: str) -> None:
    """Something was to be seen at `time_s` that is no news to anybody, but noted."""
    stage.see(state, turn_at(time_s + SEEING_S))


def watch(stage: Stage, split: str, text: str, line: str, state: str = "") -> None:
    """An order to watch, given now or, in training, often kept from before. state: what can be
    seen already."""
    if split == "train" and stage.rng.random() < _KEPT:
        stage.memory.append(line)
        stage.wait(0.2, 1.5)
    else:
        standing(stage, text, line, typed=0.5)
    if state:
        glimpse(stage, stage.now, state)


def already(stage: Stage, split: str) -> bool:
    """Whether what is waited for was so before: in training at times, so that the first note, too,
    is seen and not guessed."""
    return split == "train" and stage.rng.random() < 0.4


def how_often(stage: Stage, split: str, low: int, high: int) -> range:
    """low to high - 1 times, in training two to four."""
    return range(int(stage.rng.integers(*((low, high) if split == "heldout" else (2, 5)))))


def a_while(stage: Stage, split: str, low_s: float, high_s: float) -> None:
    """Time passes until something can be seen. In training for all that is known it may be over at
    any moment: from a rhythm the model would tell without looking."""
    if split == "heldout":
        passed = float(stage.rng.uniform(low_s, high_s))
    else:
        passed = 0.4 + min(2 * high_s, float(stage.rng.exponential(high_s / 3)))
    pass_time(stage, split, passed)


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
    watch(stage, split, template(stage, kind, split), f"watch {kind}")
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
        said_now = tell(stage, said.SCREEN_SAYS[kind], due, said.SCREEN_NOTES[kind])
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
    watch(stage, split, text, f"watch move {where}")
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
        said_now = tell(stage, said.SCREEN_SAYS["move"], due, said.SCREEN_NOTES["move"])
        x, y = screen_show.place(thing)
        stage.act(f"point {x} {y}", said_now.turn)


def _before_camera(stage: Stage, split: str, moves: list[Move], on_s: float) -> None:
    """on_s: when it is first watched. In training the camera is often only then switched on."""
    rng = stage.rng
    figure, size = pick(stage, camera_show.figures(split)), float(rng.uniform(0.7, 1.15))
    sway = float(rng.uniform(0, 0.02))
    begins_s = on_s if stage.memory or (split == "train" and rng.random() < 0.5) else 0.0
    stage.shows.append(CameraShow(figure, camera_show.room(rng), moves, size, sway, begins_s))


def somebody(stage: Stage, split: str) -> None:
    """An empty room; somebody comes in, and may leave. In training they may be there already."""
    there = already(stage, split)
    state = said.SOMEBODY if there else said.NOBODY
    watch(stage, split, template(stage, "somebody", split), "watch somebody", state)
    begun_s = stage.now
    side = -0.4 if stage.rng.random() < 0.5 else 1.4
    away, here = Pose(x=side), Pose(x=float(stage.rng.uniform(0.35, 0.65)))
    moves = [Move(0.0, 1.0, here if there else away)]
    for number in how_often(stage, split, 1, 4):
        a_while(stage, split, 1.5, 5.0)
        lasts, comes = float(stage.rng.uniform(0.8, 1.6)), (number % 2 == 0) != there
        moves.append(Move(stage.now, lasts, here if comes else away))
        text, state = (said.CAME, said.SOMEBODY) if comes else (said.WENT, said.NOBODY)
        tell(stage, text, stage.now + lasts * (0.6 if comes else 0.8), state)
    _before_camera(stage, split, moves, begun_s)


def hand(stage: Stage, split: str) -> None:
    """A hand goes up, and down again, which is no news."""
    watch(stage, split, template(stage, "hand", split), "watch hand", said.DOWN)
    begun_s = stage.now
    rest = Pose(x=float(stage.rng.uniform(0.35, 0.65)))
    moves = [Move(0.0, 1.0, rest)]
    for _ in how_often(stage, split, 1, 3):
        a_while(stage, split, 1.5, 5.0)
        up = Pose(x=rest.x, right=0.97) if stage.rng.random() < 0.5 else Pose(x=rest.x, left=0.97)
        lasts = float(stage.rng.uniform(0.4, 0.9))
        moves.append(Move(stage.now, lasts, up))
        tell(stage, said.HAND, stage.now + lasts * 0.8, said.UP)
        moves.append(Move(stage.now + 0.4, lasts, rest))
        glimpse(stage, stage.now + 0.4 + lasts * 0.8, said.DOWN)
        stage.now += 0.4 + lasts
    _before_camera(stage, split, moves, begun_s)


def stand(stage: Stage, split: str) -> None:
    """Start when the user stands up, stop when they sit down; in training also the other way."""
    sits, stands = Pose(down=0.85), Pose()
    up = already(stage, split)
    moves = [Move(0.0, 1.0, stands if up else sits)]
    state = said.STANDS if up else said.SITS
    watch(stage, split, template(stage, "stand", split), "watch stand", state)
    begun_s = stage.now
    for _ in how_often(stage, split, 1, 5):
        a_while(stage, split, 1.5, 4.0)
        lasts, up = float(stage.rng.uniform(0.5, 1.1)), not up
        moves.append(Move(stage.now, lasts, stands if up else sits))
        text, state = ("start", said.STANDS) if up else ("stop", said.SITS)
        tell(stage, text, stage.now + lasts * 0.7, state)
    _before_camera(stage, split, moves, begun_s)


def reps(stage: Stage, split: str) -> None:
    """Each repetition is counted aloud when it is complete."""
    kind = pick(stage, list(said.EXERCISES))
    rest, effort = {
        "squats": (Pose(), Pose(down=0.95, left=0.5, right=0.5)),
        "jumping jacks": (Pose(), Pose(left=0.95, right=0.95, apart=1.0)),
        "push ups": (Pose(lying=1.0), Pose(lying=1.0, down=1.0)),
    }[kind]
    watch(stage, split, template(stage, "reps", split).format(e=kind), f"count {kind}", said.BACK)
    begun_s = stage.now
    moves, lasts = [Move(0.0, 1.0, rest)], float(stage.rng.uniform(0.9, 2.2))
    stage.wait(0.8, 2.5)
    for number in range(1, int(stage.rng.integers(3, 9))):
        begins = stage.now
        moves += [
            Move(begins, lasts * 0.45, effort),
            Move(begins + lasts * 0.5, lasts * 0.45, rest),
        ]
        glimpse(stage, begins + lasts * 0.4, said.THERE)
        tell(stage, words(number), begins + lasts * 0.9, f"{said.BACK} {words(number)}")
        rests = 0.5 if split == "heldout" or stage.rng.random() < 0.7 else 4.0
        stage.now = max(begins + lasts + float(stage.rng.uniform(0.0, rests)), stage.says[-1].end_s)
    _before_camera(stage, split, moves, begun_s)


def wave(stage: Stage, split: str) -> None:
    """A raised hand that goes to and fro; one that only goes up and down is no wave."""
    watch(stage, split, template(stage, "wave", split), "watch wave", said.DOWN)
    begun_s = stage.now
    rest = Pose(x=float(stage.rng.uniform(0.35, 0.65)))
    moves = [Move(0.0, 1.0, rest)]
    for _ in how_often(stage, split, 1, 3):
        a_while(stage, split, 1.5, 4.0)
        waves = stage.rng.random() < 0.7
        begun, swing = stage.now, float(stage.rng.uniform(0.2, 0.35))
        for number in range(6 if waves else 1):
            high = replace(rest, right=0.62 if number % 2 else 0.9)
            moves.append(Move(begun + number * swing, swing, high))
        stage.now = begun + 6 * swing
        moves.append(Move(stage.now, 0.5, rest))
        glimpse(stage, begun + swing, said.UP)
        glimpse(stage, stage.now + 0.4, said.DOWN)
        if waves:
            tell(stage, said.WAVES, begun + 2.5 * swing, said.WAVING)
        stage.now += 0.5
    _before_camera(stage, split, moves, begun_s)


def slouch(stage: Stage, split: str) -> None:
    """The back bends while somebody sits, and is straight again, which is no news."""
    straight = Pose(down=0.85, x=float(stage.rng.uniform(0.35, 0.6)))
    moves = [Move(0.0, 1.0, straight)]
    watch(stage, split, template(stage, "slouch", split), "watch slouch", said.STRAIGHT)
    begun_s = stage.now
    for _ in how_often(stage, split, 1, 3):
        a_while(stage, split, 1.5, 4.5)
        lasts = float(stage.rng.uniform(0.5, 1.5))
        moves.append(Move(stage.now, lasts, replace(straight, slump=1.0)))
        tell(stage, said.SLOUCHES, stage.now + lasts * 0.75, said.BENT)
        stage.now += 0.3
        moves.append(Move(stage.now, lasts, straight))
        glimpse(stage, stage.now + lasts * 0.75, said.STRAIGHT)
        stage.now += lasts
    _before_camera(stage, split, moves, begun_s)


def fingers(stage: Stage, split: str) -> None:
    """How many fingers a hand before the camera shows, asked once it can be seen."""
    skin = camera_show.FIGURES[pick(stage, camera_show.figures(split))][0]
    background, shown = camera_show.room(stage.rng), list[tuple[float, HandPose]]()
    held = split == "heldout"
    for _ in how_often(stage, split, 1, 4):
        hand = HandPose.any(stage.rng)
        if not shown or hand.fingers != shown[-1][1].fingers:
            glimpse(stage, stage.now, words(hand.fingers))
        shown.append((stage.now, hand))
        stage.wait(0.6, 2.5 if held else 1.2)
        span = order(stage, template(stage, "fingers", split), typed=0.5 if held else 0.85)
        stage.answer(words(hand.fingers), span)
        stage.wait(0.5, 2.0 if held else 1.0)
    stage.shows.append(HandShow(skin, background, shown))


SIGHT_SCENES: dict[str, Write] = {
    **{kind: partial(watch_screen, kind=kind) for kind in said.SCREEN_SAYS},
    "region": region, "somebody": somebody, "hand": hand, "stand": stand, "reps": reps,
    "wave": wave, "slouch": slouch, "fingers": fingers,
}  # fmt: skip


def screens_by(toolkit: Toolkit) -> dict[str, Write]:
    """The skills that watch the whole screen, on screens that one toolkit draws."""
    return {kind: partial(watch_screen, kind=kind, by=toolkit) for kind in said.SCREEN_SAYS}
