"""A tape of an errand: asked for, talked over, corrected in an interruption, told once when quiet.

The model is a script and so is the mind; what is shown is what lies between them.
"""

from __future__ import annotations

import json
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PIL import Image, ImageColor

from engine.microturn import SAMPLE_RATE_HZ
from engine.replay import session, timeline_style
from engine.replay.command import main
from engine.training.cast import SyntheticCast
from engine.training.render import microphone_wave
from engine.training.scenes.stage import REACTION_S, Scene, Stage, turn_at
from engine.training.voices.roster import own_voice, roster
from tests.mind_server import Asked, MindServer, Reply, Until, mind_server, says
from tests.telling import TellingEngine

pytestmark = pytest.mark.timeout(120)
FASTER = 4
WANTED, MEANT = "write a letter to my neighbour about the noise", "my landlord"
TOLD = "The letter to your landlord is ready."
OVERTAKEN = "The letter to your neighbour is ready."


def errand() -> tuple[Scene, int]:
    """The scene, and the micro-turn in the middle of its last talk at which the mind is done."""
    rng = np.random.default_rng(5)
    stage = Stage("errand", SyntheticCast(roster("heldout"), own_voice(), rng), rng, 0.4)
    asked = stage.user(f"aside, {WANTED}")
    stage.act(f"delegate {WANTED}", turn_at(asked.end_s + REACTION_S))
    stage.answer("i will see to it", asked)
    stage.wait(0.8)
    stage.user("the tomatoes are doing well this year")
    stage.wait(1.2)
    asked = stage.user("aside, count to ten")
    counting = stage.answer("one two three four five six seven eight nine ten", asked)
    stage.now = asked.end_s + 0.9
    meant = stage.user(f"no, i mean {MEANT}")
    stage.cut(counting, meant)
    stage.now = meant.end_s
    stage.act(f"correct {MEANT}", turn_at(meant.end_s + REACTION_S))
    stage.answer("okay", meant)
    stage.wait(1.0)
    talk = stage.user("and then we planted beans along the fence and the rain came")
    return stage.scene(tail_s=2.0), turn_at((talk.start_s + talk.end_s) / 2)


class Errand:
    """The tape of one replay, and what came of it."""

    def __init__(self, folder: Path, server: MindServer, patch: pytest.MonkeyPatch) -> None:
        self.scene, done = errand()
        self._corrected, self._ready = threading.Event(), threading.Event()
        server.script = self._mind
        self.engine = TellingEngine(self.scene, {done: self._ready.set})
        wave, self.tape = folder / "errand.wav", folder / "tape"
        soundfile.write(wave, microphone_wave(self.scene), SAMPLE_RATE_HZ)
        patch.setattr(session, "RealTime", partial(session.RealTime, _now, _sleep))
        asked = [str(wave), "--mind", server.url, "--out", str(self.tape)]
        assert main(asked, lambda _: self.engine) == 0
        lines = (self.tape / "events.jsonl").read_text("utf-8").splitlines()
        self.events: list[dict[str, Any]] = [json.loads(line) for line in lines]

    def _mind(self, asked: Asked) -> Reply:
        """The first answer comes when it is overtaken, the second while the user talks."""
        if "The user corrected this" in asked.texts:
            self._corrected.set()
            return Reply([Until(self._ready), *says(f"{TOLD}\n\nDear landlord").steps])
        return Reply([Until(self._corrected), *says(OVERTAKEN).steps])

    def of(self, stream: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["stream"] == stream]


def _now() -> float:
    return time.monotonic() * FASTER


def _sleep(seconds: float) -> None:
    time.sleep(seconds / FASTER)


@pytest.fixture(scope="module")
def server() -> Any:
    with mind_server(says("")) as made:
        yield made


@pytest.fixture(scope="module")
def tape(tmp_path_factory: pytest.TempPathFactory, server: MindServer) -> Errand:
    with pytest.MonkeyPatch.context() as patch:
        return Errand(tmp_path_factory.mktemp("errand"), server, patch)


def test_what_is_asked_for_is_delegated_and_corrected(tape: Errand, server: MindServer) -> None:
    """Two acts, two requests: the second has both, and is the only one that is still open."""
    acts = [(act["name"], act["arguments"]["text"]) for act in tape.of("act")]
    assert acts == [("delegate", WANTED), ("correct", MEANT)]
    first, second = server.asked
    assert f"The request: {WANTED}\\n" not in second.texts
    assert f"The request: {WANTED}" in first.texts
    assert f"The request: {WANTED}. The user corrected this: {MEANT}" in second.texts
    assert "Open tasks" not in second.texts


def test_what_was_overtaken_is_not_told(tape: Errand) -> None:
    """Of the first request nothing comes back, though its mind answered; of the second all does."""
    came = [(update["kind"], update["text"]) for update in tape.of("update")]
    assert came == [("commentary", TOLD), ("thinking", "Dear landlord")]
    assert "neighbour is ready" not in " ".join(event["text"] for event in tape.of("say"))


def test_the_result_is_told_once_when_nobody_speaks(tape: Errand) -> None:
    """It is said once, from beginning to end in a pause of the talk."""
    said = " ".join(event["text"] for event in tape.of("say"))
    assert said.count("the letter to your landlord is ready") == 1
    first = next(event for event in tape.of("say") if "letter" in event["text"])
    voices = [event["time_s"] for event in tape.of("voice")]
    start_s, stop_s = next(
        pair for pair in zip(voices[::2], voices[1::2], strict=True) if pair[1] > first["time_s"]
    )
    assert stop_s - start_s > 1
    assert not any(p.start_s < stop_s and p.end_s > start_s for p in tape.scene.sounds)


def test_the_talk_did_not_wait(tape: Errand) -> None:
    """Between asking and telling it counted, was interrupted, and fell silent at once."""
    said = " ".join(event["text"] for event in tape.of("say"))
    assert "one two three" in said
    assert "ten" not in said.split()
    assert said.index("one two") > said.index("i will see to it")


def test_the_picture_shows_the_acts(tape: Errand) -> None:
    """The timeline has chips for both acts and for both updates."""
    with Image.open(tape.tape / "timeline.png") as picture:
        pixels = np.asarray(picture.convert("RGB"))
    for kind in ("act", "update"):
        ground, _ink = timeline_style.CHIP[kind]
        chip = np.all(pixels == ImageColor.getrgb(ground), axis=2)
        assert chip.sum() > 2 * 1_000


def test_the_tape_replays_without_a_mind(
    tape: Errand, server: MindServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the background brought is on the tape: the same events, and nobody is asked."""
    asked = len(server.asked)
    assert main([str(tape.tape), "--check"], lambda _: tape.engine) == 0
    assert "the same" in capsys.readouterr().err
    assert len(server.asked) == asked
