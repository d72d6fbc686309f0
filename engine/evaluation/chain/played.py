"""A scene with tools as it is played through the background, and as it is judged then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from engine.evaluation.chain import measure
from engine.evaluation.chain.beside import Came, Chain
from engine.evaluation.chain.due import due
from engine.evaluation.play import play
from engine.evaluation.results import SceneResult, result
from engine.evaluation.surroundings import Surroundings
from engine.microturn import TURN_S, Session, completion_time_s
from engine.training.scenes.stage import GRACE_S, Expect, Scene, plain, turn_at

PAUSE_S = 1.0
TELLING_S = 5.0  # for each result, after all else has been said


def open_ended(scene: Scene) -> Scene:
    """Without results of its author's, and with the time to tell those that really come."""
    brought = [e for e in scene.expects if _answers(e, scene.commentary)]
    turns_s = [(one.after_s, one.by_s) for one in brought]
    says = [
        said
        for said in scene.says
        if not any(after <= completion_time_s(said.turn) <= by for after, by in turns_s)
    ]
    longer_s = TELLING_S * len(due(scene))
    return replace(
        scene,
        says=tuple(says),
        expects=tuple(one for one in scene.expects if one not in brought),
        commentary=(),
        thinking=(),
        length_s=round((scene.length_s + longer_s) / TURN_S) * TURN_S,
    )


def _answers(expect: Expect, commentary: Sequence[tuple[float, str]]) -> bool:
    return any(
        expect.kind == "say" and expect.texts == (plain(text),) and expect.by_s > time_s
        for time_s, text in commentary
    )


def ready_turn(scene: Scene) -> int:
    """From when on results come: as the author had it, or else when all has been said."""
    if scene.commentary:
        return turn_at(scene.commentary[0][0])
    return turn_at(_all_said_s(scene) + PAUSE_S)


def _all_said_s(scene: Scene) -> float:
    sounds = [p.start_s + w.end_s for p in scene.sounds for w in p.clip.words]
    typed = [time_s for time_s, _ in scene.typed]
    return max([*sounds, *typed, *(said.end_s for said in scene.says)], default=0.0)


def results(
    scene: Scene,
    index: int,
    sessions: dict[str, Session],
    around: Surroundings,
    rng: np.random.Generator,
) -> list[SceneResult]:
    """Of every session in the same scene. Raises ReplayError."""
    played = open_ended(scene)
    stimulus = around.stimulus(played, rng)
    found = []
    for name, session in sessions.items():
        with TemporaryDirectory() as folder, Chain(scene, Path(folder), ready_turn(scene)) as chain:
            take = play(session, stimulus, chain)
            made = measure.done(chain.belt.log.entries(), chain.asked)
        judged = expecting(played, chain.came)
        one = result(judged, index, name, take)
        cases = measure.cases(played, take, due(scene), made, chain.came)
        found.append(replace(one, calls={**one.calls, **cases}, record=_record(one, made, chain)))
    return found


def expecting(played: Scene, came: Sequence[Came]) -> Scene:
    """What came is to be said, each after the other, when those who spoke have ended."""
    expects, commentary, from_s = list(played.expects), list[tuple[float, str]](), 0.0
    for one in came:
        if one.update.kind != "commentary":
            continue
        from_s = max(from_s, one.time_s, _all_said_s(played)) + TELLING_S
        expects.append(
            Expect("say", one.time_s, from_s + GRACE_S, (measure.spoken(one.update.text),))
        )
        commentary.append((one.time_s, one.update.text))
    return replace(played, expects=tuple(expects), commentary=tuple(commentary))


def _record(
    one: SceneResult, made: Sequence[measure.Done], chain: Chain
) -> dict[str, object] | None:
    if one.record is None:
        return None
    calls = [[call.tool, dict(call.arguments)] for call in made]
    came = [[c.time_s, c.update.kind, c.update.text] for c in chain.came]
    return one.record | {"done": calls, "came": came}
