"""On what the figures were measured: they mean nothing without it."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

import psutil


def machine() -> dict[str, Any]:
    """Processor, cores that this process may use, memory, load before the measurement."""
    process = psutil.Process()
    cores = process.cpu_affinity() if hasattr(process, "cpu_affinity") else None
    return {
        "bench": "machine",
        "processor": _processor(),
        "cores": len(cores) if cores else psutil.cpu_count(),
        "memory_mib": psutil.virtual_memory().total >> 20,
        "load_average": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    }


def resident_mib() -> float:
    """Memory that this process holds now."""
    return round(psutil.Process().memory_info().rss / 2**20, 1)


def _processor() -> str:
    lines = Path("/proc/cpuinfo")
    if lines.exists():
        for line in lines.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
