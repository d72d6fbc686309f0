"""No cheat is possible: what the model does is in its weights and nowhere else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from safetensors.numpy import load_file, save_file

from engine.evaluation.course import Course
from engine.evaluation.course_run import Performer, Setting
from engine.evaluation.moments.gametime import TASKS, GameTime
from engine.evaluation.moments.moment import Moments
from engine.evaluation.play import Stimulus, play
from engine.evaluation.scoring import judged
from engine.evaluation.skills import SUITES, Repertoire, generator
from engine.evaluation.surroundings import Surroundings
from engine.microturn import TURN_SAMPLES, Engine, completion_time_s
from engine.replay.stream import Typed
from engine.runtime import load, shipped
from engine.runtime.voice import PREFIX
from engine.training.scenes.numbers import words
from engine.training.scenes.stage import Expect, Scene, turn_at
from tests.evaluation_oracle import Oracle

pytestmark = pytest.mark.timeout(300)
TAPES = Path(__file__).resolve().parents[1] / "assets" / "tapes"
PEOPLE_CLIPS = TAPES.parent / "people"
REPERTOIRE = Repertoire()
AFTER_S = 0.6  # what is late shows
NOTHING_IS_DUE = {"overheard", "nothing", "salad", "overheard_people"}
SKILLS = [s for names in SUITES.values() for s in names if s not in NOTHING_IS_DUE]


@pytest.fixture(scope="module")
def random_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The shipped model, the numbers of every weight in random order.

    The vocoder keeps its own: a cheat could only gain by that.
    """
    folder, rng = tmp_path_factory.mktemp("random"), np.random.default_rng(8)
    for name in ("config.json", "tokenizer.json"):
        (folder / name).write_bytes((shipped() / name).read_bytes())
    stored = load_file(shipped() / "model.safetensors")
    for name, value in stored.items():
        if not name.startswith((PREFIX, "flow.mean", "flow.deviation")):
            stored[name] = rng.permuted(value.reshape(-1)).reshape(value.shape)
    save_file(stored, folder / "model.safetensors")
    return load(folder)


@pytest.fixture(scope="module")
def repertoire(tmp_path_factory: pytest.TempPathFactory) -> Repertoire:
    """The shipped clips of held-out people: their digits, and the words of the demo."""
    folder, rows = tmp_path_factory.mktemp("people"), []
    for clip in json.loads((PEOPLE_CLIPS / "digits.json").read_text("utf-8")):
        rows.append({"path": str(PEOPLE_CLIPS / clip["file"]), "set": "digits"} | _row(clip, 0.0))
    wave, _ = soundfile.read(TAPES / "demo.flac", dtype="float32")
    demo = json.loads((TAPES / "demo.json").read_text("utf-8"))
    for number, clip in enumerate(demo["clips"]):
        path, first = folder / f"{number}.wav", round(clip["at_s"] * 16_000)
        soundfile.write(path, wave[first : first + round(clip["seconds"] * 16_000)], 16_000)
        rows.append({"path": str(path), "set": "demo"} | _row(clip, clip["at_s"]))
    (folder / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return Repertoire.with_people(folder)


def _row(clip: dict, at_s: float) -> dict:
    words = [[word, first - at_s, last - at_s] for word, first, last in clip["words"]]
    return {
        "speaker": "somebody", "licence": "MIT", "split": "test", "text_norm": clip["text"],
        "words": words, "seconds": clip["seconds"],
    }  # fmt: skip


@pytest.mark.parametrize("skill", SKILLS)
def test_random_weights_fail(random_engine: Engine, repertoire: Repertoire, skill: str) -> None:
    """With random numbers for weights, every skill of every suite in which something is due
    fails; people, tools, talk and eyes included."""
    scene = next(s for s in (repertoire.scene(3, skill, i) for i in range(9)) if s.expects)
    stimulus = Surroundings().stimulus(scene, generator(3, skill, 0, 1))
    due, over_s = _first(scene)
    cut = replace(stimulus, wave=stimulus.wave[: turn_at(over_s) * TURN_SAMPLES])
    alone = replace(scene, expects=due)
    assert judged(alone, play(Oracle(scene), cut)).right, "who does it right is judged right"
    assert not judged(alone, play(random_engine.session(1), cut)).right


def _first(scene: Scene) -> tuple[tuple[Expect, ...], float]:
    """What is due first, and what may be done before that is over; all of it where a voice is due
    before its words are judged. And when it is over, with some time for what is late."""
    due = sorted(scene.expects, key=lambda expect: expect.by_s)
    if not all(expect.texts for expect in due):
        return tuple(due), due[-1].by_s + AFTER_S
    over_s, before_s = due[0].by_s, 0.0
    while over_s > before_s:
        before_s = over_s
        spoken = [s.end_s for s in scene.says if completion_time_s(s.turn) < over_s]
        begun = [e.by_s for e in due if e.after_s < over_s + AFTER_S]
        over_s = max([over_s, *spoken, *begun])
    return tuple(expect for expect in due if expect.by_s <= over_s), over_s + AFTER_S


@pytest.mark.parametrize(("course", "key"), [
    (Moments("gametime", GameTime(), tuple(TASKS)), "silence/0"),
    (Moments("timespeak", REPERTOIRE, ("later",)), "later/1"),
    (Moments("cuespeak", REPERTOIRE, ("wrong",)), "wrong/1"),
], ids=["gametime", "timespeak", "cuespeak"])  # fmt: skip
def test_random_weights_keep_no_time(random_engine: Engine, course: Course, key: str) -> None:
    """No item of a course of moments is right with random weights."""
    performer = Performer(course, Setting(baselines=False), random_engine)
    (outcome,) = performer.outcomes(key)
    assert sum(items for _, items in outcome.values["right"]) > 0
    assert sum(right for right, _ in outcome.values["right"]) == 0


def test_random_weights_fail_the_demo(random_engine: Engine) -> None:
    """Nothing that the demo is there to show happens with random weights."""
    demo = json.loads((TAPES / "demo.json").read_text("utf-8"))
    wave, _ = soundfile.read(TAPES / "demo.flac", dtype="float32")
    whole = wave[: len(wave) // TURN_SAMPLES * TURN_SAMPLES]
    orders = [Typed.parse(a) for a in demo["arguments"] if a[0].isdigit()]
    stimulus = Stimulus(whole, {order.turn: order.text for order in orders})
    expects = [expect for clip in demo["clips"] for expect in _expected(clip)]
    assert [expect.texts[0] for expect in expects].count("beep") == 2
    assert len(expects) == 5
    take = play(random_engine.session(1), stimulus)
    for expect in expects:
        alone = Scene("demo", (), (), (), (expect,), len(whole) / 16_000)
        assert {"missing", "other words"} & {p.fault for p in judged(alone, take).problems}


def _expected(clip: dict) -> list[Expect]:
    """The sum of a clip's digits once they are over; the beep at its word."""
    (_, start_s, _), end_s, said = clip["words"][0], clip["words"][-1][2], clip["text"].split()
    values = {words(number): number for number in range(10)}
    if said == ["computer"]:
        return [Expect("say", start_s, end_s + 0.6, ("beep",))]
    if not set(said) <= set(values):
        return []
    return [Expect("say", end_s, end_s + 1.4, (words(sum(values[word] for word in said)),))]
