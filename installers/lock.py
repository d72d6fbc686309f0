"""Writes the lock files: every package pinned and hashed, for every system and Python at once.

Run it with a Python that finds `uv` on the PATH: `python installers/lock.py [--upgrade]`.

A lock holds one layer of pyproject.toml, and run.py installs the layers a job needs together. The
layers agree because each is compiled under the pins of those before it. torch is in none
(pyproject.toml says why); what torch itself needs is named here and locked like the rest.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCKS = HERE / "locks"
LAYERS = ("default", "cpu", "gpu", "train", "test", "freeze", "ray")
RUNTIMES = ("cpu", "gpu")
TORCH_NEEDS = ["filelock", "fsspec", "jinja2", "networkx", "sympy"]
HEADING = "# The layer `{layer}` of pyproject.toml. Written by installers/lock.py; do not edit.\n"


def requirements(layer: str) -> list[str]:
    """What `layer` asks for, as requirement strings without torch."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text())
    if layer == "default":
        return project["project"]["dependencies"] + project["build-system"]["requires"]
    extra = project["project"]["optional-dependencies"][layer]
    asked = [line for line in extra if not line.startswith("aside[")]
    return asked + (TORCH_NEEDS if len(asked) < len(extra) else [])


def compile_layer(layer: str, earlier: list[Path], upgrade: bool) -> Path:
    """Pins and hashes one layer under the pins of `earlier`. Raises CalledProcessError."""
    target = LOCKS / f"{layer}.txt"
    command = ["uv", "pip", "compile", "-", "--output-file", str(target), "--no-header"]
    command += ["--universal", "--python-version", "3.11", "--fork-strategy", "fewest"]
    command += ["--generate-hashes", "--no-annotate", "--quiet"]
    command += ["--upgrade"] if upgrade else []
    # Whoever asks for onnxruntime gets the one that is there.
    command += [] if layer in RUNTIMES else ["--no-emit-package", "onnxruntime"]
    for lock in earlier:
        command += ["--constraint", str(lock)]
    subprocess.run(command, input="\n".join(requirements(layer)), text=True, check=True)
    target.write_text(HEADING.format(layer=layer) + target.read_text())
    return target


def main() -> int:
    parser = argparse.ArgumentParser(description="write installers/locks from pyproject.toml")
    parser.add_argument("--upgrade", action="store_true", help="take the newest of everything")
    upgrade = parser.parse_args().upgrade
    LOCKS.mkdir(exist_ok=True)
    done: list[Path] = []
    for layer in LAYERS:
        done.append(compile_layer(layer, done, upgrade))
        print(f"{layer}: {done[-1].read_text().count('==')} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
