"""`aside uninstall` in a source tree: what is deleted, what stays, and which keys go."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from app.do import NotRunning
from engine.background import keys as mind_keys
from engine.background import tool_keys
from engine.background.mind_settings import MindSettings
from engine.client.models import choice
from engine.client.models import keys as model_keys
from installers import uninstall

HOME = ("config", "data", "state", "cache")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """This user's folders of Aside, each with something in it; another program's is beside."""
    places = {kind: tmp_path / kind / "aside" for kind in HOME}
    for kind, place in places.items():
        place.mkdir(parents=True)
        (place / "kept.txt").write_text("mine")
        (place.parent / "other").mkdir()
        monkeypatch.setattr(platformdirs, f"user_{kind}_path", lambda *_, place=place, **__: place)
    monkeypatch.setattr(uninstall, "running_folder", lambda: tmp_path / "runtime")
    monkeypatch.setattr(uninstall, "ring", not_running)
    monkeypatch.setattr(choice, "file", lambda: places["config"] / "models.json")
    return places


def not_running(_: str) -> str:
    raise NotRunning


class Store:
    """A key store in memory."""

    def __init__(self) -> None:
        self.keys = {
            ("aside", "history"): "1",
            ("aside", "office"): "2",
            ("aside mind", "https://mind.example"): "3",
            ("aside mind", "https://before.example"): "5",
            ("aside mind", "addresses"): "https://before.example https://mind.example",
            ("aside tools", "search.brave"): "6",
            ("other program", "history"): "4",
        }

    def get_password(self, service: str, username: str) -> str | None:
        return self.keys.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.keys[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.keys[service, username]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    made = Store()
    for module in (mind_keys, model_keys, tool_keys, uninstall):
        monkeypatch.setattr(module, "find_store", lambda: made)
    return made


@pytest.mark.usefixtures("store")
def test_the_data_stays_unless_asked(home: dict[str, Path]) -> None:
    """Without --delete-data nothing of the user's is touched."""
    assert uninstall.main(["--yes"]) == 0
    assert all((place / "kept.txt").exists() for place in home.values())


def test_asked_for_all_of_it_goes(home: dict[str, Path], store: Store) -> None:
    """Every folder of Aside's goes, with its keys; other programs' folders and keys stay."""
    office = choice.Remote("office", "aside", "wss://office.example", key="store")
    choice.save(choice.Choices((office,)))
    MindSettings(url="https://mind.example/v1").save()
    assert uninstall.main(["--delete-data", "--yes"]) == 0
    assert not any(place.exists() for place in home.values())
    assert all((place.parent / "other").exists() for place in home.values())
    assert store.keys == {("other program", "history"): "4"}


def test_a_key_store_that_is_locked_keeps_the_data(
    home: dict[str, Path], store: Store, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Settings say whose keys there are: while the keys cannot go, they stay, and that is said."""

    def locked(*_: str) -> None:
        raise OSError("locked")

    monkeypatch.setattr(store, "delete_password", locked)
    assert uninstall.main(["--delete-data", "--yes"]) == 1
    told = capsys.readouterr().err
    assert "history, language models, search.brave" in told
    assert "Unlock the key store" in told
    assert all((place / "kept.txt").exists() for place in home.values())


@pytest.mark.usefixtures("store")
def test_damaged_settings_go_and_what_they_hid_is_said(
    home: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    choice.file().write_text("{")
    assert uninstall.main(["--delete-data", "--yes"]) == 0
    assert "models.json is damaged" in capsys.readouterr().err
    assert not any(place.exists() for place in home.values())


@pytest.mark.parametrize("answer", ["", "n", "maybe", None])
def test_only_a_yes_is_a_yes(
    answer: str | None, home: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anything else, and nobody there to answer, changes nothing and is no success."""

    def asked(_: str) -> str:
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", asked)
    assert uninstall.main(["--delete-data"]) == 1
    assert all((place / "kept.txt").exists() for place in home.values())


def test_a_running_aside_is_quit_first(
    home: dict[str, Path], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked to quit; one that does not go keeps its data, which it would write anew."""
    monkeypatch.setattr(uninstall, "QUITS_WITHIN_S", 0.3)
    rung = []
    monkeypatch.setattr(uninstall, "ring", lambda name: rung.append(name) or "")
    assert uninstall.main(["--delete-data", "--yes"]) == 1
    assert set(rung) == {"quit"}
    assert all((place / "kept.txt").exists() for place in home.values())
    assert store.keys["aside", "history"] == "1"
