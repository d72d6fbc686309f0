"""The errand's tape: what was asked for, corrected and told, and the one that is shipped.

The model is a script and so is the mind; what is shown is what lies between them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageColor

from engine.replay import timeline_style
from engine.replay.command import main
from engine.replay.tape import Tape
from tests.errand_tape import MEANT, PICTURE, ROOT, SHIPPED, TOLD, WANTED, Errand, errand
from tests.mind_server import MindServer, mind_server, says
from tests.scripted import load
from tests.telling import TellingEngine

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def server() -> Any:
    with mind_server(says("")) as made:
        yield made


@pytest.fixture(scope="module")
def tape(tmp_path_factory: pytest.TempPathFactory, server: MindServer) -> Errand:
    return Errand(tmp_path_factory.mktemp("errand"), server)


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


def test_the_tape_that_is_shipped_is_this_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Its events are what the script does with what is on it, and they are those of a talk in which
    a corrected errand is told once; it is small, and its makers' licences stand beside it."""
    assert main([str(SHIPPED), "--check"], lambda _: TellingEngine(errand()[0])) == 0
    assert "the same" in capsys.readouterr().err
    tape = Tape(SHIPPED)
    assert [e["name"] for e in tape.events if e["stream"] == "act"] == ["delegate", "correct"]
    assert next(e["text"] for e in tape.events if e["stream"] == "update") == TOLD
    said = " ".join(e["text"] for e in tape.events if e["stream"] == "say")
    assert said.count("the letter to your landlord is ready") == 1
    assert sum(path.stat().st_size for path in [*SHIPPED.iterdir(), PICTURE]) < 600_000
    assert "errand" in (SHIPPED.parent / "LICENSES.md").read_text("utf-8")


def test_who_shows_the_picture_says_whose_it_is() -> None:
    """Beside the picture stands that the model in it is a script."""
    page = (ROOT / "README.md").read_text("utf-8")
    shown = page.index(PICTURE.name)
    assert re.search(r"script", page[shown : shown + 700])


def test_any_model_plays_it(tmp_path: Path) -> None:
    """What the background brought is on the tape, so a replay with another model gets it too."""
    assert main([str(SHIPPED), "--json", "--out", str(tmp_path / "again")], load) == 0
    again = Tape(tmp_path / "again")
    assert TOLD in [e["text"] for e in again.events if e["stream"] == "update"]
