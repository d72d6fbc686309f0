"""What this machine can run, told without loading anything heavy."""

from __future__ import annotations

import platform
import shutil
import subprocess
from dataclasses import dataclass

import psutil

MEBI = 1 << 20
PROBE_S = 5.0
# Weights are half precision on disk and at most float32 in use; the rest comes on top.
IN_USE = 2
ENGINE_MIB = 512


@dataclass(frozen=True)
class Machine:
    """gpu: its name, "" for none. On Apple's chips the GPU shares the memory."""

    memory_mib: int
    cores: int
    gpu: str = ""
    gpu_memory_mib: int = 0


def look() -> Machine:
    memory_mib = psutil.virtual_memory().total // MEBI
    cores = psutil.cpu_count() or 1
    if platform.system() == "Darwin" and platform.machine() == "arm64":
        return Machine(memory_mib, cores, "Apple", memory_mib)
    return Machine(memory_mib, cores, *_nvidia())


def why_not_here(machine: Machine, size_bytes: int) -> str:
    """Why our engine could not run a checkpoint of this size; "" when it could."""
    needed_mib = ENGINE_MIB + IN_USE * size_bytes // MEBI
    if needed_mib <= machine.memory_mib:
        return ""
    return f"needs about {needed_mib} MiB of memory, there are {machine.memory_mib}"


def why_not_served(machine: Machine, gpu_memory_mib: int) -> str:
    """Why this machine could not serve a model that takes so much; "" when it could."""
    if gpu_memory_mib <= machine.gpu_memory_mib:
        return ""
    there = f"{machine.gpu} has {machine.gpu_memory_mib}" if machine.gpu else "there is none"
    return f"serving it takes a GPU with about {gpu_memory_mib} MiB, {there}"


def _nvidia() -> tuple[str, int]:
    """The NVIDIA GPU with the most memory."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return "", 0
    command = [tool, "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PROBE_S, check=True)
        rows = [line.rpartition(",") for line in done.stdout.splitlines() if "," in line]
        found = [(name.strip(), int(memory)) for name, _, memory in rows]
    except (OSError, subprocess.SubprocessError, ValueError):
        return "", 0
    return max(found, key=lambda gpu: gpu[1], default=("", 0))
