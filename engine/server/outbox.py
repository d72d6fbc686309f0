"""What waits to be sent to one client, and what was sent lately: bounded, in order, numbered."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from engine.server.ending import TRY_LATER, Ending

UNNUMBERED = 0
LIMIT_BYTES = 8 << 20


class Socket(Protocol):
    """As much of a connection as the writer needs."""

    async def send(self, message: str) -> None: ...


class Outbox:
    """Events go in from the session's tasks and out through one writer.

    A client that reads slower than it is told things is cut off: what it would get late is of
    no use to it, and the memory is the server's.
    """

    def __init__(self, limit: int, limit_bytes: int = LIMIT_BYTES) -> None:
        """limit: events that may wait; limit_bytes: how much these may be, and those kept."""
        self._limit, self._limit_bytes = limit, limit_bytes
        self._waiting_bytes = self._kept_bytes = 0
        self._events: deque[tuple[int, str]] = deque()
        self._sent: deque[tuple[int, str]] = deque()
        self._keeps = 0
        self._wake = asyncio.Event()
        self._closed = False
        self.count = 0

    def put(self, event: Mapping[str, Any]) -> None:
        """Raises Ending when too much waits already."""
        if len(self._events) >= self._limit or self._waiting_bytes >= self._limit_bytes:
            raise Ending("connection_lost", TRY_LATER, "the client reads too slowly")
        self.count += 1
        text = json.dumps({**event, "event_id": f"event_{self.count}"})
        self._events.append((self.count, text))
        self._waiting_bytes += len(text)
        self._wake.set()

    def keep(self, events: int) -> None:
        """The newest that went out are kept, for a client that comes back."""
        self._keeps = events

    def rewind(self, after: int) -> bool:
        """Makes everything after event `after` wait to be sent; False when some of it is gone."""
        if after > self.count:  # of a time that no journal tells of any more
            self.count = after
            return False
        known = [one for one in [*self._sent, *self._events] if one[0] != UNNUMBERED]
        self._sent = deque(one for one in known if one[0] <= after)
        self._events = deque(one for one in known if one[0] > after)
        self._waiting_bytes, self._kept_bytes = _size(self._events), _size(self._sent)
        self._wake.set()
        first = self._events[0][0] if self._events else self.count + 1
        return first == after + 1

    def settle(self) -> None:
        """What waits counts as sent: its client is not here, and gets it when it comes back."""
        while self._events:
            self._keep(self._take())

    def first(self, event: Mapping[str, Any]) -> None:
        """Goes out before all else, without a number: it is about the connection alone."""
        text = json.dumps(event)
        self._events.appendleft((UNNUMBERED, text))
        self._waiting_bytes += len(text)
        self._wake.set()

    def close(self) -> None:
        """Lets the writer finish after what waits, and makes room for last words."""
        self._limit, self._limit_bytes = self._limit + 8, self._limit_bytes + LIMIT_BYTES
        self._closed = True
        self._wake.set()

    async def drain(self, socket: Socket) -> None:
        """Sends until closed and empty."""
        while not (self._closed and not self._events):
            if not self._events:
                self._wake.clear()
                await self._wake.wait()
                continue
            number, text = self._take()
            self._keep((number, text))
            await socket.send(text)

    def _take(self) -> tuple[int, str]:
        one = self._events.popleft()
        self._waiting_bytes -= len(one[1])
        return one

    def _keep(self, one: tuple[int, str]) -> None:
        if not self._keeps or one[0] == UNNUMBERED:
            return
        self._sent.append(one)
        self._kept_bytes += len(one[1])
        while len(self._sent) > self._keeps or self._kept_bytes > self._limit_bytes:
            self._kept_bytes -= len(self._sent.popleft()[1])


def _size(events: Iterable[tuple[int, str]]) -> int:
    return sum(len(text) for _, text in events)
