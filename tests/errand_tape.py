"""A tape of an errand: asked for, talked over, corrected in an interruption, told once when quiet.

The model is a script and so is the mind; what is shown is what lies between them. As a program it
makes the tape and the picture that are shipped: `python -m tests.errand_tape`.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import soundfile

from engine.microturn import SAMPLE_RATE_HZ
from engine.replay import session
from engine.replay.command import main
from engine.replay.recording import TIMELINE
from engine.replay.tape import EVENTS, HEADER, INPUTS, MICROPHONE
from engine.training.cast import SyntheticCast
from engine.training.render import microphone_wave
from engine.training.scenes.stage import REACTION_S, Scene, Stage, turn_at
from engine.training.voices.roster import own_voice, roster
from tests.mind_server import Asked, MindServer, Reply, Until, mind_server, says
from tests.telling import TellingEngine

ROOT = Path(__file__).resolve().parents[1]
SHIPPED, PICTURE = ROOT / "assets/tapes/errand", ROOT / "assets/pictures/errand.png"
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

    def __init__(self, folder: Path, server: MindServer) -> None:
        self.scene, done = errand()
        self._corrected, self._ready = threading.Event(), threading.Event()
        server.script = self._mind
        self.engine = TellingEngine(self.scene, {done: self._ready.set})
        wave, self.tape = folder / "errand.wav", folder / "errand"
        soundfile.write(wave, microphone_wave(self.scene), SAMPLE_RATE_HZ)
        asked = [str(wave), "--mind", server.url, "--out", str(self.tape)]
        faster = partial(session.RealTime, _now, _sleep)
        with mock.patch.object(session, "RealTime", faster):
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


def ship() -> None:
    """The tape without the sound for people, which is as long again, and its picture."""
    with tempfile.TemporaryDirectory() as folder, mind_server(says("")) as server:
        made = Errand(Path(folder), server).tape
        SHIPPED.mkdir(parents=True, exist_ok=True)
        for name in (HEADER, MICROPHONE, INPUTS, EVENTS):
            shutil.copy(made / name, SHIPPED / name)
        shutil.copy(made / TIMELINE, PICTURE)


if __name__ == "__main__":
    ship()
