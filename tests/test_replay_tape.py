"""A tape gives the same events again, and survives what happens to the process that writes it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile
from test_replay_media import sine, write_video, written

from engine.microturn import TURN_S, TURN_SAMPLES, Frame, InputTurn, OutputTurn, Update
from engine.replay.check import first_difference
from engine.replay.command import main
from engine.replay.errors import TapeError
from engine.replay.events import EventStream
from engine.replay.flac import FlacWriter
from engine.replay.media import on_tape_grid
from engine.replay.session import AsFastAsItGoes, RealTime, drive
from engine.replay.tape import Tape, TapeHeader, TapeWriter
from tests.scripted import ScriptedSession, load

pytestmark = pytest.mark.timeout(90)
RATE_HZ = 16_000
ROOT = Path(__file__).resolve().parents[1]
HEADER = TapeHeader(seed=3, checkpoint="scripted", checkpoint_sha256="")


def picture(value: int) -> np.ndarray:
    return np.random.default_rng(value).integers(0, 255, (12, 16, 3), np.uint8)


def inputs(turns: int = 12) -> list[InputTurn]:
    """Micro-turns with everything that can come in; the screen changes once, at micro-turn 6."""
    rng = np.random.default_rng(0)
    return [
        InputTurn(
            index,
            on_tape_grid((0.2 * rng.standard_normal(TURN_SAMPLES)).astype(np.float32)),
            camera=Frame("camera", picture(index)) if index % 4 == 1 else None,
            screen=Frame("screen", picture(index // 6)) if index % 2 else None,
            text={0: "hello \u2028 wörld", 9: "digest"}.get(index, ""),
            updates=(Update("commentary", "it rains", "d1"),) if index == 5 else (),
        )
        for index in range(turns)
    ]


def record(
    folder: Path, turns: Sequence[InputTurn], session: ScriptedSession | None = None
) -> None:
    """A tape of a scripted session on these micro-turns."""
    folder.mkdir(parents=True, exist_ok=True)
    tape, stream = TapeWriter(folder, HEADER), EventStream()
    for step in drive(session or ScriptedSession(), turns, AsFastAsItGoes(), None):
        tape.write(step.given, stream.of(step.given, step.output))
    tape.write_events(stream.finish())
    tape.close()


def same(one: InputTurn, other: InputTurn) -> bool:
    frames = [(one.camera, other.camera), (one.screen, other.screen)]
    return (
        (one.index, one.text, one.updates) == (other.index, other.text, other.updates)
        and np.array_equal(one.audio, other.audio)
        and all((a is None) == (b is None) for a, b in frames)
        and all(np.array_equal(a.pixels, b.pixels) for a, b in frames if a and b)
    )


def replayed(tape: Tape, session: ScriptedSession | None = None) -> list[dict[str, object]]:
    stream = EventStream()
    steps = drive(session or ScriptedSession(), tape.input_turns(), AsFastAsItGoes(), None)
    events = [event for step in steps for event in stream.of(step.given, step.output)]
    return [event.record() for event in [*events, *stream.finish()]]


def test_a_tape_holds_everything_bit_for_bit(tmp_path: Path) -> None:
    """Sound, pictures, typed text and updates come back as they went in."""
    record(tmp_path, inputs())
    tape = Tape(tmp_path)
    assert tape.whole
    assert tape.header.seed == 3
    assert all(same(a, b) for a, b in zip(inputs(), tape.input_turns(), strict=True))


def test_a_picture_that_stays_is_kept_once(tmp_path: Path) -> None:
    """A screen on which nothing changes costs one file."""
    record(tmp_path, inputs())
    assert len(list(tmp_path.glob("screen-*.png"))) == 2
    assert len(list(tmp_path.glob("camera-*.png"))) == 3


def test_the_same_tape_gives_the_same_events(tmp_path: Path) -> None:
    """Replaying a tape gives the recorded events again; "digest" covers all that came in."""
    record(tmp_path, inputs())
    tape = Tape(tmp_path)
    assert any(event.get("name") == "digest" for event in tape.events)
    assert first_difference(tape, replayed(tape)) is None


def test_the_first_difference_is_found(tmp_path: Path) -> None:
    """A replay that does something else is told by the first event that differs."""
    record(tmp_path, inputs())
    tape = Tape(tmp_path)
    changed = replayed(tape)
    changed[4] = {**changed[4], "time_s": 99.0}
    found = first_difference(tape, changed)
    assert found is not None
    assert (found.number, found.recorded) == (5, tape.events[4])
    missing = first_difference(tape, replayed(tape)[:-1])
    assert missing is not None
    assert (missing.number, missing.replayed) == (len(tape.events), None)
    extra = first_difference(tape, [*replayed(tape), tape.events[0]])
    assert extra is not None
    assert (extra.number, extra.recorded) == (len(tape.events) + 1, None)


@pytest.mark.parametrize("turns", [1, 2, 7, 40])
def test_sound_is_readable_at_every_moment(tmp_path: Path, turns: int) -> None:
    """While it grows, a tape's sound lacks at most half a second of what was written."""
    wave = on_tape_grid(sine(440, turns * TURN_S, RATE_HZ)[:, 0])
    writer = FlacWriter(tmp_path / "grows.flac")
    for index in range(turns):
        writer.write(wave[index * TURN_SAMPLES : (index + 1) * TURN_SAMPLES])
        if (index + 1) * TURN_S > 0.5:
            now, _ = soundfile.read(tmp_path / "grows.flac", dtype="float32")
            assert len(now) >= (index + 1) * TURN_SAMPLES - RATE_HZ // 2
            np.testing.assert_array_equal(now, wave[: len(now)])
    writer.close()
    np.testing.assert_array_equal(soundfile.read(tmp_path / "grows.flac", dtype="float32")[0], wave)


