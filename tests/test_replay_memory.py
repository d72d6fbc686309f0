"""Hours go through a replay in constant memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile

from engine.microturn import TURN_SAMPLES, OutputTurn
from engine.replay.media import Sound, microphone
from engine.replay.recording import Recording
from engine.replay.session import AsFastAsItGoes, Tail, drive
from engine.replay.stream import open_source
from engine.replay.tape import TapeHeader
from tests.scripted import ScriptedSession

HOUR_S = 3600
MIB = 1 << 20


def silence(path: Path, rate_hz: int, seconds: int) -> Path:
    with soundfile.SoundFile(path, "w", rate_hz, 1, subtype="PCM_16") as file:
        for _ in range(seconds // 60):
            file.write(np.zeros(60 * rate_hz, np.int16))
    return path


def resident() -> int:
    return int(psutil.Process().memory_info().rss)


@pytest.mark.timeout(300)
def test_an_hour_streams_in_constant_memory(tmp_path: Path) -> None:
    """Decoding and resampling an hour needs under 20 MiB more at its end than at its start."""
    turns = microphone([Sound(silence(tmp_path / "hour.flac", 8_000, HOUR_S))])
    for _ in range(300):
        next(turns)
    before, count = resident(), 300
    for turn in turns:
        count += 1
        assert len(turn) == TURN_SAMPLES
        if count % 3000 == 0:
            assert resident() - before < 20 * MIB
    assert count == HOUR_S * 5


class _Silent(ScriptedSession):
    """Takes everything in and does nothing, so that only the replay's own memory counts."""

    def step(self, turn: object) -> OutputTurn:
        return OutputTurn(turn.index)  # type: ignore[attr-defined]


@pytest.mark.timeout(300)
def test_keeping_a_session_costs_constant_memory(tmp_path: Path) -> None:
    """Driving and keeping a quarter of an hour needs under 10 MiB more at its end: the peaks of
    the timeline and nothing else, which makes an hour's 3 MiB."""
    source = open_source([silence(tmp_path / "quiet.flac", 16_000, 900)])
    recording = Recording(tmp_path / "out", TapeHeader(0, "", ""), "quiet")
    before = 0
    for step in drive(_Silent(), source.input_turns(), AsFastAsItGoes(), Tail(seed=0)):
        recording.write(step, [])
        before = before or (resident() if step.given.index == 300 else 0)
    assert resident() - before < 10 * MIB
    recording.finish([])
    assert soundfile.info(tmp_path / "out" / "microphone.flac").duration == 903
