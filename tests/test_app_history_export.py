"""Conversations as files, sound and pictures that were allowed, and `aside history`."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.history import command
from app.history.database import open_history
from app.history.export import ExportError, as_srt, export
from app.history.keeping import Keeping
from app.history.keystore import Key
from app.history.moment import Moment, Talk
from app.history.sound import Sounds, tracks
from app.history.store import Store
from app.history.writer import Writer
from engine.client.events import ActEvent, Heard, Said
from tests.test_app_history import NO_KEY, Desk, words

pytestmark = pytest.mark.timeout(60)
RATE_HZ = 16_000
TALK = Talk(1, 1.7e9, 1.7e9 + 60, "a talk", 2)


def tone(seconds: float, hz: float) -> np.ndarray:
    times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return (0.5 * np.sin(2 * np.pi * hz * times)).astype(np.float32)


@pytest.fixture
def kept(tmp_path: Path) -> Desk:
    """One conversation with sound, a picture and an act."""
    desk = Desk(tmp_path / "here", Keeping(sound=True, pictures=True))
    high, low = tone(3.0, 880), tone(1.0, 220)
    for place in range(5):
        desk.book.note_sound("user", high[place * 3200 :][:3200], desk.now_s + place * 0.2)
    desk.now_s += 1.0
    desk.happen(*words("good morning"), *words("hello", Said), pause_s=0.0)
    for place in range(5, 15):
        desk.book.note_sound("user", high[place * 3200 :][:3200], desk.now_s + place * 0.2 - 1)
    for place in range(5):
        desk.book.note_sound("aside", low[place * 3200 :][:3200], desk.now_s + 4 + place * 0.2)
    desk.book.note_picture("screen", np.full((900, 1600, 3), 200, np.uint8), desk.now_s)
    desk.happen(ActEvent("point", {"label": "--> here"}))
    desk.book.flush(desk.now_s, last=True)
    return desk


def test_sound_is_put_back_where_it_was(kept: Desk, tmp_path: Path) -> None:
    """The wav has the user left and Aside right, each at its time, with what was said before
    the first word was understood."""
    store = kept.store
    export(store, store.talks()[0], tmp_path / "talk.wav", "wav")
    samples, rate_hz = soundfile.read(tmp_path / "talk.wav", dtype="float32")
    assert rate_hz == RATE_HZ
    assert samples.shape == (6 * RATE_HZ, 2)
    assert np.allclose(samples[: 3 * RATE_HZ, 0], tone(3.0, 880), atol=2e-4)
    assert not samples[3 * RATE_HZ :, 0].any()
    assert not samples[: 5 * RATE_HZ, 1].any()
    assert np.allclose(samples[5 * RATE_HZ :, 1], tone(1.0, 220), atol=2e-4)


def test_pictures_are_small(kept: Desk) -> None:
    """A picture that was allowed is kept as a thumbnail."""
    (picture,) = kept.store.pictures(1)
    assert Image.open(io.BytesIO(picture.jpeg)).size == (320, 180)
    assert len(picture.jpeg) < 20_000


def test_sound_and_pictures_are_off_until_asked_for(tmp_path: Path) -> None:
    """By default the writer takes neither, and no sample of it reaches the disk."""
    writer = Writer(tmp_path / "h.db", lambda: Keeping(), print, lambda: NO_KEY)
    writer.start()
    writer.take_sound("user", tone(1.0, 440))
    writer.take(Heard(" hello", 0, 0))
    writer.take_sound("aside", tone(1.0, 440))
    writer.take_picture("screen", np.zeros((90, 160, 3), np.uint8))
    writer.stop()
    store = Store(open_history(tmp_path / "h.db", True, lambda: NO_KEY).connection)
    assert not store.talks()[0].has_sound
    assert store.talks()[0].pictures == 0


@given(st.lists(st.tuples(st.floats(0, 3), st.integers(1, 40)), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_sound_is_lost_or_doubled(pieces: list[tuple[float, int]]) -> None:
    """Whatever the pauses between pieces, all samples come back, in order."""
    sounds, at_s, given_samples, chunks = Sounds("user"), 0.0, [], []
    for number, (pause_s, hundreds) in enumerate(pieces):
        samples = np.full(hundreds * 100, (number + 1) / 100, np.float32)
        chunks += sounds.take(samples, at_s + pause_s)
        at_s += pause_s + len(samples) / RATE_HZ
        given_samples.append(samples)
    chunks += sounds.rest()
    back = np.concatenate(list(tracks(chunks, block_s=0.5)))[:, 0]
    expected = np.round(np.concatenate(given_samples) * 32768).astype(np.int16)
    assert np.array_equal(back[back != 0], expected)


def test_what_the_computer_played_is_a_track_of_its_own(tmp_path: Path) -> None:
    """It is kept beside the two voices, and exported as a third channel, if at all."""
    for sides in (("user", "aside"), ("user", "aside", "system")):
        writer = Writer(
            tmp_path / f"{len(sides)}.db", lambda: Keeping(sound=True), print, lambda: NO_KEY
        )
        writer.start()
        writer.take(Heard(" good morning", 0, 0))
        for place, side in enumerate(sides, 1):
            writer.take_sound(side, np.full(RATE_HZ, place / 10, np.float32))
        writer.stop()
        store = Store(open_history(writer._book.path, True, lambda: NO_KEY).connection)
        export(store, store.talks()[0], tmp_path / "talk.wav", "wav")
        sound, _ = soundfile.read(tmp_path / "talk.wav")
        assert sound.shape[1] == len(sides)
        assert [round(float(track.max()), 2) for track in sound.T] == [0.1, 0.2, 0.3][: len(sides)]


@pytest.mark.parametrize("form", ["txt", "srt", "json"])
def test_words_are_exported_whole(kept: Desk, tmp_path: Path, form: str) -> None:
    """Both sides' words are in the file, and the file is complete or not there."""
    store = kept.store
    export(store, store.talks()[0], tmp_path / f"talk.{form}", form)
    text = (tmp_path / f"talk.{form}").read_text("utf-8")
    assert "good morning" in text
    assert "hello" in text
    if form == "json":
        assert json.loads(text)["lines"][-1]["detail"] == {"label": "--> here"}
    with pytest.raises(ExportError, match="nowhere"):
        export(store, store.talks()[0], tmp_path / "nowhere" / "talk.txt", form)


