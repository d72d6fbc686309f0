"""What is held out is named in one file, and training never meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from engine.evaluation.skills import TOOLKITS
from engine.training.heldout import FILE, heldout, heldout_templates, is_heldout
from engine.training.people import MediaDirectoryError, load, noises, rooms
from engine.training.scenes.basics import remark, template
from engine.training.scenes.phrases import TEMPLATES
from engine.training.scenes.stage import Stage
from engine.training.voices import Clip, own_voice, roster
from engine.training.voices.espeak import EspeakVoice

pytestmark = pytest.mark.timeout(60)

PEOPLE = FILE.parents[2] / "assets" / "people"
TONE = (0.3 * np.sin(np.arange(16_000) * 0.1)).astype(np.float32)


def write_manifest(folder: Path, rows: list[dict[str, Any]]) -> None:
    """A manifest and a second of sound for each of its paths: silence, a tone, silence."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n")
    wave = np.zeros(16_000, np.float32)
    wave[4_800:9_600] = TONE[:4_800]
    for row in rows:
        path = folder / row["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, wave, 16_000, format="FLAC")


def person(path: str, speaker: str | None, split: str, **more: Any) -> dict[str, Any]:
    return {"path": path, "speaker": speaker, "split": split, "licence": "CC0-1.0"} | more


def test_the_rosters_share_no_voice() -> None:
    """No held-out family, throat, accent or speaker trains, and every held-out voice is named."""
    for voice in roster("train"):
        assert not is_heldout("family", voice.family)
        if isinstance(voice, EspeakVoice):
            assert not is_heldout("espeak variant", voice.variant)
            assert not is_heldout("espeak accent", voice.accent)
        assert not any(name in voice.name for name in heldout("synthetic speaker"))
    for voice in roster("heldout"):
        named = is_heldout("family", voice.family)
        if isinstance(voice, EspeakVoice):
            named = is_heldout("espeak variant", voice.variant)
        assert named, voice.name


def test_nobody_speaks_with_the_own_voice() -> None:
    """The teacher of the model's voice is never a user's or a bystander's."""
    users = {voice.name for split in ("train", "heldout") for voice in roster(split)}
    assert own_voice().name not in users
    assert not any("slt" in name for name in users)


def test_no_template_trains_and_judges() -> None:
    """Every scene with templates has held-out ones, and none is among those it trains on."""
    trained = {text for texts in TEMPLATES.values() for text in texts}
    assert not trained & set(heldout("template"))
    for scene in TEMPLATES:
        assert heldout_templates(scene), scene


@pytest.mark.parametrize("kind", sorted(TEMPLATES))
def test_a_small_word_makes_no_held_out_sentence(kind: str) -> None:
    """Training puts words before and after its sentences and makes some up: what comes out is held
    out as little. Evaluation's are all held out."""
    stage = Stage(kind, Nobody(), np.random.default_rng(0))
    never = set(heldout_templates(kind))
    said = {template(stage, kind, "train") for _ in range(600)}
    said |= {remark(stage, "train") for _ in range(600)} if kind == "talk" else set()
    assert not said & never
    assert {template(stage, kind, "heldout") for _ in range(60)} == never


class Nobody:
    """A cast for what is written and never said."""

    def user(self, text: str) -> Clip:
        raise NotImplementedError

    other = own = user


def test_no_toolkit_trains_and_judges() -> None:
    """What draws training's screens is not held out, and evaluation has screens by all that are:
    no module of training imports one of them."""
    modules = {"tk": "tkinter"}
    assert set(heldout("toolkit")) == set(TOOLKITS) == set(modules)
    for path in FILE.parent.rglob("*.py"):
        assert not any(module in path.read_text("utf-8") for module in modules.values()), path


def test_a_scene_nobody_named_is_an_error() -> None:
    """Forgetting to hold templates out is told, not passed over."""
    with pytest.raises(KeyError, match="names no templates"):
        heldout_templates("no such scene")
    with pytest.raises(ValueError, match="no such kind"):
        is_heldout("no such kind", "x")  # type: ignore[arg-type]


def test_every_name_is_held_out_once() -> None:
    """The file names a balanced part of each kind, sorted, without repetition."""
    named = json.loads(FILE.read_text())
    for key, names in named.items():
        if isinstance(names, list):
            assert len(set(names)) == len(names), key
    assert len(heldout("room")) == 2
    assert sum("/lb_" in noise for noise in heldout("noise")) >= 2
    assert len(heldout("noise")) >= 7
    assert len(heldout("speaker")) >= 60


def test_held_out_people_never_train(tmp_path: Path) -> None:
    """Held out are the split `test`, the named speakers, and the named recordings of the rest."""
    speaker, recording = heldout("speaker")[0], heldout("recording")[0]
    rows = [
        person("a/1.flac", "free", "train", set="a"),
        person("a/2.flac", "free", "test", set="a"),
        person("a/3.flac", speaker, "train", set="a"),
        person(recording, "free", "train", set=recording.split("/")[0]),
    ]
    write_manifest(tmp_path, rows)
    train = {item.path.relative_to(tmp_path).as_posix() for item in load(tmp_path, "train")}
    judging = {item.path.relative_to(tmp_path).as_posix() for item in load(tmp_path, "heldout")}
    assert train == {"a/1.flac"}
    assert judging == {row["path"] for row in rows} - train


def test_the_people_who_come_along_never_train() -> None:
    """Whose digits lie in assets/people, and judge, is held out by name: `digits-NUMBER`."""
    clips = json.loads((PEOPLE / "digits.json").read_text("utf-8"))
    assert len(clips) == len(list(PEOPLE.glob("*.opus"))) == 8
    for clip in clips:
        number = Path(clip["file"]).stem.removeprefix("digits-")
        assert is_heldout("speaker", f"alnum-{number}"), clip["file"]


def test_sets_without_a_manifest_above_them_are_read_one_by_one(tmp_path: Path) -> None:
    """A directory of sets gives what the sets hold, under their names."""
    write_manifest(tmp_path / "one", [person("1.flac", "s1", "train")])
    write_manifest(tmp_path / "two", [person("2.flac", None, "train")])
    found = load(tmp_path, "train")
    assert [(item.set, item.speaker) for item in found] == [("one", "s1"), ("two", "two-unknown")]
    assert all(len(item.audio()) == 16_000 for item in found)


def test_words_are_those_of_the_manifest(tmp_path: Path) -> None:
    """Known word times come with the clip; without any, only a single word can be timed."""
    known = [["seven", 0.3, 0.6]]
    rows = [
        person("1.flac", "s", "train", text_norm="seven", words=known),
        person("2.flac", "s", "train", text_norm="seven"),
        person("3.flac", "s", "train", text_norm="seven eight"),
    ]
    write_manifest(tmp_path, rows)
    timed, single, untimed = load(tmp_path, "train")
    assert [(w.text, w.start_s, w.end_s) for w in timed.clip().words] == [("seven", 0.3, 0.6)]
    (word,) = single.clip().words
    assert word.start_s == pytest.approx(0.3, abs=0.01)
    assert word.end_s == pytest.approx(0.6, abs=0.01)
    assert not untimed.timed
    with pytest.raises(ValueError, match="no word times"):
        untimed.clip()


def test_other_rates_and_channels_become_16_khz_mono(tmp_path: Path) -> None:
    """Whatever soundfile reads is resampled and mixed down."""
    write_manifest(tmp_path, [person("1.flac", "s", "train")])
    soundfile.write(tmp_path / "1.flac", np.stack([TONE] * 2, 1), 48_000, format="FLAC")
    (item,) = load(tmp_path, "train")
    audio = item.audio()
    assert audio.dtype == np.float32
    assert audio.shape == (5_333,)


def test_held_out_noises_and_rooms_never_train(tmp_path: Path) -> None:
    """Noises and room responses part by name; responses are not noises."""
    paths = {
        "noise": ["audio/free.flac", heldout("noise")[0]],
        "rir": ["rir/free.flac", heldout("room")[0]],
    }
    rows = [
        {"path": path, "kind": "rir" if kind == "rir" else "environment", "licence": "MIT"}
        for kind, both in paths.items()
        for path in both
    ]
    write_manifest(tmp_path, rows)
    assert [noise.name for noise in noises(tmp_path, "train")] == paths["noise"][:1]
    assert [noise.name for noise in noises(tmp_path, "heldout")] == paths["noise"][1:]
    assert [response.name for response in rooms(tmp_path, "train")] == paths["rir"][:1]
    assert [response.name for response in rooms(tmp_path, "heldout")] == paths["rir"][1:]
    assert len(noises(tmp_path, "train")[0].audio()) == 16_000


def test_a_directory_that_is_not_one_is_told(tmp_path: Path) -> None:
    """Absent, empty and broken directories are errors that say what to give instead."""
    for call in (load, noises, rooms):
        with pytest.raises(MediaDirectoryError, match=r"manifest\.jsonl"):
            call(tmp_path / "absent", "train")
    (tmp_path / "manifest.jsonl").write_text("{not json\n")
    with pytest.raises(MediaDirectoryError, match="JSON lines"):
        load(tmp_path, "train")


def test_a_recording_that_cannot_be_decoded_is_told(tmp_path: Path) -> None:
    """Loading is lazy; the broken file is named when it is asked for."""
    write_manifest(tmp_path, [person("1.flac", "s", "train")])
    (tmp_path / "1.flac").write_bytes(b"not sound")
    (item,) = load(tmp_path, "train")
    with pytest.raises(MediaDirectoryError, match=r"1\.flac cannot be decoded"):
        item.audio()
