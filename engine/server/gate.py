"""Who may come in: decided on the HTTP request, before anything is allocated."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from engine.server import visit
from engine.server.guest import Guest
from engine.server.settings import Settings

Refusal = tuple[HTTPStatus, str]


@dataclass(frozen=True)
class _Stranger:
    """line: what its bytes come on, below any encryption. patience: cuts it off when it ends."""

    line: asyncio.Transport
    patience: asyncio.TimerHandle


class Gate:
    """Checks path, token and origin, and counts connections.

    A browser sends an Origin and cannot send our token: a web page that found the port is
    turned away before the token is even looked at. Connections that have shown no token yet are
    strangers; when there are too many, the one that came first is cut off, so that a crowd that
    says nothing keeps nobody out; and who is one for too long, whatever it spent its time on.

    waits: whether a session waits to be resumed.
    """

    def __init__(self, settings: Settings, waits: Callable[[str], bool]) -> None:
        self._expected = f"Bearer {settings.token}".encode()
        self._settings, self._waits = settings, waits
        self._strangers: dict[Guest, _Stranger] = {}
        self.inside = 0

    @property
    def strangers(self) -> int:
        return len(self._strangers)

    def arrive(self, guest: Guest, line: asyncio.Transport) -> None:
        """line: what its bytes come on, below any encryption."""
        loop = asyncio.get_running_loop()
        patience = loop.call_later(self._settings.hello_s, self._cut_off, guest)
        self._strangers[guest] = _Stranger(line, patience)
        if len(self._strangers) > self._settings.max_strangers:
            self._cut_off(next(iter(self._strangers)))

    def depart(self, guest: Guest) -> None:
        """Has shown its token, or is gone."""
        stranger = self._strangers.pop(guest, None)
        if stranger is not None:
            stranger.patience.cancel()

    def check(self, connection: ServerConnection, request: Request) -> Response | None:
        """None lets the request in; the connection has then to `leave` when it ends."""
        headers = request.headers
        refusal = self.refusal(
            request.path, headers.get_all("Origin"), headers.get_all("Authorization")
        )
        if refusal is None:
            assert isinstance(connection, Guest)
            self.depart(connection)
            return None
        status, text = refusal
        return connection.respond(status, text + "\n")

    def refusal(
        self, target: str, origins: Sequence[str], authorizations: Sequence[str]
    ) -> Refusal | None:
        """Why a request may not come in; None when it may. target: path and query."""
        return self._stranger(origins, authorizations) or self._address(target)

    @contextlib.contextmanager
    def visitor(self) -> Iterator[None]:
        """A client that is inside for as long as the block lasts."""
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1

    def _cut_off(self, guest: Guest) -> None:
        line = self._strangers[guest].line
        self.depart(guest)
        line.abort()

    def _stranger(self, origins: Sequence[str], given: Sequence[str]) -> Refusal | None:
        if origins:
            return HTTPStatus.FORBIDDEN, "Web pages may not use this server."
        if len(given) != 1 or not hmac.compare_digest(_bytes(given[0]), self._expected):
            return HTTPStatus.UNAUTHORIZED, "Send the token of this launch: Authorization: Bearer."
        return None

    def _address(self, target: str) -> Refusal | None:
        try:
            asked = visit.read(target)
        except visit.Unknown:
            return HTTPStatus.NOT_FOUND, f"This server answers at {' and '.join(visit.PATHS)}."
        except ValueError as error:
            return HTTPStatus.BAD_REQUEST, f"Bad query: {error}."
        if asked.resume is not None and not self._waits(asked.resume):
            return HTTPStatus.GONE, "No such session waits any more; start a new one."
        if self.inside >= self._settings.max_connections:
            return HTTPStatus.SERVICE_UNAVAILABLE, "Too many connections; close one and try again."
        return None


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogateescape")
