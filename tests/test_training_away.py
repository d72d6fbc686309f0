"""Training on a borrowed machine: what is packed, what arrives, and what comes back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest
import soundfile

pytest.importorskip("av", reason="streams are packed with it")

from engine.microturn import SAMPLE_RATE_HZ
from engine.training import people
from engine.training.away import arrive, load, parts, sound
from engine.training.away.__main__ import main
from engine.training.heldout import heldout
from engine.training.vocoder.sentences import DICTIONARY
from engine.training.voices.clip import VoiceError, envelope
from engine.training.voices.roster import own_voice

pytestmark = pytest.mark.timeout(240)
ROOT = Path(__file__).resolve().parents[1]
BEEPS_S = ((0.30, 0.55), (0.90, 1.20), (1.60, 1.75))


def beeps(frequency_hz: float, loudness: float) -> np.ndarray:
    """Three bursts in two seconds: where they are is known to the sample."""
    time = np.arange(2 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    on = sum((a <= time) & (time < b) for a, b in BEEPS_S)
    return (loudness * on * np.sin(2 * np.pi * frequency_hz * time)).astype(np.float32)


def collection(folder: Path) -> Path:
    """Two sets; one recording is a test's, one speaker and one file are held out by name."""
    words = [[w, *span] for w, span in zip(("one", "two", "three"), BEEPS_S, strict=True)]
    rows = [
        {"path": f"a/{name}.wav", "speaker": speaker, "split": split, "set": "a", "words": words}
        for name, speaker, split in (
            ("first", "x", "train"), ("second", "y", "train"), ("third", "z", "test"),
        )
    ]  # fmt: skip
    named = heldout("recording")
    if named:
        set_name, file = named[0].split("/", 1)
        rows.append(
            {"path": f"{set_name}/{file}", "speaker": "x", "split": "train", "set": set_name}
        )
    if heldout("speaker"):
        rows.append({"path": "a/named.wav", "speaker": heldout("speaker")[0], "split": "train"})
    for number, row in enumerate(rows):
        row |= {"licence": "CC0", "text_norm": "one two three", "seconds": 2.0}
        path = folder / str(row["path"])
        path.parent.mkdir(parents=True, exist_ok=True)
        wave = beeps(400 + 150 * number, 0.02 * 10**number)
        soundfile.write(path, np.clip(wave, -1, 1), SAMPLE_RATE_HZ, format="WAV")
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "manifest.jsonl").write_text(lines)
    return folder


def packed(tmp_path: Path) -> Path:
    out = tmp_path / "packed"
    list(sound.pack(sound.speech(collection(tmp_path / "speech")), out / "speech", 10_000))
    return out


def test_what_is_held_out_stays_at_home(tmp_path: Path) -> None:
    """Of a collection only the training split is packed, whatever else lies beside it."""
    rows = sound.speech(collection(tmp_path / "speech"))
    assert sorted(piece.row["path"] for piece in rows) == ["a/first.wav", "a/second.wav"]
    judge = people.Recording(tmp_path, "a", (heldout("speaker") or ("",))[0], "CC0")
    if heldout("speaker"):
        with pytest.raises(AssertionError, match="held out"):
            sound._speech_row(judge)
    noise = people.Noise(tmp_path, heldout("noise")[0], "music", "CC0")
    with pytest.raises(AssertionError, match="held out"):
        sound._noise_row(noise)


def test_words_are_where_they_were(tmp_path: Path) -> None:
    """Packed and unpacked, a recording is as long as before, and its words begin where they did."""
    out = packed(tmp_path)
    assert sound.unpack(out / "speech", tmp_path / "there", processes=1) == 2
    before = people.load(tmp_path / "speech", "train")
    after = people.load(tmp_path / "there", "train")
    assert [(r.text_norm, r.words, r.speaker) for r in before] == [
        (r.text_norm, r.words, r.speaker) for r in after
    ]
    for one, other in zip(before, after, strict=True):
        level = envelope(other.audio())
        assert len(one.audio()) == len(other.audio())
        loud = np.flatnonzero(np.diff((level > 0.3 * level.max()).astype(int))) / 200
        assert np.allclose(loud, np.ravel(BEEPS_S), atol=0.015)
    sizes = [path.stat().st_size for path in (out / "speech").iterdir()]
    assert sum(sizes) < 12_000


