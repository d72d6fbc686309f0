"""The guide of the first start: it shows what is so, and its tests measure."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel

from app.guide.echo_test import EchoResult, EchoTest, peak_db, test_sound
from app.guide.speed import Speed, SpeedTest
from app.settings import schema
from app.sound.echo import DEPTH
from app.sound.patchbay import Wiring
from engine.client.events import Heard, Said
from engine.microturn import TURN_SAMPLES
from tests.desktop import display, qt, qt_application  # noqa: F401
from tests.test_app_window import DEVICES, Stage

pytestmark = pytest.mark.timeout(90)
HEADSET, SPEAKER = (DEVICES.choose(kind, None) for kind in ("microphone", "speaker"))


@pytest.fixture
def stage(qt, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(qt, tmp_path)
    yield made
    made.window.pages.close()
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qt.processEvents()


def row(eyes: bool, p95_ms: float, part: str = "all") -> dict:
    return {"bench": "micro-turn", "backend": "test", "input": "audio, eyes" if eyes else "audio",
            "part": part, "p95_ms": p95_ms}  # fmt: skip


@pytest.mark.parametrize(
    ("with_ms", "pictures"), [(40.0, "full"), (110.0, "full"), (150.0, "half"), (190.0, "off")]
)
def test_the_speed_picks_what_fits_into_a_micro_turn(with_ms: float, pictures: str):
    """The worst of the loads decides, over the whole measurement."""
    rows = [{"bench": "machine"}, row(False, 30.0), row(True, with_ms), row(True, 35.0),
            row(True, 999.0, "first tenth")]  # fmt: skip
    speed = Speed.read(rows)
    assert (speed.without_ms, speed.with_ms) == (30.0, with_ms)
    assert speed.pictures == pictures
    assert f"{with_ms:.0f} with pictures" in speed.words


def test_the_speed_test_sets_the_configuration(stage: Stage):
    """What another process measured stands on the page, and in the settings."""
    guide = stage.window.pages.open("guide")
    guide.go_to(3)
    page = guide.pages[3]
    script = (
        f"import json\nfor row in {[row(False, 90.0), row(True, 150.0)]!r}: print(json.dumps(row))"
    )
    test = SpeedTest(page.measured, [sys.executable, "-c", script])
    test.start()
    stage.until(lambda: stage.settings[schema.PICTURES] == "half", within_s=30)
    assert "150 with pictures" in page.result.text()


def test_a_measurement_that_fails_says_why(stage: Stage):
    """No figures are made up: the other process's last words are shown, nothing is set."""
    told: list[object] = []
    script = "import sys; sys.exit('no checkpoint at /nowhere')"
    test = SpeedTest(told.append, [sys.executable, "-c", script])
    test.start()
    stage.until(lambda: told, within_s=30)
    assert told == ["The measurement failed: no checkpoint at /nowhere"]
    missing = SpeedTest(told.append, ["/nowhere/at/all"])
    missing.start()
    stage.until(lambda: len(told) == 2)
    assert "could not be started" in told[1]


def room(stage: Stage, heard: float, left: float):
    """A room with a speaker and a microphone: what is played comes back, and some is cancelled."""

    def play(generation: int, samples: np.ndarray) -> None:
        stage.sound.played.append((generation, samples))
        loud = heard * np.abs(samples).max()
        stage.sound.level = max(0.0, 1 + 20 * np.log10(loud + 1e-9) / 60)
        stage.sound.hear((left * samples).astype(np.float32))

    stage.sound.play = play


@pytest.mark.parametrize(
    ("heard", "left", "said"),
    [
        (0.5, 0.005, "Good"), (0.5, 1.1 * DEPTH * 0.5, "Good"), (0.5, 0.4, "would hear itself"),
        (0.0, 0.0, "did not hear the speaker"),
    ],
)
def test_the_echo_test_measures_what_is_left(stage: Stage, heard, left, said):
    """It compares what the microphone took with what is passed on, and says what to do."""
    room(stage, heard, left)
    results: list[EchoResult] = []
    test = EchoTest(stage.conversation, results.append)
    test._clock.setInterval(5)
    test.start()
    stage.until(lambda: results, within_s=30)
    assert said in results[0].words
    sent = [value for name, value in stage.links[-1].asked if name == "audio"]
    assert sent
    assert not any(np.any(audio) for audio in sent), "the engine heard the test"


def test_after_the_echo_test_everything_is_as_before(stage: Stage):
    """The microphone goes to the engine again, and its voice is played."""
    test = EchoTest(stage.conversation, lambda _: None)
    test.start()
    test.stop()
    stage.sound.hear(np.full(TURN_SAMPLES, 0.5, np.float32))
    assert np.all(stage.links[-1].asked[-1][1] == 0.5)
    assert stage.sound.asked[-1] == ("restart_voice", None)


