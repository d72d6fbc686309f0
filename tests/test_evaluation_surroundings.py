"""What surrounds a scene: always some sound, the same for the same seed, and the own voice."""

from __future__ import annotations

import numpy as np
import pytest
from evaluation_oracle import Oracle

from engine.evaluation.play import EchoPath, Stimulus, play
from engine.evaluation.skills import BASICS, Repertoire, chosen, generator
from engine.evaluation.surroundings import Surroundings
from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES, InputTurn, OutputTurn
from engine.training.render import microphone_wave
from engine.training.scenes.stage import turn_at

pytestmark = pytest.mark.timeout(60)
REPERTOIRE = Repertoire()
NOISE = np.random.default_rng(3).standard_normal(5 * SAMPLE_RATE_HZ).astype(np.float32) * 0.1
PLACE = Surroundings((NOISE,), (np.array([1.0, 0.0, 0.3], np.float32),))


def stimulus(skill: str, index: int) -> Stimulus:
    return PLACE.stimulus(REPERTOIRE.scene(5, skill, index), generator(5, skill, index, 1))


@pytest.mark.parametrize("skill", ["nothing", "stop", "every"])
def test_a_microphone_is_never_at_zero(skill: str) -> None:
    """Not one millisecond of digital zero, in no scene: an energy gate must earn its figure."""
    for index in range(4):
        wave = stimulus(skill, index).wave
        assert len(wave) % TURN_SAMPLES == 0
        assert np.abs(wave).reshape(-1, 16).max(axis=1).min() > 0


def test_a_scene_depends_on_its_name_alone() -> None:
    """The same seed, skill and index give the same sound, whatever was played before."""
    first = stimulus("repeat", 1)
    for skill in BASICS:
        stimulus(skill, 0)
    again = stimulus("repeat", 1)
    assert np.array_equal(first.wave, again.wave)
    assert first.typed == again.typed
    assert not np.array_equal(first.wave, stimulus("repeat", 2).wave[: len(first.wave)])


def test_noise_keeps_its_distance() -> None:
    """Speech stays at least 10 dB above the noise under it, and often less than 30 dB."""
    ratios = []
    for index in range(12):
        scene = REPERTOIRE.scene(5, "repeat", index)
        clean, heard = microphone_wave(scene), stimulus("repeat", index).wave
        quiet = clean == 0
        loud = np.abs(clean) > 0.1
        ratios.append(10 * np.log10(np.mean(heard[loud] ** 2) / np.mean(heard[quiet] ** 2)))
    assert min(ratios) > 9
    assert sum(ratio < 36 for ratio in ratios) >= 6


def test_typed_text_comes_at_its_micro_turn() -> None:
    """What a scene types reaches the session on the micro-turn that its time falls into."""
    for index in range(8):
        scene = REPERTOIRE.scene(5, "echo", index)
        given = stimulus("echo", index).typed
        assert given == {turn_at(time_s): text for time_s, text in scene.typed}


class _Listener:
    """Speaks on micro-turn 2 and keeps what it hears."""

    def __init__(self) -> None:
        self.given: list[np.ndarray] = []

    def step(self, turn: InputTurn) -> OutputTurn:
        self.given.append(turn.audio)
        click = np.zeros(TURN_SAMPLES, np.float32)
        click[0] = 1.0
        return OutputTurn(
            turn.index, speaking=turn.index == 2, audio=click if turn.index == 2 else None
        )

    def snapshot(self) -> None:
        raise NotImplementedError

    def restore(self, state: object) -> None:
        raise NotImplementedError


def test_the_own_voice_comes_back_late_and_faint() -> None:
    """A voice decided on micro-turn 2 sounds in interval 3 and is heard after the echo's delay."""
    path = EchoPath(delay=800, response=np.array([0.01, 0.0, 0.005], np.float32))
    listener = _Listener()
    play(listener, Stimulus(np.zeros(6 * TURN_SAMPLES, np.float32), echo=path))
    heard = np.concatenate(listener.given)
    at = 3 * TURN_SAMPLES + 800
    assert np.flatnonzero(np.abs(heard) > 1e-4).tolist() == [at, at + 2]
    assert heard[at] == pytest.approx(0.01, rel=1e-3)


def test_without_an_echo_nothing_comes_back() -> None:
    """The session's voice reaches its microphone along the echo path and no other."""
    scene = REPERTOIRE.scene(5, "nod", 0)
    listener = _Listener()
    play(listener, Stimulus(microphone_wave(scene)))
    assert np.array_equal(np.concatenate(listener.given), microphone_wave(scene).clip(-1, 1))
    assert play(Oracle(scene), Stimulus(microphone_wave(scene))).utterances


def test_skills_are_asked_for_by_name() -> None:
    """A list keeps its order; None is everything."""
    assert chosen("stop, cue", list(BASICS)) == ["stop", "cue"]
    assert chosen(None, list(BASICS)) == list(BASICS)
