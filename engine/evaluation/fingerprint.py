"""Which weights a figure belongs to."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from engine.runtime import shipped


def origin(checkpoint: Path | None, seed: int) -> dict[str, Any]:
    """What every figure's record says of where it comes from; None: the shipped checkpoint."""
    return {"seed": seed, "weights": fingerprint(checkpoint or shipped())}


def fingerprint(checkpoint: Path) -> str:
    """The first twelve digits of the SHA-256 of a checkpoint's weights. Raises OSError."""
    with (checkpoint / "model.safetensors").open("rb") as weights:
        return hashlib.file_digest(weights, "sha256").hexdigest()[:12]
