"""The virtual environment: built without a network from a tiny tree, and healed when it broke."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest
from little_tree import little_tree, lock, wheel

from installers import environment
from installers.environment import Environment, build
from installers.faults import SetUpError
from installers.progress import Progress

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = frozenset({"default", "cpu"})
pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        importlib.util.find_spec("pip") is None, reason="the pip that runs outside must be here"
    ),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """A tree that has been set up once, as on a Debian that lacks ensurepip: that is quick."""
    place = little_tree(tmp_path_factory.mktemp("tree") / "aside")
    with pytest.MonkeyPatch.context() as patch:
        offline(patch, place)
        build(place, DEFAULT)
    return place


@pytest.fixture
def place(
    built: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Environment]:
    """The set-up tree, to be damaged freely: what is there is put back for the next test."""
    offline(monkeypatch, built)
    kept = tmp_path / "kept"
    shutil.copytree(built.root, kept, symlinks=True)
    yield built
    shutil.rmtree(built.root)
    shutil.copytree(kept, built.root, symlinks=True)


def offline(patch: pytest.MonkeyPatch, place: Environment) -> None:
    patch.setattr(environment, "find_spec", lambda _: None)
    patch.setenv("PIP_NO_INDEX", "1")
    patch.setenv("PIP_FIND_LINKS", str(place.root / "wheels"))
    patch.setenv("PIP_CONFIG_FILE", os.devnull)
    patch.setattr(environment, "WITH_TORCH", frozenset())
    patch.setattr(environment, "ROOM_MIB", dict.fromkeys(environment.ROOM_MIB, 1))


def marvin(place: Environment) -> str:
    """The version of the locked package that programs in the environment see."""
    command = [str(place.python), "-c", "import marvin; print(marvin.version)"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr


def test_a_built_environment_is_ready(place: Environment) -> None:
    """After the set-up the locked packages are there and the next start sees nothing to do."""
    assert marvin(place) == "1.0"
    assert place.ready(DEFAULT)
    assert not place.ready(DEFAULT | {"test"})


def test_checking_starts_no_program(
    place: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seeing that nothing is to be done reads a few files: it asks no pip and starts nothing."""

    def started(*_: object, **__: object) -> None:
        raise AssertionError("a program was started")

    monkeypatch.setattr(subprocess, "Popen", started)
    monkeypatch.setattr(os, "posix_spawn", started, raising=False)
    assert place.ready(DEFAULT)


def test_a_changed_lock_is_installed(place: Environment) -> None:
    """When a lock changes, the environment is out of date, and the set-up brings the new pin."""
    lock(place.root, "default", "marvin", "2.0", wheel(place.root / "wheels", "marvin", "2.0"))
    assert not place.ready(DEFAULT)
    build(place, DEFAULT)
    assert marvin(place) == "2.0"


def test_a_new_layer_keeps_the_old_ones(place: Environment) -> None:
    """Setting up for tests and going back to the desktop installs nothing twice."""
    lock(place.root, "test", "ford", "1.0", wheel(place.root / "wheels", "ford", "1.0"))
    build(place, DEFAULT | {"test"})
    assert place.ready(DEFAULT)
    assert place.ready(DEFAULT | {"test"})


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_in_the_middle_and_healed(place: Environment) -> None:
    """A set-up killed at work is not ready, and the next one begins anew."""
    shutil.rmtree(place.folder)
    code = (
        "from pathlib import Path; from installers.environment import *\n"
        f"build(Environment(Path({str(place.root)!r})), frozenset({sorted(DEFAULT)!r}))"
    )
    victim = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL
    )
    while not place.python.exists():
        time.sleep(0.01)
    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()
    assert not place.ready(DEFAULT)
    (place.folder / "half-written").touch()
    build(place, DEFAULT)
    assert not (place.folder / "half-written").exists()
    assert marvin(place) == "1.0"


def test_a_wrong_package_is_refused(place: Environment) -> None:
    """A package whose hash is not the locked one is not installed, and what was there stays."""
    wheel(place.root / "wheels", "ford", "1.0")
    lock(place.root, "test", "ford", "1.0", "0" * 64)
    with pytest.raises(SetUpError, match="not the one that was locked"):
        build(place, DEFAULT | {"test"})
    assert place.ready(DEFAULT)


def test_without_a_network_the_old_environment_lives(place: Environment) -> None:
    """A set-up that could not fetch says so, and leaves what worked before as it was."""
    lock(place.root, "test", "zaphod", "1.0", "0" * 64)
    with pytest.raises(SetUpError, match="Installing the locked packages did not work"):
        build(place, DEFAULT | {"test"})
    assert place.ready(DEFAULT)
    assert marvin(place) == "1.0"