def test_the_test_sound_is_soft_and_whole():
    """It never clips, it is audible, and it comes in micro-turns."""
    chunks = list(test_sound())
    assert {chunk.shape for chunk in chunks} == {(TURN_SAMPLES,)}
    assert -20 < peak_db(np.concatenate(chunks)) < -1


def test_the_tour_ticks_what_happened(stage: Stage):
    """Each step is ticked by its event and by nothing else; no word decides."""
    guide = stage.window.pages.open("guide")
    guide.go_to(5)
    ticks = guide.pages[5].ticks
    assert {label.text() for label in ticks.values()} == {"○"}
    stage.tell(Heard(" anything", 0, 200))
    assert [name for name, label in ticks.items() if label.text() == "✓"] == ["heard"]
    stage.tell(Said(" at all", 0, 200))
    stage.conversation.type("hello")
    stage.window.do("mute")
    stage.window.do("quiet")
    stage.application.processEvents()
    assert {label.text() for label in ticks.values()} == {"✓"}


def test_the_tour_names_the_keys(stage: Stage):
    """Each step that a key does names it, as it is set now."""
    stage.settings.change(schema.HOTKEYS["mute"], "Ctrl+Alt+J")
    guide = stage.window.pages.open("guide")
    guide.go_to(5)
    words = " ".join(one.text() for one in guide.pages[5].findChildren(QLabel))
    for name in ("mute", "quiet", "type"):
        assert stage.settings[schema.HOTKEYS[name]] in words
    assert "{" not in words


def test_without_a_microphone_the_tour_is_typed(stage: Stage):
    """Nobody is asked to say something that nothing can hear; with one again, they are."""
    guide = stage.window.pages.open("guide")
    guide.go_to(5)
    page = guide.pages[5]
    stage.sound.rewire(Wiring(DEVICES, None, SPEAKER))
    stage.until(lambda: "There is no microphone" in page._words["heard"].text())
    stage.conversation.type("remind me every five seconds")
    stage.until(lambda: page.ticks["heard"].text() == "✓")
    stage.sound.rewire(Wiring(DEVICES, HEADSET, SPEAKER))
    stage.until(lambda: "Say:" in page._words["heard"].text())


def test_there_is_no_echo_test_without_devices(stage: Stage):
    """The page says what is missing instead of measuring nothing."""
    guide = stage.window.pages.open("guide")
    guide.go_to(2)
    page = guide.pages[2]
    stage.sound.rewire(Wiring(DEVICES, None, SPEAKER))
    stage.until(lambda: stage.window.status.doing == "deaf")
    page.start.click()
    assert "no open microphone" in page.result.text()
    stage.sound.rewire(Wiring(DEVICES, HEADSET, None))
    stage.until(lambda: stage.window.status.wiring.speaker is None)
    page.start.click()
    assert "no speaker" in page.result.text()
    assert page.start.isEnabled()


def test_the_keys_page_promises_no_more_than_there_is(stage: Stage):
    """Where nothing listens everywhere it says so, and shows no ticks that could never come."""
    guide = stage.window.pages.open("guide")
    guide.go_to(4)
    page = guide.pages[4]
    assert "own windows" in page._where.text()
    assert not any(one.isVisible() for one in page.ticks.values())


def test_the_keys_page_ticks_a_key_that_arrived(stage: Stage):
    """A tick means that the key really came through."""
    guide = stage.window.pages.open("guide")
    guide.go_to(4)
    stage.window.press("mute", True)
    ticks = guide.pages[4].ticks
    assert (ticks["mute"].text(), ticks["hush"].text()) == ("✓", "○")


def test_the_guide_is_left_as_seen(stage: Stage):
    """Closed early or gone through: it does not come again by itself."""
    guide = stage.window.pages.open("guide")
    assert not stage.settings[schema.GUIDE_SEEN]
    guide.close()
    assert stage.settings[schema.GUIDE_SEEN]
    again = stage.window.pages.open("guide")
    for _ in range(len(again.pages)):
        again.next.click()
    assert not again.isVisible()


def test_permissions_show_what_the_doctor_finds(stage: Stage):
    """Each topic stands there with what was found, and with advice where something is missing."""
    guide = stage.window.pages.open("guide")
    guide.go_to(1)
    page = guide.pages[1]
    stage.until(lambda: page.again.isEnabled(), within_s=80)
    texts = [page.found.itemAt(i).widget().text() for i in range(page.found.count())]
    assert any("Microphone" in text for text in texts)
    assert any("Checkpoint" in text for text in texts)
