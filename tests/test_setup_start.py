"""`python3 run.py`: which job it starts, with what, and what it says when it cannot."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from installers import start
from installers.environment import Environment
from installers.faults import SetUpError

ROOT = Path(__file__).resolve().parents[1]


def test_an_old_python_is_told_which_one_to_take() -> None:
    """run.py reads in any Python 3 and says which version it needs and which it met."""
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 4))
    code = (
        "import runpy, sys\n"
        "sys.version_info, sys.version = (3, 9, 18, 'final', 0), '3.9.18 (main)'\n"
        "runpy.run_path('run.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer, and this is Python 3.9.18" in done.stderr


def test_help_sets_nothing_up() -> None:
    """`run.py --help` answers at once, in under a second of computing, and needs no packages."""
    began = os.times()
    done = subprocess.run(
        [sys.executable, "-S", "run.py", "--help"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    ended = os.times()
    assert ended.children_user + ended.children_system < (
        began.children_user + began.children_system + 1.0
    )
    assert done.returncode == 0
    assert "run.py test" in done.stdout


@pytest.mark.parametrize("job", ["", "replay", "serve", "doctor"])
def test_people_who_use_it_get_no_torch(job: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a card, everything but training and testing does with the two smallest layers."""
    monkeypatch.setenv("ASIDE_GPU", "0")
    assert start.layers(job) == {"default", "cpu"}
    assert all("train" in start.layers(making) for making in start.MAKING)
    assert start.layers("test") >= {"train", "test"}


def test_a_machine_with_a_card_gets_the_other_runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exactly one of the two runtimes is chosen, by what the machine has."""
    for card in (True, False):
        monkeypatch.setattr(start, "has_nvidia", lambda card=card: card)
        assert start.layers("") & {"cpu", "gpu"} == {"gpu" if card else "cpu"}


@pytest.mark.parametrize(("told", "kept"), [(None, "gpu"), ("0", "cpu")])
def test_a_driver_that_is_not_loaded_costs_no_environment(
    told: str | None, kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update of the driver and before the next boot none is seen. Only who says so gets
    the other runtime."""
    monkeypatch.delenv("ASIDE_GPU", raising=False)
    if told is not None:
        monkeypatch.setenv("ASIDE_GPU", told)
    wanted = []
    monkeypatch.setattr(start, "has_nvidia", lambda: False)
    monkeypatch.setattr(Environment, "installed", lambda _: frozenset({"default", "gpu"}))
    monkeypatch.setattr(Environment, "ready", lambda _, layers: bool(wanted.append(layers)) or True)
    monkeypatch.setattr(start.system, "provide", lambda _: None)
    start.set_up(Environment(tmp_path), "")
    assert wanted == [{"default", kept}]


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_a_job_that_is_broken_off_may_take_its_time(tmp_path: Path) -> None:
    """Tests take their machines down, and trainings save; the status is that of a break, and the
    set-up has no part in it."""
    job = (
        "import signal, sys, time\n"
        "def end(*_): time.sleep(0.6); open('ended', 'w'); sys.exit(3)\n"
        "signal.signal(signal.SIGINT, end)\n"
        "open('begun', 'w'); time.sleep(30)"
    )
    code = (
        f"import signal, sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored in the background
        "from installers import start\n"
        "start.set_up = lambda *_, **__: None\n"
        f"start.start = lambda *_: start._done([sys.executable, '-c', {job!r}])\n"
        "sys.exit(start.main([]))"
    )
    begun = subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, start_new_session=True,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not (tmp_path / "begun").exists():
        time.sleep(0.01)
    os.killpg(begun.pid, signal.SIGINT)
    _, said = begun.communicate(timeout=20)
    assert begun.returncode == start.BROKEN_OFF
    assert (tmp_path / "ended").exists()
    assert "set-up" not in said


def test_with_a_display_the_window_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a desktop the job is `aside` itself."""
    monkeypatch.setattr(start, "has_display", lambda: True)
    assert start.default_job() == []


def test_without_a_display_the_demo_is_replayed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one it is the shipped tape, whose files are there."""
    monkeypatch.setattr(start, "has_display", lambda: False)
    command, *arguments = start.default_job()
    assert command == "replay"
    files = [Path(argument) for argument in arguments if argument.startswith(str(ROOT))]
    assert files
    assert all(path.exists() for path in files)


@pytest.mark.parametrize("content", [None, "{", '{"arguments": 3}'])
def test_a_demo_that_is_gone_is_an_error(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing or damaged tape is named; it never passes for a successful run."""
    demo = tmp_path / "demo.json"
    if content is not None:
        demo.write_text(content)
    monkeypatch.setattr(start, "DEMO", demo)
    monkeypatch.setattr(start, "has_display", lambda: False)
    with pytest.raises(SetUpError, match=r"demo\.json"):
        start.default_job()


def test_a_failed_set_up_is_no_success(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When the set-up cannot go on its reason is printed and the status is not 0."""

    def refuse(*_: object, **__: object) -> None:
        raise SetUpError("The disk is too full.")

    monkeypatch.setattr(start, "set_up", refuse)
    assert start.main(["replay", "talk.wav"]) == 1
    assert "The disk is too full." in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
@pytest.mark.parametrize(("failing", "status"), [("none", 0), ("ruff", 1), ("pytest", 1)])
def test_all_checks_run_and_one_failure_counts(failing: str, status: int, tmp_path: Path) -> None:
    """Lint, types and tests all run whatever the others say; one failure fails the whole."""
    place = Environment(tmp_path)
    place.python.parent.mkdir(parents=True)
    script = f'echo "$2 $3 $4" >> {tmp_path}/ran; [ "$2" != {failing} ]'
    place.python.write_text(f"#!/bin/sh\n{script}\n")
    place.python.chmod(0o755)
    assert start.check(place, ["tests", "-x"]) == status
    ran = (tmp_path / "ran").read_text().split("\n")
    assert [line.split()[0] for line in ran if line] == ["ruff", "mypy", "pytest"]
    assert "pytest tests -x" in ran


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_linked_environment_is_left_to_whom_it_belongs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A .venv that is a link to another tree's is not filled with this tree's package."""
    other = tmp_path / "other" / ".venv"
    other.mkdir(parents=True)
    (tmp_path / ".venv").symlink_to(other)
    monkeypatch.setattr(start, "ROOT", tmp_path)
    assert start.main(["replay"]) == 1
    assert f"is a link to {other}" in capsys.readouterr().err
    assert not any(other.iterdir())
