"""A WebSocket that comes through an ASGI server, as a `Connection` wants it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

from websockets.exceptions import ConnectionClosed, ConnectionClosedError, ConnectionClosedOK
from websockets.frames import Close, CloseCode

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_GOODBYES = (CloseCode.NORMAL_CLOSURE, CloseCode.GOING_AWAY)


class AsgiLine:
    """Implements engine.server.connection.Line. max_bytes: of one message; more ends it."""

    def __init__(self, receive: Receive, send: Send, max_bytes: int) -> None:
        self._receive, self._send, self._max_bytes = receive, send, max_bytes
        self._closed: ConnectionClosed | None = None

    @property
    def transport(self) -> AsgiLine:
        return self

    def abort(self) -> None:
        """Nothing more is sent; the server in front closes when its application returns."""
        self._closed = self._closed or _lost()

    async def recv(self) -> str | bytes:
        if self._closed is not None:
            raise self._closed
        message = await self._receive()
        if message["type"] != "websocket.receive":
            self._closed = _ended(message.get("code"), message.get("reason") or "")
            raise self._closed
        text, data = message.get("text"), message.get("bytes")
        came: str | bytes = text if text is not None else data or b""
        # Characters first: a text is at least so many bytes.
        if len(came) > self._max_bytes or len(_bytes(came)) > self._max_bytes:
            await self.close(CloseCode.MESSAGE_TOO_BIG, "the message is too big")
            raise _lost()
        return came

    async def send(self, message: str) -> None:
        if self._closed is not None:
            raise self._closed
        try:
            await self._send({"type": "websocket.send", "text": message})
        except (OSError, RuntimeError) as error:  # how ASGI servers tell of a dead connection
            self._closed = _lost()
            raise self._closed from error

    async def close(self, code: int = 1000, reason: str = "") -> None:
        if self._closed is None:
            self._closed = _ended(code, reason)
            await self._send({"type": "websocket.close", "code": int(code), "reason": reason})


def target(scope: Scope) -> str:
    """Path and query."""
    query = scope.get("query_string", b"").decode("latin-1")
    return scope["path"] + (f"?{query}" if query else "")


def header(scope: Scope, name: str) -> Sequence[str]:
    """All values of a header. name: in lower case."""
    wanted = name.encode()
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == wanted]


def _bytes(message: str | bytes) -> bytes:
    return message.encode("utf-8", "surrogatepass") if isinstance(message, str) else message


def _ended(code: int | None, reason: str) -> ConnectionClosed:
    if code in _GOODBYES:
        goodbye = Close(int(code), reason)
        return ConnectionClosedOK(goodbye, goodbye, True)
    return _lost()


def _lost() -> ConnectionClosed:
    return ConnectionClosedError(None, None)
