"""`aside replay`: what it prints, and the status with which it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from test_replay_media import bad_files, sine, written

from engine.microturn import InputTurn, OutputTurn
from engine.replay.command import main
from engine.replay.media import Sound, microphone
from tests.scripted import ScriptedSession, heard, load

pytestmark = pytest.mark.timeout(60)
ROOT = Path(__file__).resolve().parents[1]
TAPES = ROOT / "assets" / "tapes"
RATE_HZ = 16_000


def talk(folder: Path) -> str:
    return str(written(folder / "talk.wav", sine(440, 1.0, RATE_HZ), RATE_HZ))


@pytest.mark.parametrize("damage", ["missing", "empty", "garbage"])
def test_a_bad_checkpoint_ends_with_status_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    """A checkpoint that is missing or damaged is named on standard error, without a traceback."""
    checkpoint = tmp_path / "checkpoint"
    if damage != "missing":
        checkpoint.mkdir()
    if damage == "garbage":
        for name in ("config.json", "model.safetensors", "tokenizer.json"):
            (checkpoint / name).write_bytes(b"\x07garbage")
    assert main([talk(tmp_path), "--model", str(checkpoint), "--json"]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith("aside replay: ")
    assert str(checkpoint) in printed.err
    assert printed.out == ""


def test_json_prints_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line is one event: turn, time_s, stream, and what the stream has besides."""
    arguments = [talk(tmp_path), "--text", "0.4:hello there", "--text", "1.0:act ring", "--json"]
    assert main(arguments, load) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    besides = {
        "heard": {"text"}, "say": {"text"}, "voice": {"state"}, "act": {"name", "arguments"},
    }  # fmt: skip
    assert {event["stream"] for event in events} == set(besides)
    for event in events:
        assert set(event) == {"turn", "time_s", "stream"} | besides[event["stream"]]
        if event["stream"] != "voice":
            assert event["time_s"] == pytest.approx(0.2 * (event["turn"] + 1))
    said = [event["text"] for event in events if event["stream"] == "say"]
    assert said == ["hello", "there"]


def test_people_see_both_sides_with_their_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --json the words stand in two columns with their times, and a summary follows."""
    assert main([talk(tmp_path), "--text", "2.0:hello", "--text", "4.0:act ring"], load) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(re.search(r"^ *0\.2 +hz440 .*hz440", line) for line in lines)
    assert any(re.search(r"2\.2 +⌨ hello +2\.2 +hello", line) for line in lines)
    assert any(re.search(r"4\.2 +→ ring\(\)", line) for line in lines)
    assert any("heard 5 words · said 1 word · spoke 0.2 s · 1 act" in line for line in lines)


def test_the_same_seed_gives_the_same_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two replays with one seed are one replay; another seed has another noise floor."""
    printed = []
    for seed in ("1", "1", "2"):
        arguments = [talk(tmp_path), "--text", "2.0:digest", "--seed", seed, "--json"]
        assert main(arguments, load) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1] != printed[2]


@pytest.mark.parametrize("kind", [
    "no such file", "empty (0 bytes)", "not a sound or video file", "holds no sound",
    "a folder", "no sound in it", "cannot carry speech",
])  # fmt: skip
def test_bad_input_ends_with_status_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """A bad file is one line on standard error with its name, and status 1."""
    path = bad_files(tmp_path)[kind]
    assert main([str(path), "--json"], load) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith(f"aside replay: {path}")
    assert len(printed.err.splitlines()) == 1


def test_a_bad_file_is_told_before_the_session_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of several files, one that cannot be opened stops the replay before its first event."""
    missing = tmp_path / "missing.wav"
    assert main([talk(tmp_path), str(missing), "--json"], load) == 1
    assert main([talk(tmp_path), "--camera", str(missing), "--json"], load) == 1
    assert capsys.readouterr().out == ""


def test_an_hour_of_silence_is_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is read to its end, nothing happens, and that is no error."""
    path = written(tmp_path / "hour.flac", np.zeros((3600 * RATE_HZ, 1)), RATE_HZ, "PCM_16")
    assert main([str(path), "--json"], load) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == ""


