"""Which application is meant: by its name, by its kind, by the user's own choice of a default."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.background.tool import ToolError
from engine.background.tools.launching import LinuxLauncher
from engine.background.tools.opening import OpenApplication


def entry(folder: Path, file: str, name: str, more: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = f"[Desktop Entry]\nType=Application\nName={name}\n{more}\n[Desktop Action x]\nName=No\n"
    (folder / file).write_text(text, "utf-8")


@pytest.fixture
def launcher(tmp_path: Path) -> LinuxLauncher:
    own, system = tmp_path / "own", tmp_path / "system"
    entry(system, "fox.desktop", "Fox Web Browser", "Categories=Network;WebBrowser;")
    entry(system, "sums.desktop", "Abacus", "Categories=Utility;Calculator;")
    entry(system, "post.desktop", "Pigeon", "GenericName=Mail Reader\nCategories=Email;")
    entry(system, "hidden.desktop", "Hidden", "NoDisplay=true\nCategories=WebBrowser;")
    entry(own, "notes.desktop", "Jotter")
    entry(own, "notes2.desktop", "Jotter Two")
    return LinuxLauncher((own, system), tmp_path / "mimeapps.list")


def meant(launcher: LinuxLauncher, name: str) -> str:
    return OpenApplication(launcher).preview({"name": name})


@pytest.mark.parametrize(("said", "name"), [
    ("Jotter", "Jotter"), ("jotter two", "Jotter Two"), ("browser", "Fox Web Browser"),
    ("fox", "Fox Web Browser"), ("calculator", "Abacus"), ("mail reader", "Pigeon"),
    ("mail", "Pigeon"),
])  # fmt: skip
def test_people_need_not_know_its_whole_name(launcher: LinuxLauncher, said: str, name: str) -> None:
    """Its name, its kind, or a part that no other has; the card names what is really meant."""
    assert meant(launcher, said) == f"Start {name}."


@pytest.mark.parametrize(("said", "answer"), [
    ("jott", "say which: Jotter, Jotter Two"), ("hidden", "I find no hidden here"),
    ("terminal", "I find no terminal here"), ("\u202egpj", "‹202E›gpj"),
])  # fmt: skip
def test_what_is_not_clear_is_asked(launcher: LinuxLauncher, said: str, answer: str) -> None:
    """Several, none, or what is not meant to be started: nothing is guessed."""
    with pytest.raises(ToolError, match=answer):
        meant(launcher, said)


def test_the_users_own_choice_counts(launcher: LinuxLauncher, tmp_path: Path) -> None:
    """Of two browsers the one that opens the user's links; without a choice it asks."""
    entry(tmp_path / "own", "owl.desktop", "Owl", "Categories=WebBrowser;")
    with pytest.raises(ToolError, match="say which: Owl, Fox Web Browser"):
        meant(launcher, "browser")
    chosen = "[Added Associations]\nx-scheme-handler/https=fox.desktop;\n[Default Applications]\n"
    launcher.choices.write_text(f"{chosen}x-scheme-handler/https=owl.desktop;fox.desktop\n")
    assert meant(launcher, "browser") == "Start Owl."