KILLED = """
import sys, time
from pathlib import Path
from tests.test_replay_tape import HEADER, ScriptedSession, TapeWriter, inputs, EventStream
session, stream = ScriptedSession(), EventStream()
folder = Path(sys.argv[1])
tape = TapeWriter(folder, HEADER)
for turn in inputs(200):
    output = session.step(turn)
    tape.write(turn, stream.of(turn, output))
    print(turn.index, flush=True)
    time.sleep(0.002)
"""


def test_a_killed_process_loses_at_most_two_seconds(tmp_path: Path) -> None:
    """After kill -9 the tape replays up to 2 s before the kill, with the events of that time."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        stdout=subprocess.PIPE, env=environment, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        written_turn = -1
        while written_turn < 90:
            written_turn = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        rest = process.stdout.read().split()
    last = int(rest[-1]) if rest else written_turn
    tape = Tape(tmp_path)
    assert not tape.whole
    assert tape.turns * TURN_S >= (last + 1) * TURN_S - 2.0
    assert all(same(a, b) for a, b in zip(inputs(tape.turns), tape.input_turns(), strict=True))
    assert {event["turn"] for event in tape.events} >= set(range(tape.turns - 10))
    assert first_difference(tape, replayed(tape)) is None
    assert "recorded only in part" in tape.notes()[0]


def test_a_cut_tape_still_shows_a_difference(tmp_path: Path) -> None:
    """That a tape was cut off excuses its last moments and nothing before them."""
    record(tmp_path, inputs(60))
    header = json.loads((tmp_path / "tape.json").read_text())
    (tmp_path / "tape.json").write_text(json.dumps({**header, "turns": None}))
    tape = Tape(tmp_path)
    assert first_difference(tape, replayed(tape)) is None
    assert first_difference(tape, replayed(tape)[:20]) is not None
    other = [event for event in replayed(tape) if event["turn"] != 30]
    assert first_difference(tape, other) is not None


def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    """Half an event at the end of a tape is no event and no error."""
    record(tmp_path, inputs())
    path = tmp_path / "events.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"turn": 11, "time_s"')
    assert Tape(tmp_path).events == [json.loads(line) for line in whole.splitlines()]


def test_what_is_no_tape_is_named() -> None:
    """A folder without a tape is an error with its name."""
    with pytest.raises(TapeError, match="no tape"):
        Tape(ROOT / "engine")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("tape.json", b"{", "not the header"),
        ("tape.json", b'{"seed": 1}', "not the header"),
        ("tape.json", b'{"seed":1,"checkpoint":"","checkpoint_sha256":"","version":99}', "version"),
        ("microphone.flac", b"", "sound is missing or broken"),
        ("microphone.flac", b"junk" * 99, "sound is missing or broken"),
        ("events.jsonl", b"junk\n", "no JSON"),
        ("inputs.jsonl", None, "cannot be read"),
    ],
)
def test_a_damaged_tape_is_named(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    """Each damaged part of a tape is an error that says which."""
    record(tmp_path, inputs())
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(TapeError, match=message):
        list(Tape(tmp_path).input_turns())


def test_a_missing_picture_is_named(tmp_path: Path) -> None:
    """A tape whose picture is gone says which one."""
    record(tmp_path, inputs())
    (tmp_path / "camera-000001.png").unlink()
    with pytest.raises(TapeError, match="camera-000001"):
        list(Tape(tmp_path).input_turns())


class _Other(ScriptedSession):
    """Differs from the scripted session in one word, in micro-turn 7."""

    def step(self, turn: InputTurn) -> OutputTurn:
        output = super().step(turn)
        return OutputTurn(7, heard="surprise") if turn.index == 7 else output


class _OtherEngine:
    name = "other"

    def session(self, seed: int = 0) -> ScriptedSession:
        return _Other(seed)


def test_check_tells_a_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`aside replay TAPE --check` is silent success, or status 1 and the first difference."""
    film = write_video(tmp_path / "film.mp4", 1.0)
    talk = written(tmp_path / "talk.wav", sine(440, 2.0, 44_100), 44_100)
    out = str(tmp_path / "out")
    made = [str(talk), "--camera", str(film), "--text", "0.5:hello", "--text", "2:digest"]
    assert main([*made, "--out", out, "--seed", "7"], load) == 0
    assert main([out, "--check"], load) == 0
    assert "same" in capsys.readouterr().err
    assert main([out, "--check"], lambda _: _OtherEngine()) == 1
    told = capsys.readouterr().err
    assert "differs" in told
    assert "surprise" in told
    assert main([out, "--check", "--seed", "8"], load) == 1
    assert "recorded with seed 7, replayed with seed 8" in capsys.readouterr().err


