"""A connection that the gate knows from its first byte on, the greeting of TLS included."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING, Any, cast

from websockets.asyncio.server import ServerConnection

if TYPE_CHECKING:
    from engine.server.gate import Gate


class Guest(ServerConnection):
    """Greets by itself: asyncio tells of an encrypted connection only when it has been greeted, so
    that a crowd that greets slowly, at a quarter of a MiB each, would be counted by nobody.

    tls: None without encryption. hello_s: who has not greeted by then is cut off.
    """

    def __init__(
        self, *args: Any, gate: Gate, tls: ssl.SSLContext | None, hello_s: float, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._gate, self._tls, self._hello_s = gate, tls, hello_s
        self._open = self._gone = False
        self._early: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        line = cast(asyncio.Transport, transport)
        self._gate.arrive(self, line)
        if self._tls is None:
            self._begin(line)
            return
        line.pause_reading()  # until whoever decrypts has taken over
        self._greeting = asyncio.create_task(self._greet(line, self._tls))

    def data_received(self, data: bytes) -> None:
        if self._open:
            super().data_received(data)
        else:
            self._early.append(data)  # came with the end of the greeting

    def eof_received(self) -> None:
        if self._open:
            super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self._gone = True
        self._gate.depart(self)
        if self._open:
            super().connection_lost(exc)

    async def _greet(self, line: asyncio.Transport, tls: ssl.SSLContext) -> None:
        loop = asyncio.get_running_loop()
        try:
            secure = await loop.start_tls(
                line, self, tls, server_side=True, ssl_handshake_timeout=self._hello_s
            )
        except OSError:  # no TLS, too slow, or hung up
            secure = None
        if secure is None or self._gone:
            self._gate.depart(self)
            line.abort()
        else:
            self._begin(secure)

    def _begin(self, transport: asyncio.Transport) -> None:
        self._open = True
        super().connection_made(transport)
        early, self._early = self._early, []
        for data in early:
            super().data_received(data)
