"""A replay drives its session on the one clock, from the first file to the last answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from test_replay_media import sine, write_video, written

from engine.microturn import TURN_SAMPLES, InputTurn, OutputTurn
from engine.replay.errors import ReplayError
from engine.replay.media import on_tape_grid
from engine.replay.noise import noise_floor
from engine.replay.session import AsFastAsItGoes, RealTime, Step, Tail, drive
from engine.replay.stream import Source, Typed, open_source
from tests.scripted import ScriptedSession, tone

pytestmark = pytest.mark.timeout(60)
RATE_HZ = 16_000


class Speaking(ScriptedSession):
    """Speaks in the micro-turns of a given set and in no others."""

    def __init__(self, turns: set[int]) -> None:
        super().__init__()
        self.turns = turns

    def step(self, turn: InputTurn) -> OutputTurn:
        speaks = turn.index in self.turns
        return OutputTurn(turn.index, speaking=speaks, audio=tone(300) if speaks else None)


def quiet(turns: int) -> list[InputTurn]:
    return [InputTurn(index, np.zeros(TURN_SAMPLES, np.float32)) for index in range(turns)]


def driven(session: ScriptedSession, turns: int, tail: Tail | None) -> list[Step]:
    return list(drive(session, quiet(turns), AsFastAsItGoes(), tail))


def test_goes_on_for_three_seconds_after_the_input() -> None:
    """A session that says nothing lasts 3 s longer than its input."""
    steps = driven(Speaking(set()), 10, Tail(seed=0))
    assert len(steps) == 10 + 15
    assert [step.tail for step in steps] == [False] * 10 + [True] * 15


def test_goes_on_for_three_seconds_after_the_last_output() -> None:
    """The voice of micro-turn 20 ends at 4.4 s; the session ends 3 s later."""
    steps = driven(Speaking({12, 20}), 10, Tail(seed=0))
    assert len(steps) * 0.2 == pytest.approx(4.4 + 3.0)


def test_an_output_within_the_input_needs_no_longer_tail() -> None:
    """What was said long before the input's end does not prolong the session."""
    assert len(driven(Speaking({1}), 50, Tail(seed=0))) == 50 + 15


def test_a_model_that_never_stops_is_stopped() -> None:
    """60 s after its input a session ends, whatever the model still does."""
    assert len(driven(Speaking(set(range(10_000))), 5, Tail(seed=0))) == 5 + 300


def test_the_tail_is_a_noise_floor() -> None:
    """After the input comes noise at -75 dBFS that depends on seed and micro-turn alone."""
    tail = [step.given for step in driven(Speaking(set()), 10, Tail(seed=5)) if step.tail]
    level = 20 * np.log10(np.sqrt(np.mean(np.concatenate([t.audio for t in tail]) ** 2)))
    assert level == pytest.approx(-75, abs=0.5)
    for given in tail:
        np.testing.assert_array_equal(given.audio, noise_floor(5, given.index))
        np.testing.assert_array_equal(given.audio, on_tape_grid(given.audio))
    assert not np.array_equal(noise_floor(5, 3), noise_floor(6, 3))
    assert not np.array_equal(noise_floor(5, 3), noise_floor(5, 4))


@pytest.mark.parametrize("held", [True, False])
def test_the_key_stays_where_it_was(held: bool) -> None:
    """Who was talking to it when the input ended is so in the tail: an answer may come there."""
    turns = [replace(turn, addressed=held) for turn in quiet(3)]
    steps = list(drive(ScriptedSession(), turns, AsFastAsItGoes(), Tail(seed=0)))
    assert [step.given.addressed for step in steps if step.tail] == [held] * 15


def test_without_a_tail_a_session_ends_with_its_input() -> None:
    """Checking a tape adds nothing to it."""
    assert len(driven(Speaking({9}), 10, None)) == 10


