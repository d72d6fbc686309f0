"""`aside models check`: whether a model can be used, found out and not guessed.

A checkpoint's files are looked at. A server is asked for a session, which is given back at once:
no sound, no picture and no word of anybody goes to it.
"""

from __future__ import annotations

import argparse
import json
import queue
import struct
import time
from pathlib import Path

from engine.client.events import EngineFailed, EngineLost, Event, Started
from engine.client.models import choice
from engine.client.models.checkpoints import WEIGHTS, find
from engine.client.models.choice import Local, NoModel, Remote
from engine.client.models.link import link
from engine.client.models.machine import look, why_not_here

PATIENCE_S = 20.0
MAX_HEADER_BYTES = 100 << 20


def main(options: argparse.Namespace) -> int:
    """0 when it can be used. Raises NoModel, keys.NoKey."""
    chosen = choice.choose(options.name)
    told = _server(chosen) if isinstance(chosen, Remote) else _files(chosen)
    result = {"name": chosen.name, "usable": True, **told}
    print(json.dumps(result) if options.json else f"{chosen.name}: {told['found']}")
    return 0


def _server(remote: Remote) -> dict[str, object]:
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    began = time.monotonic()
    connection = link(events.put, remote).start()
    try:
        session = _first(events, remote)
        took_ms = round(1000 * (time.monotonic() - began))
    finally:
        connection.stop()
    found = f"a session with {session.engine} at {remote.url} began after {took_ms} ms"
    return {"found": found, "engine": session.engine, "took_ms": took_ms}


def _first(events: queue.SimpleQueue[Event], remote: Remote) -> Started:
    deadline_s = time.monotonic() + PATIENCE_S
    while (left_s := deadline_s - time.monotonic()) > 0:
        try:
            event = events.get(timeout=left_s)
        except queue.Empty:
            break
        if isinstance(event, Started):
            return event
        if isinstance(event, EngineFailed):
            raise NoModel(event.message)
        if isinstance(event, EngineLost):
            raise NoModel(event.reason)
    raise NoModel(f"{remote.url} did not answer in {PATIENCE_S:g} s")


def _files(local: Local) -> dict[str, object]:
    path = local.path or _shipped(local.name)
    size = _weights(path / WEIGHTS)
    lacking = why_not_here(look(), size)
    if lacking:
        raise NoModel(f"{local.name} {lacking}")
    return {"found": f"{path} is complete and fits this machine", "size_bytes": size}


def _shipped(name: str) -> Path:
    for checkpoint in find():
        if checkpoint.origin == "shipped" and checkpoint.name == name:
            return Path(checkpoint.path)
    raise NoModel("the model that came with Aside is not there: set Aside up again")


def _weights(path: Path) -> int:
    """Size in bytes. The header says how long the file must be: a cut-off one is found at once."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(min(length, MAX_HEADER_BYTES)))
        ends = [entry["data_offsets"][1] for key, entry in header.items() if key != "__metadata__"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error):
        raise NoModel(f"{path} cannot be read as safetensors") from None
    if size != 8 + length + max(ends, default=0):
        raise NoModel(f"{path} is not as long as it says: download it again")
    return size