@pytest.mark.timeout(600)
def test_silence_is_nothing_to_the_shipped_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nobody speaks it hears, says and does nothing: five minutes of it, with ASIDE_LONG=1 an
    hour."""
    seconds = 3600 if os.environ.get("ASIDE_LONG") else 300
    path = written(tmp_path / "quiet.flac", np.zeros((seconds * RATE_HZ, 1)), RATE_HZ, "PCM_16")
    assert main([str(path), "--json"]) == 0
    assert capsys.readouterr().out == ""


def test_odd_sound_is_told_and_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """NaN, clipping, rates and channels are told on standard error, and the job is done."""
    wave = np.repeat(5 * sine(440, 1.0, 44_100), 8, axis=1)
    wave[100] = np.nan
    path = written(tmp_path / "odd.wav", wave, 44_100, "FLOAT")
    assert main([str(path), "--json"], load) == 0
    told = capsys.readouterr().err
    for note in ("44100 Hz", "8 channels", "8 samples that are no numbers", "clipped"):
        assert f"odd.wav: {note}" in told


@pytest.mark.parametrize(
    "arguments",
    [[], ["--check"], ["--speed", "slow", "x.wav"], ["--seed", "x", "x.wav"], ["x.wav", "--check"]],
)
def test_wrong_usage_ends_with_status_two(arguments: list[str]) -> None:
    """What makes no sense is refused with status 2 before anything is loaded."""
    with pytest.raises(SystemExit) as ended:
        main(arguments, lambda _: pytest.fail("nothing should be loaded"))
    assert ended.value.code == 2


def test_a_tape_takes_no_further_input(tmp_path: Path) -> None:
    """A tape brings all its inputs: to add some is wrong usage."""
    assert main([talk(tmp_path), "--out", str(tmp_path / "out")], load) == 0
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path / "out"), "--text", "0:hello"], load)
    assert ended.value.code == 2


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """--help shows how to use it."""
    with pytest.raises(SystemExit) as ended:
        main(["--help"], load)
    assert ended.value.code == 0
    assert "aside replay talk.wav" in capsys.readouterr().out


class _Failing(ScriptedSession):
    def step(self, turn: InputTurn) -> OutputTurn:
        if turn.index == 7:
            raise KeyboardInterrupt
        return super().step(turn)


class _FailingEngine:
    name = "failing"

    def session(self, seed: int = 0) -> ScriptedSession:
        return _Failing(seed)


def test_an_interrupted_replay_keeps_what_happened(tmp_path: Path) -> None:
    """Ctrl-C ends a session; what was kept until then is a whole tape."""
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        main([talk(tmp_path), "--text", "3:later", "--out", str(out)], lambda _: _FailingEngine())
    assert main([str(out), "--check"], load) == 0
    assert soundfile.info(out / "session.wav").frames == 7 * 3200


@pytest.mark.parametrize("json_too", [True, False])
def test_any_letters_are_printed_anywhere(tmp_path: Path, json_too: bool) -> None:
    """Where the terminal knows ASCII only, JSON is UTF-8 and everything else is spelled out."""
    code = (
        "import sys; from engine.replay.command import main; from tests.scripted import load\n"
        "sys.exit(main(sys.argv[1:], load))"
    )
    arguments = ["--text", "0:grün \x1b[2J 見", *(["--json"] if json_too else [])]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    if json_too:
        events = [json.loads(line) for line in done.stdout.decode().splitlines()]
        assert events[0]["text"] == "grün"
    else:
        assert rb"gr\xfcn" in done.stdout
        assert b"\x1b[2J" not in done.stdout


def test_real_time_takes_its_time(tmp_path: Path) -> None:
    """At --speed real, 0.2 s of input and 3 s of tail last 3.2 s, and never less."""
    path = written(tmp_path / "short.wav", sine(440, 0.2, RATE_HZ), RATE_HZ)
    code = (
        "import sys, time\n"
        "from engine.replay.command import main\n"
        "from tests.scripted import load\n"
        "began = time.monotonic()\n"
        "status = main([sys.argv[1], '--speed', 'real', '--json'], load)\n"
        "print(time.monotonic() - began, file=sys.stderr)\n"
        "sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
    )  # fmt: skip
    assert float(done.stderr.split()[-1]) > 3.1


def test_the_demo_is_real_speech_where_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    """demo.json names every clip with its licence, and sound lies where its words are."""
    demo = json.loads((TAPES / "demo.json").read_text())
    wave = np.concatenate(list(microphone([Sound(TAPES / "demo.flac")])))
    licences = (TAPES / "LICENSES.md").read_text()
    for clip in demo["clips"]:
        assert clip["source"].split(":")[0] in licences
        assert " ".join(word for word, _, _ in clip["words"]) == clip["text"]
        for _, start_s, end_s in clip["words"]:
            assert wave[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)].std() > 0.005
    assert heard(wave[:3200]) == ""
    arguments = [argument.replace("{tapes}", str(TAPES)) for argument in demo["arguments"]]
    assert main(arguments, load) == 0
    assert "add up what i say" in capsys.readouterr().out


def test_the_demo_is_held_out() -> None:
    """Nobody in the demo is somebody whom the model was trained on."""
    named = json.dumps(json.loads((ROOT / "engine" / "training" / "heldout.json").read_text()))
    for clip in json.loads((TAPES / "demo.json").read_text())["clips"]:
        assert f'"{clip["speaker"]}"' in named
