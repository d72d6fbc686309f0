"""Keeps the journal of one live session: notes what happens, and now and then all that it is."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from engine.server.ending import POLICY, Ending
from engine.server.journal import Gone, Journal
from engine.server.kept import Kept, to_bytes
from engine.server.rest import Rested

if TYPE_CHECKING:
    from engine.server.live import LiveSession

log = logging.getLogger(__name__)
PAGE_BYTES, LIMIT_BYTES = 8 << 20, 64 << 20


class Keeper:
    """A disk that refuses costs the journal, not the talk: it is said once, and no more is kept.

    every_turns: micro-turns from one state to the next; what comes back lives through so many
    again at most, and those that pass while a state is being written.
    """

    def __init__(self, journal: Journal, seed: int, keep_s: float, every_turns: int) -> None:
        self._journal: Journal | None = journal
        self._seed, self._keep_s, self._every_turns = seed, keep_s, every_turns
        self._kept_turn = 0
        self._saving: asyncio.Task[None] | None = None
        self._gone = False

    @property
    def keeps(self) -> bool:
        """Whether another process could go on with the session."""
        return self._journal is not None and not self._gone

    def note(self, kind: int, payload: bytes = b"") -> None:
        """Before anything comes of it. Raises Ending where more comes than any talk has."""
        if self._journal is not None:
            if self._journal.bytes >= LIMIT_BYTES:  # no sound comes with it, so no time passes
                raise Ending("connection_lost", POLICY, "too much came in no time")
            try:
                self._journal.note(kind, payload)
            except OSError as error:
                self._give_up(error)

    def save(self, live: LiveSession, rested: Rested | None) -> None:
        """All that the session is, between two micro-turns; written beside the talk."""
        if self._journal is None or (self._saving is not None and not self._saving.done()):
            return
        journal = self._journal
        try:
            page = journal.turn_page()
        except OSError as error:
            self._give_up(error)
            return
        self._kept_turn = live.turns
        core = to_bytes(Kept(live.identity.engine, self._seed, self._keep_s, live.core()))
        self._saving = asyncio.create_task(self._write(journal, page, core, rested))

    def due(self, turns: int) -> bool:
        """Whether the engine's state is wanted after so many micro-turns."""
        saving = self._saving is not None and not self._saving.done()
        if self._journal is None or saving:
            return False
        return turns - self._kept_turn >= self._every_turns or self._journal.bytes >= PAGE_BYTES

    def turn_done(self, live: LiveSession, snapshot: Rested | None) -> None:
        """snapshot: the engine's state after this micro-turn, where it was due.

        Raises Ending when the session goes on in another process.
        """
        if self._gone:
            raise Ending("connection_lost", POLICY, "the session goes on elsewhere")
        if snapshot is not None:
            self.save(live, snapshot)

    async def leave(self, over: bool) -> None:
        """over: nobody comes back to this session. Otherwise another process may take it up."""
        journal, self._journal = self._journal, None
        if self._saving is not None:
            await asyncio.gather(self._saving, return_exceptions=True)
        if journal is not None:
            await asyncio.to_thread(journal.remove if over else journal.leave)

    async def _write(self, journal: Journal, page: int, core: bytes, rested: Rested | None) -> None:
        try:
            await asyncio.to_thread(lambda: journal.save(page, core + to_bytes(rested)))
        except Gone:
            self._gone = True
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        if self._journal is not None:
            log.error("a journal cannot be written (%s): its session is not kept", error.strerror)
            self._journal.leave()
        self._journal = None
