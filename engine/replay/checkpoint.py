"""Which model a tape was recorded with: a hash over the checkpoint's files."""

from __future__ import annotations

import hashlib
from pathlib import Path

_MODEL_FILES = ("config.json", "*.safetensors", "tokenizer.json")


def fingerprint(checkpoint: Path) -> str:
    """SHA-256 over names and contents of the files that decide what the model does; "" where
    the folder holds none."""
    paths = sorted(path for pattern in _MODEL_FILES for path in checkpoint.glob(pattern))
    if not paths:
        return ""
    total = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            total.update(path.name.encode())
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()