def test_a_full_disk_is_told_before_anything_is_touched(
    place: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With too little room the set-up says how much it needs and does not begin."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda _: usage(9, 9, 3 << 20))
    monkeypatch.setattr(environment, "ROOM_MIB", dict.fromkeys(environment.ROOM_MIB, 700))
    with pytest.raises(SetUpError, match=r"needs about 700 MiB.*and 3 MiB are free"):
        build(place, DEFAULT | {"test"})
    assert place.ready(DEFAULT)


def test_another_runtime_means_a_new_environment(place: Environment) -> None:
    """onnxruntime and onnxruntime-gpu never meet: going from one to the other starts afresh."""
    (place.folder / "of-the-cpu").touch()
    build(place, frozenset({"default", "gpu"}))
    assert place.installed() == {"default", "gpu"}
    assert not (place.folder / "of-the-cpu").exists()


def test_what_works_stays_until_its_successor_is_whole(place: Environment) -> None:
    """Where another runtime cannot be fetched, the program is as it was; the next try gets it."""
    (place.folder / "of-the-cpu").touch()
    before = place.lock("gpu").read_text()
    lock(place.root, "gpu", "zaphod", "1.0", "0" * 64)
    with pytest.raises(SetUpError, match="Installing the locked packages did not work"):
        build(place, frozenset({"default", "gpu"}))
    assert place.ready(DEFAULT)
    assert marvin(place) == "1.0"
    assert (place.folder / "of-the-cpu").exists()
    assert not place.before.exists()
    place.lock("gpu").write_text(before)
    build(place, frozenset({"default", "gpu"}))
    assert place.installed() == {"default", "gpu"}


@pytest.mark.parametrize("ended", [False, True])
def test_killed_while_it_is_replaced(ended: bool, place: Environment) -> None:
    """What was put aside comes back, unless its successor had been whole already."""
    shutil.copytree(place.folder, place.before, symlinks=True)
    (place.before / "of-before").touch()
    if not ended:
        place.marker.touch()
    build(place, DEFAULT)
    assert place.ready(DEFAULT)
    assert (place.folder / "of-before").exists() == (not ended)
    assert not place.before.exists()


def test_broken_off_while_fetching_nothing_is_lost(
    place: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second run of pip that did not get to writing leaves what the first one brought."""
    lock(place.root, "test", "ford", "1.0", wheel(place.root / "wheels", "ford", "1.0"))
    pip = environment._pip

    def first_only(where: Environment, wanted: list[str], what: str, progress: Progress) -> None:
        if what == "Installing torch":
            progress.begin(what)
            raise KeyboardInterrupt
        pip(where, wanted, what, progress)

    monkeypatch.setattr(environment, "WITH_TORCH", frozenset({"test"}))
    monkeypatch.setattr(environment, "torch_pin", lambda _: "torch")
    monkeypatch.setattr(environment, "_pip", first_only)
    with pytest.raises(KeyboardInterrupt):
        build(place, DEFAULT | {"test"})
    assert place.ready(DEFAULT)


def test_half_of_an_environment_never_counts_as_one(
    place: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be deleted is said, and the stamp goes first."""

    def in_use(_: Path) -> None:
        raise PermissionError(13, "in use")

    place.marker.touch()
    monkeypatch.setattr(environment.shutil, "rmtree", in_use)
    with pytest.raises(SetUpError, match=r"could not be deleted: .*in use. Quit Aside first"):
        build(place, DEFAULT)
    assert place.installed() == frozenset()
    monkeypatch.undo()


def test_it_can_be_replaced_from_within(
    place: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the environment's own Python gets the one that made it for making another."""
    assert environment._outer_python(place) == sys.executable
    monkeypatch.setattr(environment.sys, "prefix", str(place.folder))
    monkeypatch.setattr(environment.sys, "_base_executable", "/usr/bin/python3.11")
    assert environment._outer_python(place) == "/usr/bin/python3.11"


@pytest.mark.parametrize(("pip", "enough"), [("22.0.2", False), ("22.3", True), ("25.1b1", True)])
def test_a_pip_that_cannot_reach_in_is_none(
    pip: str, enough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ubuntu 22.04's is one: there the package with ensurepip is needed."""
    monkeypatch.setattr(environment, "find_spec", lambda name: object() if name == "pip" else None)
    monkeypatch.setattr(environment, "version", lambda _: pip)
    assert (environment.needs() == ()) == enough


@pytest.mark.skipif(os.name == "nt", reason="there nobody is kept waiting")
def test_where_files_cannot_be_locked_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NFS wants a file that is open for writing."""
    import fcntl

    def refused(*_: object) -> None:
        raise OSError(9, "Bad file descriptor")

    monkeypatch.setattr(fcntl, "flock", refused)
    held = tmp_path / "held"
    held.touch()
    with environment.alone(held):
        pass


def test_an_environment_of_another_python_goes(place: Environment) -> None:
    """When the Python it was made with is gone, the environment is made again."""
    place.python.unlink()
    place.python.symlink_to("/nowhere/python3")
    assert not place.ready(DEFAULT)
    build(place, DEFAULT)
    assert marvin(place) == "1.0"


def test_a_copied_tree_is_set_up_again(place: Environment, tmp_path: Path) -> None:
    """An environment belongs to its place: in a copied tree it does not count as ready."""
    shutil.copytree(place.root, tmp_path / "copy", symlinks=True)
    assert not Environment(tmp_path / "copy").ready(DEFAULT)
