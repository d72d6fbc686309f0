"""A live session as bytes, and a live session from bytes: how it gets from process to process.

What it is besides the engine's state (what waits, what was told, what its protocol knows) is
small. What happened after the bytes were written is lived through again, by the same code, with
the same engine: so the client is told the same events under the same numbers.
"""

from __future__ import annotations

import asyncio
import io
import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.server.inbox import Arrivals
from engine.server.journal import DONE, FRAME_BINARY, FRAME_TEXT, SILENCE, TAKEN, UNDONE, Record
from engine.server.rest import Rested
from engine.server.settings import Settings
from engine.server.strict import WireError
from engine.server.unit import Aborted

if TYPE_CHECKING:
    from engine.server.live import LiveSession


@dataclass(frozen=True)
class Kept:
    """core: what `LiveSession.core` gave. The engine's state is written after it, apart."""

    engine: str
    seed: int
    keep_s: float
    core: dict[str, Any]


class _Pickler(pickle.Pickler):
    """Leaves out what belongs to a process: its settings (the token is in them), its waiters."""

    def persistent_id(self, value: Any) -> str | None:
        return "settings" if isinstance(value, Settings) else None

    def reducer_override(self, value: Any) -> Any:
        return (asyncio.Event, ()) if isinstance(value, asyncio.Event) else NotImplemented


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, settings: Settings) -> None:
        super().__init__(file)
        self._settings = settings

    def persistent_load(self, name: Any) -> Settings:
        return self._settings


def to_bytes(value: Any) -> bytes:
    file = io.BytesIO()
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(value)
    return file.getvalue()


def from_bytes(data: bytes, settings: Settings) -> tuple[Kept, Rested | None]:
    """The engine's state is None before the first micro-turn. Raises what pickle may raise."""
    file = io.BytesIO(data)
    kept: Kept = _Unpickler(file, settings).load()
    return kept, _Unpickler(file, settings).load()


def live_through(live: LiveSession, records: Iterable[Record], finish: bool = True) -> None:
    """What happened, once more. finish: whether a micro-turn that was under way is finished; if
    not, or if it fails, it is undone, as it would have been there.

    Raises whatever a session can raise that does not do the same again: then it is lost.
    """
    arrivals: Arrivals | None = None
    for kind, payload in records:
        if kind == TAKEN:
            arrivals = live.take()
        elif kind in (DONE, UNDONE):
            assert arrivals is not None
            live.repeat(arrivals, kind == DONE)
            arrivals = None
        else:
            _came(live, kind, payload)
        live.outbox.settle()
    if arrivals is not None:
        try:
            live.repeat(arrivals, finish)
        except Aborted:
            live.repeat(arrivals, False)
        live.outbox.settle()


def _came(live: LiveSession, kind: int, payload: bytes) -> None:
    if kind == SILENCE:
        live.pass_time()
        return
    assert kind in (FRAME_TEXT, FRAME_BINARY)
    try:
        text = kind == FRAME_TEXT
        live.obey(payload.decode("utf-8", "surrogatepass") if text else payload)
    except WireError as refusal:
        live.refuse(refusal)
