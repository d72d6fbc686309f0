"""Which weights a figure belongs to."""

from __future__ import annotations

import hashlib
from pathlib import Path


def fingerprint(checkpoint: Path) -> str:
    """The first twelve digits of the SHA-256 of a checkpoint's weights. Raises OSError."""
    with (checkpoint / "model.safetensors").open("rb") as weights:
        return hashlib.file_digest(weights, "sha256").hexdigest()[:12]