class Clock:
    """A clock that moves when somebody sleeps, or computes."""

    def __init__(self) -> None:
        self.time_s = 100.0

    def now(self) -> float:
        return self.time_s

    def sleep(self, seconds: float) -> None:
        self.time_s += seconds


def test_real_time_steps_when_the_input_is_complete() -> None:
    """Micro-turn k is computed 0.2(k+1) s after the start, not sooner and not later."""
    clock = Clock()
    starts = []

    class Noting(Speaking):
        def step(self, turn: InputTurn) -> OutputTurn:
            starts.append(clock.time_s - 100.0)
            clock.time_s += 0.05
            return super().step(turn)

    list(drive(Noting(set()), quiet(5), RealTime(clock.now, clock.sleep), None))
    assert starts == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])


def test_real_time_catches_up_after_a_late_micro_turn() -> None:
    """A slow micro-turn is told as late; the ones after it keep their own times."""
    clock = Clock()

    class Slow(Speaking):
        def step(self, turn: InputTurn) -> OutputTurn:
            clock.time_s += 0.5 if turn.index == 1 else 0.01
            return super().step(turn)

    steps = list(drive(Slow(set()), quiet(6), RealTime(clock.now, clock.sleep), None))
    late = [step.late_s for step in steps]
    assert late == pytest.approx([0.01, 0.5, 0.31, 0.12, 0.01, 0.01])


def test_typed_text_arrives_whole_at_its_time() -> None:
    """A message typed at 1.0 s is in the micro-turn that begins then; it makes the input last."""
    turns = list(
        Source(typed=[Typed.parse("1.0: add: up "), Typed.parse("0.1:hello")]).input_turns()
    )
    assert {turn.index: turn.text for turn in turns if turn.text} == {0: "hello", 5: "add: up"}
    assert len(turns) == 6


@pytest.mark.parametrize(
    "argument", ["hello", "x:hello", "-1:hello", "nan:hello", "inf:a", "1:", "1: "]
)
def test_typed_text_without_a_time_is_refused(argument: str) -> None:
    """What is not SECONDS:MESSAGE is an error that shows how to write it."""
    with pytest.raises(ReplayError, match="Write for example"):
        Typed.parse(argument)


def test_the_last_micro_turn_is_filled_with_the_noise_floor(tmp_path: Path) -> None:
    """A file that ends within a micro-turn never falls to digital silence."""
    wave = sine(440, 0.3, RATE_HZ)
    path = written(tmp_path / "t.wav", wave, RATE_HZ, "FLOAT")
    turns = list(open_source([path], seed=4).input_turns())
    assert len(turns) == 2
    heard = np.concatenate([turn.audio for turn in turns])
    np.testing.assert_array_equal(heard[:4800], on_tape_grid(wave[:, 0]))
    np.testing.assert_array_equal(heard[4800:], noise_floor(4, 1)[1600:])


def test_sound_and_pictures_run_side_by_side(tmp_path: Path) -> None:
    """A film is microphone and camera at once; the longest medium says when the input ends."""
    film = write_video(tmp_path / "film.mp4", 1.0)
    screen = write_video(tmp_path / "screen.mp4", 2.0, rate_hz=None, fps=5)
    source = open_source([film], camera=film, screen=screen)
    turns = list(source.input_turns())
    assert source.turns in (10, 11)  # a header may count the codec's padding
    assert [turn.camera is not None for turn in turns[:10]] == [True] * 5 + [False] * 5
    assert all(turn.screen is not None for turn in turns[:10])
    assert source.title == "film.mp4, screen.mp4"


def test_without_sound_the_microphone_hears_the_noise_floor(tmp_path: Path) -> None:
    """Pictures alone make a session in a quiet room."""
    film = write_video(tmp_path / "film.mp4", 1.0)
    turns = list(open_source([], camera=film, seed=2).input_turns())
    assert len(turns) == 5
    np.testing.assert_array_equal(turns[3].audio, noise_floor(2, 3))
