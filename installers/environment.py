"""A virtual environment: built once, checked in a blink, healed when it broke off.

What is installed is described by a stamp, written last: the layers (installers/locks) and a digest
of everything that decides their content. A marker stands in the environment while packages are
being written; an environment that still has it was broken off in the middle and is built anew.
One that has to be replaced, and works, is put aside until its successor is whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from installers.faults import MIB, SetUpError, explain
from installers.progress import Progress
from installers.system import Need

STAMP = "aside-layers.json"
WITH_TORCH = frozenset({"gpu", "train"})
ROOM_MIB = {"default": 1_500, "cpu": 100, "gpu": 8_000, "train": 2_000, "test": 500}


@dataclass(frozen=True)
class Environment:
    """The environment of the tree at `root`: its .venv, or one in `place`, apart from the tree.

    The second kind writes nothing into the tree, which may be the system's.
    """

    root: Path
    place: Path | None = None

    @property
    def folder(self) -> Path:
        return self.place or self.root / ".venv"

    @property
    def again(self) -> str:
        """What a person types to build it once more."""
        return "aside gpu add" if self.place else "python3 run.py"

    @property
    def python(self) -> Path:
        return self.program("python")

    def program(self, name: str) -> Path:
        windows = sys.platform == "win32"
        return self.folder / (f"Scripts/{name}.exe" if windows else f"bin/{name}")

    @property
    def stamp(self) -> Path:
        return self.folder / STAMP

    @property
    def marker(self) -> Path:
        return self.folder / "aside-unfinished"

    @property
    def before(self) -> Path:
        """Where it lies while its successor is built: beside, for scripts know their folder."""
        return self.folder.with_name(f"{self.folder.name}-before")

    @property
    def log(self) -> Path:
        return self.folder / "aside-set-up.log"

    def lock(self, layer: str) -> Path:
        return self.root / "installers" / "locks" / f"{layer}.txt"

    def digest(self, layers: Iterable[str]) -> str:
        """A digest of all that decides what an environment with `layers` holds."""
        parts = [str(self.root), sys.version, (self.root / "pyproject.toml").read_text("utf-8")]
        parts += [self.lock(layer).read_text("utf-8") for layer in sorted(layers)]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def installed(self) -> frozenset[str]:
        """The layers that the stamp says are here, whether or not they are current."""
        try:
            return frozenset(json.loads(self.stamp.read_text("utf-8"))["layers"])
        except (OSError, ValueError, KeyError, TypeError):
            return frozenset()

    def ready(self, layers: frozenset[str]) -> bool:
        """Whether `layers` are installed, finished and current."""
        here = self.installed()
        if not layers <= here or self.marker.exists() or not self.python.exists():
            return False
        return json.loads(self.stamp.read_text("utf-8")).get("digest") == self.digest(here)


def needs() -> tuple[Need, ...]:
    """What building an environment needs of the system: Debian packs ensurepip apart. A pip that
    can fill an environment from outside will do as well."""
    if find_spec("ensurepip") or (find_spec("pip") and _reaches_in(version("pip"))):
        return ()
    minor = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (Need(f"python{minor}-venv", module="ensurepip"),)


def _reaches_in(pip: str) -> bool:
    """Whether this pip has --python, which came with 22.3."""
    return tuple(int(part) for part in pip.split(".")[:2] if part.isdecimal()) >= (22, 3)


def build(environment: Environment, layers: frozenset[str]) -> None:
    """Brings `layers` into the environment, keeping those it has. Raises SetUpError."""
    _put_back(environment)
    environment.folder.parent.mkdir(parents=True, exist_ok=True)
    if unusable(environment, layers):
        _check_room(environment, layers)
        with _replaced(environment):
            _fill(environment, layers)
    else:
        wanted = layers | environment.installed()
        _check_room(environment, wanted - environment.installed())
        _fill(environment, wanted)


def _fill(environment: Environment, wanted: frozenset[str]) -> None:
    had_stamp = environment.stamp.exists()
    environment.folder.mkdir(exist_ok=True)
    environment.marker.touch()
    progress = Progress(_count(environment, wanted))
    try:
        _create(environment)
        _install(environment, wanted, progress)
    except BaseException:
        if had_stamp and not progress.writing:
            environment.marker.unlink()  # no package is half there: what worked before still works
        raise
    finally:
        progress.close()
    stamp = {"layers": sorted(wanted), "digest": environment.digest(wanted)}
    environment.stamp.write_text(json.dumps(stamp), "utf-8")
    environment.marker.unlink()


@contextlib.contextmanager
def _replaced(environment: Environment) -> Iterator[None]:
    """What is there goes; if it works, only once its successor is whole."""
    works = environment.stamp.exists() and not environment.marker.exists()
    if not works:
        _delete(environment.folder)
        yield
        return
    environment.folder.rename(environment.before)
    try:
        yield
    except BaseException:
        _put_back(environment)
        raise
    shutil.rmtree(environment.before, ignore_errors=True)


def _put_back(environment: Environment) -> None:
    """If a successor was begun and not ended, the environment that it was to replace is back."""
    if not environment.before.exists():
        return
    if environment.stamp.exists() and not environment.marker.exists():
        shutil.rmtree(environment.before, ignore_errors=True)
        return
    _delete(environment.folder)
    environment.before.rename(environment.folder)


def _delete(folder: Path) -> None:
    """Its stamp first: half of an environment must not pass for one. Raises SetUpError."""
    (folder / STAMP).unlink(missing_ok=True)
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise SetUpError(f"{folder} could not be deleted: {error}. Quit Aside first.") from error


def unusable(environment: Environment, layers: frozenset[str]) -> bool:
    """Whether the environment must go: broken off, of another Python, or of the other runtime."""
    if not environment.folder.exists():
        return False
    runtimes = (layers | environment.installed()) & {"cpu", "gpu"}
    return environment.marker.exists() or len(runtimes) > 1 or not _same_python(environment)


@contextlib.contextmanager
def alone(held: Path) -> Iterator[None]:
    """Keeps two set-ups of one tree apart, by a file of it: the second waits for the first.

    On Windows, and where the file system knows no such locks (NFS), nobody is kept waiting.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with held.open("rb") as file:
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _same_python(environment: Environment) -> bool:
    ask = "import sys; print(sys.version, end='')"
    try:
        command = [str(environment.python), "-c", ask]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.stdout == sys.version


