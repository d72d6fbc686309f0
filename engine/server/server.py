"""The engine behind a WebSocket: listens, and lets clients in."""

from __future__ import annotations

import asyncio
import functools
import logging
import ssl
from types import TracebackType
from typing import Any

from websockets.asyncio.server import Server as SocketServer
from websockets.asyncio.server import ServerConnection, serve

from engine.microturn import Engine
from engine.server import visit
from engine.server.connection import Connection
from engine.server.ending import RESTART
from engine.server.gate import Gate
from engine.server.guest import Guest
from engine.server.hall import Hall
from engine.server.settings import Settings

# At DEBUG the library logs what frames contain; conversations stay out of logs.
_socket_log = logging.getLogger("aside.socket")
_socket_log.setLevel(logging.WARNING)


class Server:
    """`async with Server(engine, settings) as server:` listens until the block ends."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.settings = settings
        self.hall = Hall(engine, settings)
        self.gate = Gate(settings, self.hall.waits)
        self._listener: SocketServer | None = None

    @property
    def sessions(self) -> int:
        """Places taken."""
        return self.hall.places

    @property
    def connections(self) -> int:
        """Clients connected, with a session or without."""
        return self.gate.inside

    @property
    def port(self) -> int:
        assert self._listener is not None, "the server is not listening yet"
        return int(next(iter(self._listener.sockets)).getsockname()[1])

    @property
    def url(self) -> str:
        """What a client takes as its base URL, without the path of the resource."""
        return base_url(self.settings, self.port)

    async def __aenter__(self) -> Server:
        """Raises OSError when the address cannot be had."""
        self._listener = await serve(
            self._attend,
            self.settings.host,
            self.settings.port,
            process_request=self.gate.check,
            create_connection=self._guest(),
            open_timeout=None,  # the gate's patience begins earlier, with the first byte
            max_size=self.settings.max_message_bytes,
            compression=None,
            close_timeout=2,
            logger=_socket_log,
        )
        self._watch = asyncio.create_task(self.hall.watch_memory())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._listener is not None
        self._listener.close(code=RESTART, reason="the server stops")
        self.hall.close()
        self._watch.cancel()
        await self._listener.wait_closed()
        await self.hall.settled()

    def _guest(self) -> Any:
        tls = _tls(self.settings)
        return functools.partial(Guest, gate=self.gate, tls=tls, hello_s=self.settings.hello_s)

    async def _attend(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        with self.gate.visitor():
            await Connection(socket, self.hall, socket.request.path).attend()


def base_url(settings: Settings, port: int) -> str:
    """What a client of a server with these settings takes as its base URL."""
    scheme = "wss" if settings.certificate else "ws"
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{scheme}://{host}:{port}{visit.VERSION}"


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings.certificate, settings.key)
    return context
