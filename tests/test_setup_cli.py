"""The command `aside` itself: what it lists, what it refuses, what it does not load."""

from __future__ import annotations

import argparse
import ast
import json
import os
import subprocess
import sys
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest

from app.cli import COMMANDS, DESKTOP, Command, main
from engine.examples import hand_down, parts

ROOT = Path(__file__).resolve().parents[1]


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """`aside --help` has a line for each command and an example."""
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    for command in COMMANDS:
        assert f"aside {command.name} " in said
        assert command.help in said
    assert "Example: aside" in said


def test_version_is_the_package_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`aside --version` says what pyproject.toml says."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"aside {project['version']}"


def test_options_without_a_command_are_the_desktops(capsys: pytest.CaptureFixture[str]) -> None:
    """`aside --microphone NAME` needs no word before it; `aside desktop` says the same."""
    for given in (["--no-such-option"], ["desktop", "--no-such-option"]):
        with pytest.raises(SystemExit):
            main(given)
        assert "--no-such-option" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["desktop", "--help"])
    assert "--microphone" in capsys.readouterr().out


def test_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A command that does not exist is named, the others are listed, and the status is 2."""
    assert main(["replya", "talk.wav"]) == 2
    said = capsys.readouterr().err
    assert "'replya'" in said
    assert "replay" in said


@pytest.mark.parametrize("command", [DESKTOP, *COMMANDS], ids=lambda command: command.target)
def test_every_listed_command_exists(command: Command) -> None:
    """Behind each line of the table is a module with that function in it."""
    module, function = command.target.split(":")
    path = ROOT / (module.replace(".", "/") + ".py")
    assert path.exists()
    defined = [node.name for node in ast.parse(path.read_text("utf-8")).body
               if isinstance(node, ast.FunctionDef)]  # fmt: skip
    assert function in defined


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_every_command_explains_itself(name: str) -> None:
    """`aside COMMAND --help` succeeds and shows an example of that command."""
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", name, "--help"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"aside {name}" in done.stdout


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_every_part_of_a_command_has_an_example(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`aside COMMAND PART --help` has a line that can be typed, in which that part is used."""
    made: list[argparse.ArgumentParser] = []

    def caught(parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        made.append(parser)
        raise SystemExit

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", caught)
    with suppress(SystemExit):
        main([name])
    (whole,) = made
    for part, parser in parts(whole).items():
        assert f"\n  aside {name} {part}" in parser.format_help(), part


def test_a_part_without_an_example_is_noticed() -> None:
    whole = argparse.ArgumentParser(prog="aside dance", epilog="examples:\n  aside dance tango")
    kinds = whole.add_subparsers()
    kinds.add_parser("tango")
    assert "aside dance tango" in parts(hand_down(whole))["tango"].format_help()
    kinds.add_parser("waltz")
    with pytest.raises(ValueError, match="no example of aside dance waltz"):
        hand_down(whole)


def test_a_missing_package_is_named() -> None:
    """A command whose packages are not installed says which one, and how to have it."""
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "from app.cli import main; sys.exit(main(['train', 'nano']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "aside train needs the package torch" in done.stderr
    assert "python3 run.py train --help" in done.stderr


@pytest.mark.parametrize("wrong", [["replay"], ["do"], ["bench"], ["doctor", "--jsno"]])
def test_wrong_usage_says_where_it_is_explained(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2, what is wrong, and the line that shows all of it with examples."""
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith(f"aside {wrong[0]} --help\n")


@pytest.mark.parametrize("name", [
    "approvals", "gpu", "history", "mind", "models", "settings", "tools",
])  # fmt: skip
def test_a_word_alone_reports(name: str, tmp_path: Path) -> None:
    """In a new home each of these answers without a further word, for people and as JSON
    lines; `--json` may stand before or after the word."""
    apart = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
    told = {**apart, "HOME": str(tmp_path)}
    listed = ["list", "--json"]
    for more in ([], ["--json"], *([listed] if name != "gpu" else [])):
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", name, *more],
            cwd=ROOT, env=told, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        if more:
            assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())
        else:
            assert done.stdout.strip()


def test_help_is_quick_and_light() -> None:
    """Asking for help loads no model, no window and no sound."""
    code = (
        "import sys; from app.cli import main; main(['--help'])\n"
        "heavy = sys.modules.keys() & {'numpy', 'torch', 'PySide6', 'sounddevice'}\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
