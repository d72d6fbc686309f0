"""What a session with any server looks like to the supervisor."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Protocol

from engine.client.events import SessionEvent
from engine.client.items import Item
from engine.client.socket import Address


class Session(Protocol):
    """One session: entered, iterated to its `Closed`, left. Entering raises Unreachable."""

    async def __aenter__(self) -> Session: ...

    async def __aexit__(self, *_: object) -> None: ...

    def __aiter__(self) -> AsyncIterator[SessionEvent]:
        """Events in order; `Closed` is the last and always comes."""
        ...

    @property
    def sees(self) -> bool:
        """Whether pictures are wanted."""
        ...

    async def write(self, item: Item) -> None:
        """Sends it, and waits while the other side is slow. After the end it is dropped."""
        ...

    async def close(self) -> None:
        """Asks the server to finish."""
        ...

    async def rest(self) -> None:
        """Asks the server to finish, and where it can, to keep the session for later."""
        ...


OpenSession = Callable[[Address], Session]
