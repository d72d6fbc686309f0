"""Settings: one schema, of which file, command line and migration are readings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.history.keeping import Keeping
from app.settings import schema
from app.settings.migration import VERSION
from app.settings.schema import SETTINGS
from app.settings.setting import Unfit
from app.settings.store import Settings
from tests.desktop import ROOT

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def aside(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder), "PYTHONPATH": str(ROOT),
                   "XDG_RUNTIME_DIR": str(folder)}  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "app.cli", "settings", *words],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_every_default_fits_its_own_setting():
    """The schema contradicts itself nowhere: ids are unique and defaults are in range."""
    assert len({one.id for one in SETTINGS}) == len(SETTINGS)
    for one in SETTINGS:
        assert one.check(one.default) == one.default
        assert one.words
        assert one.kind.range


def test_only_what_was_changed_is_written(path: Path):
    """A default that changes in a later version reaches whoever never touched that setting."""
    settings = Settings(path)
    settings.change(schema.CAPTION_PIXELS, 30)
    assert json.loads(path.read_text()) == {"version": VERSION, "settings": {"captions.size": 30}}
    settings.reset(schema.CAPTION_PIXELS)
    assert json.loads(path.read_text())["settings"] == {}


@pytest.mark.parametrize("value", [15, 49, "30", 30.5, True, None])
def test_what_does_not_fit_is_refused_and_changes_nothing(path: Path, value: object):
    """A value outside its range is refused with the name and the range."""
    settings = Settings(path)
    with pytest.raises(Unfit, match=r"captions\.size is .*16 to 48"):
        settings.change(schema.CAPTION_PIXELS, value)
    assert settings[schema.CAPTION_PIXELS] == 27
    assert not path.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": "new"}', '{"settings": {}}'])
def test_a_damaged_file_is_set_aside_and_said(path: Path, text: str):
    """What cannot be read counts as defaults, is kept for its owner, and is told of."""
    path.write_text(text)
    settings = Settings(path)
    assert settings[schema.CAPTION_PIXELS] == 27
    assert "damaged" in settings.problem
    kept = path.with_name("settings.damaged.json")
    assert kept.read_text() == text
    assert str(kept) in settings.problem
    settings.change(schema.CAPTION_PIXELS, 30)
    assert Settings(path)[schema.CAPTION_PIXELS] == 30


def test_one_bad_value_costs_only_itself(path: Path):
    """The other settings of the file hold; the bad one is named."""
    values = {"captions.size": 9000, "voice.mode": "quiet"}
    path.write_text(json.dumps({"version": 1, "settings": values}))
    settings = Settings(path)
    assert (settings[schema.CAPTION_PIXELS], settings[schema.MODE]) == (27, "quiet")
    assert "captions.size" in settings.problem


def test_what_the_first_window_remembered_is_carried_over(path: Path):
    """window.json of the first version becomes today's settings."""
    old = {"microphone": "Lamp", "speaker": None, "echo_cancellation": False,
           "caption_pixels": 33, "position": [10, 20]}  # fmt: skip
    path.with_name("window.json").write_text(json.dumps(old))
    settings = Settings(path)
    assert settings[schema.MICROPHONE] == "Lamp"
    assert settings[schema.ECHO_CANCELLATION] is False
    assert (settings[schema.CAPTION_PIXELS], settings[schema.POSITION]) == (33, (10, 20))
    settings.change(schema.CAPTION_PIXELS, 34)
    assert Settings(path)[schema.MICROPHONE] == "Lamp"


def test_settings_of_a_newer_version_survive_an_older_one(path: Path):
    """What this version does not know stays in the file."""
    path.write_text(json.dumps({"version": VERSION + 1, "settings": {"future.thing": [1]}}))
    settings = Settings(path)
    assert settings.problem == ""
    settings.change(schema.MODE, "quiet")
    assert json.loads(path.read_text())["settings"]["future.thing"] == [1]


def test_two_who_write_do_not_undo_each_other(path: Path):
    """A change writes one setting, not the state of everything when the program started."""
    window, terminal = Settings(path), Settings(path)
    terminal.change(schema.MODE, "typed")
    window.change(schema.CAPTION_PIXELS, 30)
    assert (Settings(path)[schema.MODE], Settings(path)[schema.CAPTION_PIXELS]) == ("typed", 30)


def test_a_reload_tells_of_what_differs_and_of_nothing_else(path: Path):
    """Watchers hear each changed setting once."""
    settings, other, heard = Settings(path), Settings(path), []
    settings.watch(lambda one: heard.append(one.id))
    other.change(schema.MODE, "quiet")
    settings.reload()
    settings.reload()
    assert heard == ["voice.mode"]
    assert settings[schema.MODE] == "quiet"


