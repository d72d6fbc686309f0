"""`--out` keeps a session whole, destroys nothing else, and says so when the disk is full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image
from test_replay_media import sine, written

from engine.microturn import TURN_SAMPLES
from engine.replay.command import main
from engine.replay.tape import Tape
from tests.scripted import load, tone

pytestmark = pytest.mark.timeout(90)
ROOT = Path(__file__).resolve().parents[1]
RATE_HZ = 16_000


def talk(folder: Path, seconds: float = 2.0) -> Path:
    return written(folder / "talk.wav", sine(440, seconds, RATE_HZ), RATE_HZ, "FLOAT")


def test_out_holds_sound_events_picture_and_tape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a replay the folder holds the stereo sound, the printed events, a timeline, a tape."""
    out = tmp_path / "deep" / "out"
    said = ["--text", "0.5:hello there"]
    assert main([str(talk(tmp_path)), *said, "--json", "--out", str(out)], load) == 0
    printed = capsys.readouterr().out
    assert (out / "events.jsonl").read_text(encoding="utf-8") == printed
    assert {json.loads(line)["stream"] for line in printed.splitlines()} == {
        "heard",
        "say",
        "voice",
    }
    with Image.open(out / "timeline.png") as picture:
        assert picture.size[0] > 1000
    assert Tape(out).whole


def test_the_voice_lies_beside_the_microphone_at_its_time(tmp_path: Path) -> None:
    """session.wav: left is the microphone, right the voice in the interval after its decision."""
    out = tmp_path / "out"
    assert main([str(talk(tmp_path)), "--text", "0.5:hello", "--out", str(out)], load) == 0
    sound, rate_hz = soundfile.read(out / "session.wav", dtype="float32", always_2d=True)
    assert rate_hz == RATE_HZ
    assert sound.shape == (25 * TURN_SAMPLES, 2)
    microphone, voice = sound.T
    turns = np.concatenate([turn.audio for turn in Tape(out).input_turns()])
    np.testing.assert_array_equal(microphone, turns)
    expected = np.zeros_like(voice)
    expected[3 * TURN_SAMPLES : 4 * TURN_SAMPLES] = tone(300)
    np.testing.assert_allclose(voice, expected, atol=2**-15)
    events = [json.loads(line) for line in (out / "events.jsonl").read_text().splitlines()]
    start, stop = (e["time_s"] * RATE_HZ for e in events if e["stream"] == "voice")
    audible = np.flatnonzero(voice)
    assert (start, stop) == (audible[0], audible[-1] + 1)


def test_an_earlier_session_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    """The same folder may be used again; what is not of a session stays in it."""
    out = tmp_path / "out"
    arguments = [str(talk(tmp_path)), "--out", str(out)]
    assert main(arguments, load) == 0
    first = (out / "events.jsonl").read_bytes()
    (out / "timeline-7.png").touch()
    (out / "camera-000001.png").touch()
    (out / "mine.txt").write_text("keep me")
    assert main(arguments, load) == 0
    assert (out / "events.jsonl").read_bytes() == first
    assert (out / "mine.txt").read_text() == "keep me"
    assert not (out / "timeline-7.png").exists()
    assert not (out / "camera-000001.png").exists()


def test_what_is_not_of_a_session_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder with a session.wav of somebody else is refused."""
    (tmp_path / "session.wav").write_bytes(b"my song")
    assert main([str(talk(tmp_path)), "--out", str(tmp_path)], load) == 1
    assert "not from a session" in capsys.readouterr().err
    assert (tmp_path / "session.wav").read_bytes() == b"my song"


def test_the_replayed_thing_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a tape nor a sound of a session can be replayed into its own folder."""
    out = tmp_path / "out"
    assert main([str(talk(tmp_path)), "--out", str(out)], load) == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for source in (out, out / "session.wav"):
        assert main([str(source), "--out", str(out)], load) == 1
        assert "being replayed" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--out below a file is an error that names it."""
    (tmp_path / "file").touch()
    assert main([str(talk(tmp_path)), "--out", str(tmp_path / "file" / "out")], load) == 1
    assert str(tmp_path / "file" / "out") in capsys.readouterr().err


def test_a_broken_input_keeps_what_happened_until_then(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """When a file breaks in its middle, the status is 1 and the session up to there is kept."""
    noise = 0.1 * np.random.default_rng(0).standard_normal(8 * RATE_HZ)
    path = written(tmp_path / "talk.flac", noise, RATE_HZ)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4000] = bytes(4000)
    path.write_bytes(data)
    out = tmp_path / "out"
    assert main([str(path), "--out", str(out)], load) == 1
    assert "broken after" in capsys.readouterr().err
    tape = Tape(out)
    assert tape.whole
    assert 10 <= tape.turns <= 20
    assert main([str(out), "--check"], load) == 0


LIMITED = """
import resource, sys
from engine.replay.command import main
from tests.scripted import load
limit = int(sys.argv.pop(1))
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(main(sys.argv[1:], load))
"""


def limited(limit: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`aside replay` in a process whose files may not grow beyond `limit` bytes (0: as they
    like)."""
    command = [sys.executable, "-c", LIMITED, str(limit), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def assert_readable_until_full(out: Path, done: subprocess.CompletedProcess[str]) -> None:
    """The error is clear, and all that was written before it can be read."""
    assert done.returncode == 1
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    tape = Tape(out)
    assert not tape.whole
    assert tape.turns > 5
    assert len(list(tape.input_turns())) == tape.turns
    sound, _ = soundfile.read(out / "session.wav")
    assert len(sound) > 5 * TURN_SAMPLES
    assert len(tape.events) > 5


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on a file's size there")
def test_a_full_disk_is_told_and_what_was_written_stays(tmp_path: Path) -> None:
    """When the disk fills up, the status is 1, the message says so, and the files are readable."""
    out = tmp_path / "out"
    assert_readable_until_full(out, limited(200_000, str(talk(tmp_path, 20)), "--out", str(out)))


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root can mount a small disk"
)
def test_a_really_full_disk_is_told_too(tmp_path: Path) -> None:
    """The same on a file system without space."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts nothing")
    try:
        done = limited(0, str(talk(tmp_path, 20)), "--out", str(disk / "out"))
        assert_readable_until_full(disk / "out", done)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on a file's size there")
def test_a_disk_that_is_full_from_the_start_is_told(tmp_path: Path) -> None:
    """Where nothing at all can be written, nothing pretends to have been."""
    done = limited(10, str(talk(tmp_path)), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
