"""A replica as an ASGI application: the same gate, hall and sessions as behind `aside serve`."""

from __future__ import annotations

import asyncio
import logging
from http import HTTPStatus
from pathlib import Path

from engine.server.connection import Connection
from engine.server.gate import Gate
from engine.server.hall import Hall
from engine.server.options import Load
from engine.server.replicas.asgi import AsgiLine, Receive, Scope, Send, header, target
from engine.server.settings import Settings

log = logging.getLogger(__name__)


class Door:
    """Loads the engine when the server in front starts it. settings.name: this replica's."""

    def __init__(self, load: Load, model: Path | None, settings: Settings) -> None:
        self._load, self._model, self._settings = load, model, settings
        self._hall: Hall | None = None
        self._watch: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            await self._attend(scope, receive, send)
        else:
            await _answer(send, "http", HTTPStatus.UPGRADE_REQUIRED, "Come with a WebSocket.")

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self._open()
        except Exception as error:  # whatever a checkpoint can do to a loader
            log.error("the engine could not be loaded: %s", error)
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _open(self) -> None:
        engine = await asyncio.to_thread(self._load, self._model)
        self._hall = Hall(engine, self._settings)
        self._gate = Gate(self._settings, self._hall.waits)
        await self._hall.measure()
        self._watch = asyncio.create_task(self._hall.watch_memory())

    async def _close(self) -> None:
        assert self._hall is not None
        assert self._watch is not None
        self._watch.cancel()
        self._hall.close()
        await self._hall.settled()

    async def _attend(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._hall is not None
        await receive()  # websocket.connect
        asked = target(scope)
        refusal = self._gate.refusal(asked, header(scope, "origin"), header(scope, "authorization"))
        if refusal is not None:
            await _answer(send, "websocket.http", *refusal)
            return
        await send({"type": "websocket.accept"})
        line = AsgiLine(receive, send, self._settings.max_message_bytes)
        with self._gate.visitor():
            await Connection(line, self._hall, asked).attend()


async def _answer(send: Send, kind: str, status: HTTPStatus, text: str) -> None:
    """kind: "http", or "websocket.http" for a WebSocket that is refused."""
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": f"{kind}.response.start", "status": int(status), "headers": headers})
    await send({"type": f"{kind}.response.body", "body": f"{text}\n".encode()})
