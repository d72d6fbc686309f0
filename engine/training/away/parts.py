"""A trained checkpoint as numbered parts that fit through a narrow door, and back together.

Only what the model is comes back: configuration, tokenizer, averaged weights, the log. What
resuming needs is five times as large; where a machine was lost, a run goes on from these weights
(`aside train ... --init DIR --spent MINUTES`) and the optimisers warm up again.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path

from engine.model.checkpoint import CONFIG, TOKENIZER, WEIGHTS

LIST = "parts.json"
PART_BYTES = 15 << 20
CHECKPOINT = (CONFIG, TOKENIZER, WEIGHTS)
_LOG = "log.jsonl"


class PartsError(RuntimeError):
    """Parts are missing, damaged, or not of one checkpoint."""


def split(run: Path, out: Path, part_bytes: int = PART_BYTES) -> list[Path]:
    """Cut the checkpoint of a run into files of at most `part_bytes`, and a list of them.

    Raises FileNotFoundError when the run has written no checkpoint yet.
    """
    whole = _bundle(run)
    out.mkdir(parents=True, exist_ok=True)
    paths, listed = [], []
    for number, first in enumerate(range(0, len(whole), part_bytes)):
        part = whole[first : first + part_bytes]
        path = out / f"part-{number:02d}"
        path.write_bytes(part)
        paths.append(path)
        listed.append({"name": path.name, "sha256": _sha256(part)})
    told = {"sha256": _sha256(whole), "bytes": len(whole), "parts": listed}
    (out / LIST).write_text(json.dumps(told, indent=1) + "\n")
    return [*paths, out / LIST]


def join(parts: Path, out: Path) -> Path:
    """Put a checkpoint together again in directory `out`.

    Raises PartsError naming the part that is missing or damaged; then nothing is written.
    """
    try:
        told = json.loads((parts / LIST).read_text())
    except (OSError, ValueError) as error:
        raise PartsError(f"{parts / LIST} cannot be read: {error}; fetch it again") from error
    whole = b"".join(_part(parts / item["name"], item["sha256"]) for item in told["parts"])
    if _sha256(whole) != told["sha256"]:
        raise PartsError(f"the parts in {parts} are not of one checkpoint: fetch all of them again")
    out.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(whole)) as tar:
        tar.extractall(out, filter="data")
    return out


def _bundle(run: Path) -> bytes:
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w") as tar:
        for name in CHECKPOINT:
            tar.add(run / name, name)
        if (run / _LOG).exists():
            tar.add(run / _LOG, _LOG)
    return kept.getvalue()


def _part(path: Path, sha256: str) -> bytes:
    if not path.is_file():
        raise PartsError(f"{path} is missing: fetch it")
    data = path.read_bytes()
    if _sha256(data) != sha256:
        raise PartsError(f"{path} is damaged: fetch it again")
    return data


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