@given(st.text(max_size=50), st.floats(0, 1e6), st.floats(0, 100))
@settings(max_examples=100, deadline=None)
def test_subtitles_are_well_formed(text: str, at_s: float, long_s: float) -> None:
    """One block for each line, whose arrow stands only between its two times."""
    srt = as_srt(TALK, [Moment("heard", at_s, at_s + long_s, text), Moment("act", 0, 0, "x")])
    assert srt.count("-->") == 1
    begin, end = srt.splitlines()[1].split(" --> ")
    assert begin < end or len(begin) != len(end)


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kept: Desk) -> Desk:
    """`aside history` finds `kept`."""
    kept.book.close()
    monkeypatch.setattr(command, "database_file", lambda: kept.path)
    monkeypatch.setattr(command, "settings_file", lambda: tmp_path / "history.json")
    monkeypatch.setattr("app.history.store.open_history", _opened_plainly)
    return kept


def _opened_plainly(path: Path, encrypt: bool) -> object:
    return open_history(path, encrypt, lambda: Key(missing="none here"))


def _aside(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = command.main(list(arguments))
    shown = capsys.readouterr()
    return status, shown.out + shown.err


def test_the_command_finds_shows_exports_and_deletes(
    at_home: Desk, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """From the list to the last trace, each step with its exit status."""
    status, listed = _aside(capsys, "--json")
    assert status == 0
    assert json.loads(listed)["title"] == "good morning"
    status, found = _aside(capsys, "search", "hel", "morn", "--json")
    assert [json.loads(line)["text"] for line in found.splitlines()] == ["good morning", "hello"]
    assert _aside(capsys, "search", "nowhere")[0] == 1
    assert "You: good morning" in _aside(capsys, "show", "1")[1]
    assert _aside(capsys, "export", "1", "--to", str(tmp_path / "a.srt"))[0] == 0
    assert (tmp_path / "a.srt").exists()
    assert "format" in _aside(capsys, "export", "1", "--to", str(tmp_path / "a"))[1]
    assert _aside(capsys, "show", "99")[0] == 1
    assert _aside(capsys, "delete")[0] == 1
    assert _aside(capsys, "delete", "1", "--json") == (0, '{"deleted": 1}\n')
    assert _aside(capsys, "search", "morning")[0] == 1


def test_the_command_sets_what_is_kept(
    at_home: Desk, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Each wish is kept, none is undone by another, and old conversations are not forgotten."""
    assert _aside(capsys, "keep", "--days", "30", "--sound", "on")[0] == 0
    status, told = _aside(capsys, "keep", "none")
    assert status == 0
    assert "delete --all" in told
    (tmp_path / "history.json").write_text("{")
    assert "cannot be read" in _aside(capsys, "keep")[1]
    wished = _aside(capsys, "keep", "none", "--days", "30", "--sound", "on")[1]
    assert "cannot be read" not in wished
    kept = Keeping.load(tmp_path / "history.json")
    assert kept == Keeping(keep=False, days=30, sound=True)


def test_damage_met_while_reading_is_told(
    at_home: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """`aside history` on a broken file says where it lies now, and fails."""
    at_home.path.write_bytes(b"broken" * 2000)
    assert "damaged" in _aside(capsys, "list")[1]
    assert list(at_home.path.parent.glob("*damaged*.db"))
