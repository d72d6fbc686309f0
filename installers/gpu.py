"""`aside gpu`: the engine for NVIDIA cards, added on demand and taken away again.

What is installed brings the small runtime for processors. This adds an environment of its own in
the user's folder, from the same locks (layers `default` and `gpu`, and torch), and the app starts
its engine with that: engine/accelerator.py. It asks the package servers only when told to add.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

from engine import accelerator
from installers import environment, system
from installers.environment import Environment
from installers.faults import SetUpError

EXAMPLE = """\
examples:
  aside gpu            # is there a card, is its engine here?
  aside gpu add        # several GiB from the package servers, once
  aside gpu remove
"""
WORDS = {
    "ready": "The GPU engine is here and in use",
    "stale": "The GPU engine is of another version and not in use. Renew it: aside gpu add",
    "absent": "The GPU engine is not here",
}


def main(arguments: list[str]) -> int:
    """0 when it is done; 1 when it cannot be."""
    options = _parser().parse_args(arguments)
    try:
        if options.job == "add":
            return add(accelerator.ROOT, accelerator.folder(), options.anyway)
        if options.job == "remove":
            return remove(accelerator.folder())
        return report(options.json)
    except (SetUpError, OSError, subprocess.CalledProcessError) as error:
        print(f"aside gpu: {error}", file=sys.stderr)
        return 1


def state(root: Path, place: Path) -> str:
    if accelerator.python(place, root) != sys.executable:
        return "ready"
    return "stale" if place.exists() else "absent"


def report(as_json: bool) -> int:
    place = accelerator.folder()
    card, now = system.has_nvidia(), state(accelerator.ROOT, place)
    if as_json:
        print(json.dumps({"card": card, "engine": now, "folder": str(place)}))
        return 0
    print("An NVIDIA driver is loaded." if card else "No NVIDIA driver is loaded here.")
    add_it = "; to add it: aside gpu add" if card and now == "absent" else ""
    print(f"{WORDS[now]}{add_it}{'' if now == 'absent' else f' ({place})'}")
    return 0


def add(root: Path, place: Path, anyway: bool = False) -> int:
    """Makes the GPU engine of the tree at `root` in `place`. Raises SetUpError."""
    if getattr(sys, "frozen", False):
        raise SetUpError(
            "this program brings its own Python, which takes no packages. For a card, run Aside "
            "from its source: python run.py"
        )
    if not (anyway or system.has_nvidia()):
        raise SetUpError("no NVIDIA driver is loaded here. To add it all the same: --anyway")
    system.provide(environment.needs())
    wanted, engine = frozenset(accelerator.LAYERS), Environment(root, place)
    with environment.alone(root / "pyproject.toml"):
        if not engine.ready(wanted):
            print("Adding the GPU engine: several GiB, this once.", file=sys.stderr, flush=True)
            accelerator.mark(place).unlink(missing_ok=True)
            environment.build(engine, wanted)
        accelerator.mark(place).write_text(accelerator.fingerprint(root), "utf-8")
    print("The GPU engine is here. It is used from the next start on.")
    return 0


def remove(place: Path) -> int:
    """Raises SetUpError."""
    if not place.exists():
        print("There is no GPU engine here.")
        return 0
    try:
        shutil.rmtree(place)
    except OSError as error:
        raise SetUpError(f"{place} could not be deleted: {error}. Quit Aside first.") from error
    print(f"Deleted: {place}. Aside runs on the processor from the next start on.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside gpu",
        description="Add the engine for NVIDIA cards, or take it away.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("job", nargs="?", choices=("add", "remove"), metavar="add|remove")
    parser.add_argument("--anyway", action="store_true", help="add it though no card is seen")
    parser.add_argument("--json", action="store_true", help="report as a JSON object")
    return parser
