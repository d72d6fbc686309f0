"""A server in a thread of its own, and the plainest client there is, for tests."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from engine.microturn import Engine
from engine.server.server import Server
from engine.server.settings import Settings
from tests.scripted import ScriptedEngine, tone

START = {
    "model": "any",
    "audio": {"format": {"type": "audio/pcm", "rate": 16000}},
    "aside": {},
}


@contextmanager
def serving(engine: Engine | None = None, **settings: Any) -> Iterator[Server]:
    """Listens on a free port of loopback until the block ends."""
    ready: list[Server] = []
    started, done = threading.Event(), threading.Event()

    async def serve() -> None:
        # On a busy machine the scripted steps may be late; who wants to be refused, says so.
        limits = Settings(**{"limit_s": 3600.0, **settings})
        async with Server(engine or ScriptedEngine(), limits) as server:
            ready.append(server)
            started.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert started.wait(10)
    try:
        yield ready[0]
    finally:
        done.set()
        thread.join(10)


class Wire:
    """Sends and receives bare events over one WebSocket."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.seen: list[dict[str, Any]] = []

    def send(self, kind: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"type": kind, **fields}))

    def recv(self, timeout_s: float = 5.0) -> dict[str, Any]:
        event = json.loads(self.socket.recv(timeout_s))
        self.seen.append(event)
        return event

    def until(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Reads on to the first event of this type with these fields."""
        while True:
            event = self.recv()
            if event["type"] == kind and fields.items() <= event.items():
                return event

    def hear(self, samples: np.ndarray) -> None:
        self.send("session.input_audio.append", audio=pcm(samples))

    def turns(self, count: int, hz: float = 0.0) -> None:
        """Sends micro-turns one by one, each after the answer to the one before.

        The answer waited for is that of a thought sent along, so this works in silence too.
        """
        for _ in range(count):
            self.send("session.thinking.append", content="tick", delegation_id=None)
            self.hear(tone(hz))
            self.until("session.thinking.appended")

    def rest(self) -> list[dict[str, Any]]:
        """Reads to the end of the connection; returns all that was ever seen."""
        with suppress(ConnectionClosed):
            while True:
                self.recv()
        return self.seen


@contextmanager
def wire(server: Server, session: dict[str, Any] | None = None) -> Iterator[Wire]:
    """Connects; with `session`, starts it and reads its `session.started`."""
    header = {"Authorization": f"Bearer {server.settings.token}"}
    url = server.url + "/live/sessions"
    with connect(url, additional_headers=header, proxy=None, compression=None) as socket:
        client = Wire(socket)
        if session is not None:
            client.send("session.start", session=session)
            client.until("session.started")
        yield client


@contextmanager
def realtime_wire(server: Server, query: str = "aside=1") -> Iterator[Wire]:
    """Connects to the other protocol, extensions on, and reads its `session.created`."""
    header = {"Authorization": f"Bearer {server.settings.token}"}
    url = f"{server.url}/realtime?{query}"
    with connect(url, additional_headers=header, proxy=None, compression=None) as socket:
        client = Wire(socket)
        client.until("session.created")
        yield client


def eventually(condition: Callable[[], bool], within_s: float = 5.0) -> bool:
    """Whether `condition` becomes true in time."""
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def alive(client: Wire) -> None:
    """The session still takes sound and words and answers."""
    client.send("aside.input_text.append", text="here", event_id="alive")
    client.hear(tone(440))
    client.until("aside.input_text.appended", client_event_id="alive")
    client.until("session.output_transcript.delta")


def pcm(samples: np.ndarray) -> str:
    """Base64 of 16-bit PCM."""
    return base64.b64encode((samples * 32767).astype("<i2").tobytes()).decode()


def unpcm(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<i2").astype(np.float32) / 32768