def test_a_disk_that_refuses_is_said_and_the_change_holds(tmp_path: Path):
    """What cannot be kept takes effect for now, with a sentence, and no half file is left."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    settings = Settings(blocked / "settings.json")
    settings.change(schema.CAPTION_PIXELS, 30)
    assert settings[schema.CAPTION_PIXELS] == 30
    assert "cannot be kept" in settings.problem
    if Path("/dev/full").exists():
        (tmp_path / "settings.new").symlink_to("/dev/full")
        full = Settings(tmp_path / "settings.json")
        full.change(schema.CAPTION_PIXELS, 30)
        assert "cannot be kept" in full.problem
        assert Settings(tmp_path / "settings.json")[schema.CAPTION_PIXELS] == 27


def test_what_holds_for_once_is_never_written(path: Path):
    """An option of the command line counts for this run; only what the user changes is kept."""
    settings = Settings(path, once={"sound.microphone": "Lamp"})
    assert settings[schema.MICROPHONE] == "Lamp"
    settings.change(schema.CAPTION_PIXELS, 30)
    assert Settings(path)[schema.MICROPHONE] is None


def test_the_command_line_sets_gets_and_lists(tmp_path: Path):
    """`aside settings` reads and writes what the page does, in words and as JSON."""
    assert aside(tmp_path, "set", "voice.mode", "quiet").returncode == 0
    assert aside(tmp_path, "get", "voice.mode").stdout.strip() == "quiet"
    rows = [json.loads(row) for row in aside(tmp_path, "list", "--json").stdout.splitlines()]
    assert [row["id"] for row in rows] == [one.id for one in SETTINGS]
    assert next(row for row in rows if row["id"] == "voice.mode")["value"] == "quiet"
    assert aside(tmp_path, "reset", "voice.mode").returncode == 0
    assert aside(tmp_path, "get", "voice.mode").stdout.strip() == "full"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("set", "captions.size", "9"), 1, "16 to 48"),
        (("set", "keys.mute", "M"), 1, "needs Ctrl"),
        (("set", "keys.mute", "Ctrl+Alt+Banana"), 1, "'Banana' is no key"),
        (("set", "no.such", "1"), 2, "no.such"),
    ],
)
def test_the_command_line_says_what_would_fit(tmp_path: Path, words, status: int, said: str):
    """A value that does not fit: a sentence with what does, and a status that is not 0."""
    done = aside(tmp_path, *words)
    assert (done.returncode, said in done.stderr) == (status, True), done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_kept_has_one_truth(tmp_path: Path):
    """Settings and `aside history keep` write the same file: each sees what the other changed."""
    settings, told = Settings(tmp_path / "settings.json"), []
    settings.watch(lambda which: told.append(which.id))
    assert settings[schema.HISTORY_DAYS] == 0
    settings.change(schema.HISTORY_DAYS, 30)
    settings.change(schema.HISTORY_SOUND, True)
    assert told == ["history.days", "history.sound"]
    kept = Keeping.load(tmp_path / "history.json")
    assert kept == Keeping(days=30, sound=True)
    assert not (tmp_path / "settings.json").exists()
    replace(kept, keep=False).save(tmp_path / "history.json")
    assert Settings(tmp_path / "settings.json")[schema.HISTORY_KEPT] is False
    settings.reset(schema.HISTORY_DAYS)
    assert Keeping.load(tmp_path / "history.json").days == 0
    with pytest.raises(Unfit):
        settings.change(schema.HISTORY_DAYS, -1)


def test_a_file_that_cannot_be_read_for_a_moment_is_not_written_over(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What was chosen stays, in the file and in the program; the change holds for now."""
    settings, heard = Settings(path), []
    settings.change(schema.MICROPHONE, "Lamp")
    before = path.read_text()
    settings.watch(lambda one: heard.append(one.id))

    def refused(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refused)
    settings.change(schema.CAPTION_PIXELS, 31)
    monkeypatch.undo()
    assert "cannot be read" in settings.problem
    assert (settings[schema.MICROPHONE], settings[schema.CAPTION_PIXELS]) == ("Lamp", 31)
    assert path.read_text() == before
    assert heard == [schema.CAPTION_PIXELS.id]
    settings.change(schema.CAPTION_PIXELS, 32)
    assert Settings(path)[schema.MICROPHONE] == "Lamp"


def test_what_another_wrote_counts_and_is_told(path: Path):
    """A change reads the file again, and whoever watches learns of all that is different."""
    window, terminal, heard = Settings(path), Settings(path), []
    window.watch(lambda one: heard.append(one.id))
    terminal.change(schema.MODE, "typed")
    window.change(schema.CAPTION_PIXELS, 30)
    assert sorted(heard) == sorted([schema.MODE.id, schema.CAPTION_PIXELS.id])
