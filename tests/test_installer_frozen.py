"""The recipes for Windows and macOS, as far as they can be held without either system."""

from __future__ import annotations

import ast
import configparser
import pkgutil
import plistlib
import re
import subprocess
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.cli import COMMANDS, DESKTOP
from installers import freeze, package
from installers.faults import SetUpError

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = ("engine.training", "engine.evaluation")  # making models needs the source


@dataclass
class Recipe:
    """What the spec asks PyInstaller for."""

    scripts: list[str] = field(default_factory=list)
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)

    def step(self, name: str) -> Callable[..., types.SimpleNamespace]:
        def take(*given: Any, **named: Any) -> types.SimpleNamespace:
            if name == "Analysis":
                self.scripts = list(given[0])
            self.asked[name] = named
            return types.SimpleNamespace(pure=[], scripts=[], binaries=[], datas=[])

        return take


def modules_of(room: str, filter: Callable[[str], bool]) -> list[str]:
    found = pkgutil.walk_packages([str(ROOT / room)], f"{room}.", onerror=lambda _: None)
    return [room, *(one.name for one in found if filter(one.name))]


def recipe_for(system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recipe:
    """The spec, really carried out, with stand-ins for PyInstaller's own words."""
    hooks = types.ModuleType("PyInstaller.utils.hooks")
    hooks.collect_submodules = modules_of  # type: ignore[attr-defined]
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, "PyInstaller.utils.hooks", hooks)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(sys, "path", list(sys.path))
    keys = tmp_path / "release.pub"
    keys.write_text("")
    monkeypatch.setenv("ASIDE_RELEASE_KEYS", str(keys))
    recipe = Recipe()
    words = {name: recipe.step(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}
    words |= {"SPECPATH": str(freeze.PARTS), "workpath": str(tmp_path)}  # type: ignore[dict-item]
    exec(compile(freeze.SPEC.read_text("utf-8"), str(freeze.SPEC), "exec"), words)
    return recipe


@pytest.fixture(params=["win32", "darwin"])
def recipe(request: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recipe:
    return recipe_for(request.param, tmp_path, monkeypatch)


def test_every_file_it_names_is_there(recipe: Recipe) -> None:
    """The program to start, all data, the icon and the entitlements exist."""
    analysis, program = recipe.asked["Analysis"], recipe.asked["EXE"]
    files = [*recipe.scripts, *(source for source, _ in analysis["datas"])]
    files += [program["icon"], program["entitlements_file"]]
    assert len(files) == 8
    assert [file for file in files if not Path(file).exists()] == []
    plistlib.loads(Path(program["entitlements_file"]).read_bytes())


def test_data_lies_where_the_code_looks(recipe: Recipe) -> None:
    """Inside the frozen program each file is where its module expects it."""
    places = {place for _, place in recipe.asked["Analysis"]["datas"]}
    assert {"assets", "installers", "installers/locks", "engine/client/models"} <= places


def test_every_command_is_inside(recipe: Recipe) -> None:
    """Commands are loaded by name, which PyInstaller cannot see: each is named to it."""
    named = recipe.asked["Analysis"]["hiddenimports"]
    targets = {command.target.split(":")[0] for command in (DESKTOP, *COMMANDS)}
    assert {one for one in targets if not one.startswith(LEFT_OUT)} <= set(named)
    assert not any(one.startswith(LEFT_OUT) for one in named)
    ours = [one for one in named if one.split(".")[0] in ("app", "engine", "installers")]
    lost = [one for one in ours if not module_file(one).exists()]
    assert not lost


def module_file(module: str) -> Path:
    place = ROOT / module.replace(".", "/")
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def test_every_helper_is_inside(recipe: Recipe) -> None:
    """Whatever the app and the client start as a child is named to PyInstaller too."""
    named = set(recipe.asked["Analysis"]["hiddenimports"])
    started = set()
    for path in [*(ROOT / "app").rglob("*.py"), *(ROOT / "engine/client").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "child.command":
                started.add(ast.literal_eval(node.args[0]))
    assert {"engine.server", "app.hotkeys.helper", "app.sound.portaudio"} <= started
    wanted = {module for module in started if not module.startswith(LEFT_OUT)}
    assert wanted <= named


def test_macos_says_why_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a sentence for each device macOS ends the program that opens it."""
    asked = recipe_for("darwin", tmp_path, monkeypatch).asked["BUNDLE"]
    reasons = asked["info_plist"]
    assert {"NSMicrophoneUsageDescription", "NSCameraUsageDescription"} <= set(reasons)
    assert "BUNDLE" not in recipe_for("win32", tmp_path, monkeypatch).asked


@pytest.mark.parametrize("arguments", [["--version"], ["-P", "-m", "app.cli", "--version"]])
def test_a_frozen_program_is_its_own_python(arguments: list[str]) -> None:
    """Started plainly it is `aside`; started with -m it runs that module, as its children need."""
    entry = str(freeze.PARTS / "entry.py")
    code = f"import runpy, sys; runpy.run_path({entry!r}, None, '__main__')"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("aside ")


def inno_setup() -> configparser.RawConfigParser:
    """setup.iss as sections; lines of a table keep their text as their key."""
    text = freeze.SETUP.read_text("utf-8")
    plain = re.sub(r"^(;|#).*$", "", text.split("[Code]")[0], flags=re.M)
    setup = configparser.RawConfigParser(delimiters=("=",), allow_no_value=True, strict=True)
    setup.optionxform = str  # type: ignore[assignment,method-assign]
    setup.read_string(plain)
    return setup


def test_the_windows_installer_names_what_is_there() -> None:
    """Its licence and icon exist, and its words are given in every language it has."""
    setup = inno_setup()
    for key in ("LicenseFile", "SetupIconFile"):
        assert (freeze.PARTS / setup["Setup"][key].replace("\\", "/")).exists()
    languages = re.findall(r'Name: "(\w+)"', "\n".join(setup["Languages"]))
    assert {f"{language}.DeleteData" for language in languages} == set(setup["CustomMessages"])
    text = freeze.SETUP.read_text("utf-8")
    assert "CustomMessage('DeleteData')" in text
    assert "'uninstall --delete-data --yes'" in text


def test_the_windows_installer_finds_its_older_self() -> None:
    """AppId never changes: with another one an update would stand beside the old program."""
    assert inno_setup()["Setup"]["AppId"] == "{{3B1F6C0E-6A0E-4E0A-9C55-0A51DE000001}"


def test_windows_without_its_compiler_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before minutes of freezing it is said what is missing and how to have it."""
    monkeypatch.setattr(freeze.shutil, "which", lambda *_, **__: None)
    with pytest.raises(SetUpError, match=r"winget install JRSoftware\.InnoSetup"):
        package.maker("win32")("0.1.0", None, tmp_path, tmp_path)


def test_windows_is_given_what_its_recipe_wants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each name that setup.iss uses is handed to it, and the file it writes is the one returned."""
    commands: list[list[str]] = []
    monkeypatch.setattr(freeze.shutil, "which", lambda *_, **__: "iscc")
    monkeypatch.setattr(freeze, "freeze", lambda *_: tmp_path / "frozen")
    monkeypatch.setattr(freeze, "_run", lambda command, *_: commands.append(command))
    made = package.maker("win32")("1.2.3", None, tmp_path, tmp_path)
    used = set(re.findall(r"\{#(\w+)\}", freeze.SETUP.read_text("utf-8")))
    given = dict(re.findall(r"/D(\w+)=(\S+)", " ".join(commands[0])))
    assert given == {"Version": "1.2.3", "Frozen": str(tmp_path / "frozen")}
    assert used == set(given)
    named = inno_setup()["Setup"]["OutputBaseFilename"].replace("{#Version}", "1.2.3")
    assert made == tmp_path / f"{named}.exe"


def test_macos_packs_the_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk image holds Aside.app and the folder to drag it to, and is what is returned."""
    commands: list[list[str]] = []

    def frozen(*_: object) -> Path:
        (tmp_path / "dist" / "Aside.app").mkdir(parents=True)
        return tmp_path / "dist" / "aside"

    monkeypatch.setattr(freeze, "freeze", frozen)
    monkeypatch.setattr(freeze, "_run", lambda command, *_: commands.append(command))
    made = package.maker("darwin")("1.2.3", None, tmp_path / "out", tmp_path)
    source = Path(commands[0][commands[0].index("-srcfolder") + 1])
    assert {path.name for path in source.iterdir()} == {"Aside.app", "Applications"}
    assert commands[0][-1] == str(made) == str(tmp_path / "out" / "aside-1.2.3.dmg")


def test_other_systems_are_told() -> None:
    """A system without an installer is named."""
    with pytest.raises(SetUpError, match="no installer for freebsd"):
        package.maker("freebsd")