def _check_room(environment: Environment, new: Iterable[str]) -> None:
    need = sum(ROOM_MIB[layer] for layer in new)
    folder = environment.folder.parent
    free = shutil.disk_usage(folder).free // MIB
    if free < need:
        raise SetUpError(
            f"The disk is too full: the set-up needs about {need} MiB in {folder} "
            f"and {free} MiB are free. Make room, then start again."
        )


def _count(environment: Environment, layers: Iterable[str]) -> int:
    return sum(environment.lock(layer).read_text("utf-8").count("==") for layer in layers)


def _create(environment: Environment) -> None:
    if environment.python.exists():
        return
    command = [_outer_python(environment), "-m", "venv", str(environment.folder)]
    if find_spec("ensurepip") is None:
        command.append("--without-pip")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        what = f"Making the virtual environment {environment.folder}"
        raise SetUpError(explain(what, done.stdout + done.stderr, again=environment.again))


def _install(environment: Environment, layers: frozenset[str], progress: Progress) -> None:
    locked = ["--require-hashes", "--no-deps"]
    for layer in sorted(layers):
        locked += ["-r", str(environment.lock(layer))]
    _pip(environment, locked, "Installing the locked packages", progress)
    if layers & WITH_TORCH:
        _pip(environment, [torch_pin(environment.root)], "Installing torch", progress)
    if environment.place:
        _point_at_tree(environment)
        return
    itself = ["--no-deps", "--no-build-isolation", "--editable", str(environment.root)]
    _pip(environment, itself, "Installing Aside itself", progress)


def _point_at_tree(environment: Environment) -> None:
    """Lets the environment find the tree without a line written into the tree."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'), end='')"
    command = [str(environment.python), "-c", ask]
    packages = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    (Path(packages) / "aside.pth").write_text(f"{environment.root}\n", "utf-8")


def torch_pin(root: Path) -> str:
    """The one torch requirement, from pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["optional-dependencies"]["torch"][0])


def _pip(environment: Environment, wanted: list[str], what: str, progress: Progress) -> None:
    command = [*_pip_program(environment), "install", "--retries", "2"]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", *wanted]
    progress.begin(what)
    with environment.log.open("a", encoding="utf-8") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        assert process.stdout is not None
        lines = []
        try:
            for line in process.stdout:
                lines.append(line)
                log.write(line)
                progress.see(line)
        except BaseException:
            process.kill()  # nobody is left to hear it, and it must not write into what follows
            process.wait()
            raise
    if process.wait():
        raise SetUpError(explain(what, "".join(lines), environment.log, environment.again))


def _pip_program(environment: Environment) -> list[str]:
    """pip inside the environment; where Debian left it out, the system's pip from outside."""
    inside = [str(environment.python), "-m", "pip"]
    if subprocess.run([*inside, "--version"], capture_output=True, check=False).returncode == 0:
        return inside
    return [_outer_python(environment), "-m", "pip", "--python", str(environment.python)]


def _outer_python(environment: Environment) -> str:
    """This Python; where it is the environment's own, which may be gone, the one that made it."""
    inside = Path(sys.prefix).resolve() == environment.folder.resolve()
    return str(getattr(sys, "_base_executable", "") or sys.executable) if inside else sys.executable
