"""`python3 run.py`: what a job needs, the set-up that gets it there, and the job itself."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from app.display import has_display
from installers import environment, system
from installers.environment import Environment, alone
from installers.faults import SetUpError
from installers.system import has_nvidia

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "assets" / "tapes" / "demo.json"
BROKEN_OFF = 130
MAKING = ("train", "eval", "bench")  # jobs of those who make models: they need torch and voices

USAGE = """\
python3 run.py                   set up, then open Aside (without a display: replay the demo tape)
python3 run.py COMMAND ...       set up, then `aside COMMAND ...`, for example: replay talk.wav
python3 run.py test [ARG ...]    set up for development, then lint, types and tests (pytest ARG ...)
python3 run.py package [ARG ...] make the installer of this system, in out/

The set-up makes .venv here, installs the locked packages into it, and, on Debian and Ubuntu, the
system libraries. It happens once; later starts only check it. ASIDE_GPU=0 keeps the packages for
NVIDIA cards out. `.venv/bin/aside --help` lists the commands.
"""


def main(arguments: Sequence[str]) -> int:
    """Sets up and runs the job that `arguments` name. Returns its exit status."""
    if arguments and arguments[0] in ("-h", "--help"):
        print(USAGE, end="")
        return 0
    try:
        set_up(Environment(ROOT), job=arguments[0] if arguments else "")
    except SetUpError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\nThe set-up cannot go on: {error}. Mend that, then start again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nBroken off. The next start goes on with the set-up.", file=sys.stderr)
        return BROKEN_OFF
    try:
        return start(Environment(ROOT), arguments)
    except (SetUpError, OSError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return BROKEN_OFF


def layers(job: str) -> frozenset[str]:
    """The layers of installers/locks that `job` needs on this machine."""
    more = {"test"} if job == "test" else set()
    more |= {"train"} if job in (*MAKING, "test") else set()
    return frozenset({"default", "gpu" if has_nvidia() else "cpu"} | more)


def needs(job: str) -> tuple[system.Need, ...]:
    """The system libraries and programs that `job` needs."""
    more = system.TESTING if job == "test" else ()
    return system.DESKTOP + more + (system.VOICES if job in (*MAKING, "test") else ())


def set_up(place: Environment, job: str) -> None:
    """Makes the machine ready for `job`; returns at once where it is. Raises SetUpError."""
    if place.folder.is_symlink():
        raise SetUpError(
            f"{place.folder} is a link to {place.folder.resolve()}, which belongs to another copy "
            "of Aside: setting up here would take it away there. Remove the link, then start again."
        )
    wanted = layers(job)
    if "gpu" in place.installed() and os.environ.get("ASIDE_GPU") != "0":
        wanted = wanted - {"cpu"} | {"gpu"}  # a driver that is not loaded today will be tomorrow
    if place.ready(wanted):
        system.provide(needs(job))
        return
    system.provide(environment.needs() + needs(job))
    with alone(place.root / "run.py"):
        if not place.ready(wanted):
            print("Setting up Aside: a few minutes, this once.", file=sys.stderr, flush=True)
            environment.build(place, wanted)


def start(place: Environment, arguments: Sequence[str]) -> int:
    """Runs the job in the environment, in place of this process where the system can do that."""
    if arguments and arguments[0] == "test":
        return check(place, arguments[1:])
    if arguments and arguments[0] == "package":
        return _done([str(place.python), "-m", "installers.package", *arguments[1:]])
    job = list(arguments) or default_job()
    command = [str(place.program("aside")), *job]
    if sys.platform != "win32":
        sys.stdout.flush()
        os.execv(command[0], command)
    return _done(command)


def _done(command: Sequence[str], folder: Path | None = None) -> int:
    """The status of a command that may take as long as it likes to end when it is broken off.

    Raises KeyboardInterrupt once it has ended then: it was told as well.
    """
    with subprocess.Popen(command, cwd=folder) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            while process.returncode is None:
                with contextlib.suppress(KeyboardInterrupt):
                    process.wait()
            raise


def default_job() -> list[str]:
    """The desktop; without a display the shipped tape. Raises SetUpError without either."""
    if has_display():
        return []
    if not DEMO.exists():
        raise SetUpError(f"There is no display, and the demo tape {DEMO} is missing.")
    print("No display here: replaying a recorded conversation instead.", file=sys.stderr)
    return [argument.replace("{tapes}", str(DEMO.parent)) for argument in _demo_arguments()]


def _demo_arguments() -> list[str]:
    try:
        return ["replay", *map(str, json.loads(DEMO.read_text("utf-8"))["arguments"])]
    except (ValueError, KeyError, TypeError) as error:
        raise SetUpError(f"{DEMO} is damaged ({error}). Restore it: git checkout {DEMO}") from error


def check(place: Environment, arguments: Sequence[str]) -> int:
    """Lint, types and tests; all run, and the status is that of the first to fail."""
    tests = [["pytest", *arguments]] if arguments else all_tests()
    tools = (["ruff", "check", "."], ["mypy"], *tests)
    statuses = []
    for tool in tools:
        print(f"--- {' '.join(tool)}", flush=True)
        statuses.append(_done([str(place.python), "-m", *tool], place.root))
    return next((status for status in statuses if status), 0)


def all_tests() -> list[list[str]]:
    """Many files at once; then, one after the other, those that need the machine to themselves.

    Real devices and processes on a busy machine may miss a test's patience: what fails is tried
    again, once or twice, and the last line tells how often that was so.
    """
    at_once = str(min(4, os.cpu_count() or 1))
    told = ["--durations", "25"]  # the slowest, for whoever wants them faster
    side_by_side = ["-n", at_once, "--dist", "loadfile", "--reruns", "1"]
    return [
        ["pytest", "-m", "not alone", *side_by_side, *told],
        ["pytest", "-m", "alone", "--reruns", "2", *told],
    ]