def test_libraries_that_are_there_are_left_alone(tmp_path: Path) -> None:
    """Only what the machine lacks is put in place: its own libraries are never shadowed."""
    with tarfile.open(tmp_path / load.LIBRARIES, "w:xz") as tar:
        for name in ("libc.so.6", "libnobodyhasthis.so.3"):
            file = tmp_path / name
            file.write_bytes(b"\x7fELF")
            tar.add(file, f"lib/{name}")
    arrive._unpack_libraries(tmp_path / load.LIBRARIES, tmp_path / "to")
    assert [path.name for path in (tmp_path / "to" / "lib").iterdir()] == ["libnobodyhasthis.so.3"]


def run_of(folder: Path) -> Path:
    folder.mkdir()
    rng = np.random.default_rng(0)
    for name in parts.CHECKPOINT:
        (folder / name).write_bytes(rng.bytes(5000))
    return folder


def test_parts_make_the_whole(tmp_path: Path) -> None:
    """A checkpoint comes back bit for bit, in parts no larger than the door."""
    run, out = run_of(tmp_path / "run"), tmp_path / "out"
    for path in parts.split(run, out, part_bytes=4096):
        assert path.stat().st_size <= 4096
    again = parts.join(out, tmp_path / "again")
    for name in parts.CHECKPOINT:
        assert (again / name).read_bytes() == (run / name).read_bytes()


def test_a_damaged_part_is_named(tmp_path: Path) -> None:
    """A part that is missing or damaged is named, and nothing is written."""
    out = tmp_path / "out"
    parts.split(run_of(tmp_path / "run"), out, part_bytes=4096)
    kept = (out / "part-02").read_bytes()
    (out / "part-02").write_bytes(kept[:-1] + b"!")
    with pytest.raises(parts.PartsError, match=r"part-02 is damaged"):
        parts.join(out, tmp_path / "again")
    (out / "part-02").unlink()
    with pytest.raises(parts.PartsError, match=r"part-02 is missing"):
        parts.join(out, tmp_path / "again")
    (out / parts.LIST).unlink()
    with pytest.raises(parts.PartsError, match=r"cannot be read"):
        parts.join(out, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_from_here_to_there_and_back(tmp_path: Path) -> None:
    """Packed here, set up there, rendered, trained, interrupted, gone on with, returned, joined."""
    pytest.importorskip("torch")
    try:
        own_voice().say("one")
    except VoiceError as error:
        pytest.skip(str(error))
    out, there = packed(tmp_path), tmp_path / "there"
    load.pack_libraries(out, effort=0)
    assert main(["setup", "--packed", str(out), "--to", str(there), "--processes", "1"]) == 0
    assert (there / "words").is_file() == DICTIONARY.is_file()
    train = [
        sys.executable, "-m", "engine.training", "tiny", "--out", str(tmp_path / "run"),
        "--speech", str(there / "speech"), "--hours", "0.012", "--shard", "1", "--renderers", "2",
        "--threads", "1", "--minutes", "0.1", "--json",
    ]  # fmt: skip
    spent = []
    for until in ("1.5", "1.5"):
        command = f'. {there}/env.sh && exec "$@"'
        bare = {n: v for n, v in os.environ.items() if n not in ("LD_LIBRARY_PATH", "PYTHONPATH")}
        subprocess.run(
            ["sh", "-c", command, "sh", *train, "--until", until], cwd=ROOT, env=bare, check=True
        )
        last = (tmp_path / "run" / "log.jsonl").read_text().splitlines()[-1]
        spent.append(json.loads(last)["minutes"])
    assert 0 < spent[0] < spent[1]
    assert main(["return", "--run", str(tmp_path / "run"), "--out", str(tmp_path / "back")]) == 0
    assert main(["join", str(tmp_path / "back"), "--out", str(tmp_path / "home")]) == 0
    from engine.model.checkpoint import load_checkpoint

    assert load_checkpoint(tmp_path / "home").config.name == "tiny"
