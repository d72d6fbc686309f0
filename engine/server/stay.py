"""A session's stay in the house: from its opening to its end, with a client or waiting for one."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from engine.server.ending import INTERNAL, POLICY, Displaced, Ending
from engine.server.live import LiveSession
from engine.server.settings import Settings

log = logging.getLogger(__name__)
Writer = asyncio.Task[None]


class Stay:
    """One writer at a time: who comes back takes the session over from a connection that died.

    keep_s: how long it waits for its client; 0: it ends with the connection. moved: it is no
    longer here, and waits for its client in the journal.
    """

    def __init__(
        self, live: LiveSession, keep_s: float, settings: Settings,
        give_back: Callable[[Stay], None], age_s: float | None = None,
    ) -> None:  # fmt: skip
        self.live, self.keep_s = live, keep_s
        self.moved = False
        self._age_s = settings.age_s if age_s is None else age_s
        self.left_at_s: float | None = None
        self._settings, self._give_back = settings, give_back
        self._writer: Writer | None = None
        self._reaper: asyncio.TimerHandle | None = None
        self._ended: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._run())
        log.info("%s opened", live.identity.id)

    @property
    def waiting(self) -> bool:
        """Whether it has no client at the moment."""
        return self._writer is None and not self._gone

    @property
    def _gone(self) -> bool:
        return self.moved or self._ended.done()

    def enter(self, writer: Writer) -> None:
        """A client's writer takes the session. Raises Displaced when another has it already."""
        if self._writer is not None or self.moved:
            raise Displaced
        self._writer, self.left_at_s = writer, None
        self.live.attended = True
        self._stop_reaper()

    def held_by(self, writer: Writer) -> bool:
        """Whether what this client sends is still to be obeyed."""
        return self._writer is writer and not self._gone

    def make_room(self) -> None:
        """Cuts off whoever holds the session: another connection of its client has come."""
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None

    def leave(self, writer: Writer) -> None:
        """The client's connection was lost; the session waits for it, but not for ever."""
        if self._writer is not writer:
            return  # another connection has it
        if not self.keep_s:
            self.end(Ending("connection_lost"))
        if self._gone:
            return
        self.wait()

    def wait(self) -> None:
        """Has no client; waits for it as long as it may."""
        self._writer, self.left_at_s = None, time.monotonic()
        self.live.attended = False
        expired = Ending("connection_lost", POLICY, "its client did not come back")
        loop = asyncio.get_running_loop()
        self._reaper = loop.call_later(self.keep_s, self.end, expired)
        log.info("%s waits for its client", self.live.identity.id)

    async def over(self) -> None:
        """Waits for the end of the session. Always raises Ending."""
        raise await asyncio.shield(self._ended)

    def end(self, ending: Ending) -> None:
        if not self._gone:
            self._task.cancel()
            self._finish(ending)

    def move(self) -> None:
        """Leaves this process without an end: whoever has the journal may go on with it."""
        if not self._gone:
            self.moved = True
            self.make_room()
            self._stop_reaper()
            self._task.cancel()
            self._give_back(self)

    async def _run(self) -> None:
        try:
            async with asyncio.timeout(self._age_s) as age:
                await self.live.run()
        except Ending as ending:
            if self.live.resting:
                await self.live.leave_state()
            self._finish(ending)
        except Exception as error:
            if isinstance(error, TimeoutError) and age.expired():
                self._finish(Ending("expired", POLICY, "time is up"))
                return
            log.error("a session broke with %s", type(error).__name__)
            self._finish(Ending("connection_lost", INTERNAL, "internal error"))

    def _finish(self, ending: Ending) -> None:
        if self._gone:
            return
        live = self.live
        log.info("%s closed after %d micro-turns: %s", live.identity.id, live.turns, ending)
        self._stop_reaper()
        live.outbox.close()
        live.tell(live.dialect.closed(ending, live.turns))
        self._ended.set_result(ending)
        self._give_back(self)

    def _stop_reaper(self) -> None:
        if self._reaper is not None:
            self._reaper.cancel()
            self._reaper = None