def test_a_tape_replays_without_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At --speed max nothing waits until a micro-turn is due; at --speed real every one does."""
    record(tmp_path, inputs(5))
    waited: list[int] = []
    monkeypatch.setattr(RealTime, "wait", lambda _, turn: waited.append(turn))
    assert main([str(tmp_path), "--json"], load) == 0
    assert waited == []
    assert main([str(tmp_path), "--json", "--speed", "real"], load) == 0
    assert waited[:5] == [0, 1, 2, 3, 4]


@pytest.mark.timeout(180)
def test_the_shipped_model_does_the_same_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Same tape, same seed, same checkpoint, same events: people's speech, voice included."""
    demo = ROOT / "assets" / "tapes" / "demo.flac"
    with soundfile.SoundFile(demo) as sound:
        soundfile.write(tmp_path / "start.flac", sound.read(8 * RATE_HZ, dtype="int16"), RATE_HZ)
    out = tmp_path / "out"
    typed = ["--text", "0.4:add up what i say"]
    assert main([str(tmp_path / "start.flac"), *typed, "--out", str(out), "--seed", "5"]) == 0
    assert {event["stream"] for event in Tape(out).events} >= {"heard", "say", "voice"}
    assert main([str(out), "--check"]) == 0
    assert main([str(out), "--check", "--out", str(tmp_path / "again")]) == 0
    for name in ("session.wav", "microphone.flac", "events.jsonl"):
        assert (out / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    assert "differs" not in capsys.readouterr().err
