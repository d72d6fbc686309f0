"""The journals of all sessions, and sessions out of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from engine.microturn import TURN_S, Engine
from engine.server.journal import Gone, Journal, Journals
from engine.server.keeper import Keeper
from engine.server.kept import from_bytes, live_through
from engine.server.live import LiveSession
from engine.server.rest import Rested
from engine.server.settings import Settings
from engine.server.unit import Stepper

log = logging.getLogger(__name__)
TRIES = 2  # after which the micro-turn under way is taken to be what ends the processes
Measured = Callable[[float, float], None]
Returned = tuple[LiveSession, float]


class Archive:
    """Where `Settings.journal` says. Its disk is only ever waited for beside the talk."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        """Raises OSError when the folder cannot be had."""
        assert settings.journal is not None
        self._engine, self._settings = engine, settings
        self._journals = Journals(settings.journal)

    def has(self, session_id: str) -> bool:
        return self._journals.has(session_id)

    def begin(self, session_id: str, seed: int, keep_s: float) -> Keeper | None:
        """Of a new session. None where the disk refuses: that costs the journal alone."""
        try:
            return self._keeper(self._journals.begin(session_id), seed, keep_s)
        except (OSError, Gone) as error:
            log.error("a session cannot be kept: %s", type(error).__name__)
            return None

    async def take_up(
        self, session_id: str, worker: ThreadPoolExecutor, measured: Measured
    ) -> Returned | None:
        """A session as it was when its process went, and how long it waits for its client.

        Lives again, in `worker`, through what came after its newest state. None when there is
        none, another process has it, it does not do again what it did, or that takes longer than
        it took and a stuck micro-turn may.
        """
        loop, settings = asyncio.get_running_loop(), self._settings
        try:
            async with asyncio.timeout(settings.unit_s + TURN_S * settings.journal_turns):
                live, keeper, keep_s, rested = await loop.run_in_executor(
                    worker, self._read, session_id, worker, measured
                )
        except Exception as error:  # the type alone: its message may quote the conversation
            log.error("a session could not be taken up: %s", type(error).__name__)
            return None
        live.keeper = keeper
        keeper.save(live, rested)
        log.info("%s taken up after %d micro-turns", session_id, live.turns)
        return live, keep_s

    async def sweep(self) -> None:
        """Forgets sessions whose client can no longer come back."""
        settings = self._settings
        age_s = settings.lease_s + settings.keep_s + 60.0
        try:
            await asyncio.to_thread(self._journals.sweep, age_s)
        except OSError as error:
            log.error("the journals could not be looked through: %s", type(error).__name__)

    def _read(
        self, session_id: str, worker: ThreadPoolExecutor, measured: Measured
    ) -> tuple[LiveSession, Keeper, float, Rested]:
        journal, state, records, tries = self._journals.take_up(session_id)
        kept, rested = from_bytes(state, self._settings)
        if kept.engine != self._engine.name:
            raise ValueError("a session of another engine")
        stepper = Stepper(self._engine.session(kept.seed), rested)
        live = LiveSession(
            kept.core["identity"], kept.core["dialect"], stepper, worker, kept.core["outbox"],
            self._settings, measured, self._engine.count_tokens,
        )  # fmt: skip
        live.take_up(kept.core)
        live.outbox.settle()
        live_through(live, records, finish=tries < TRIES)
        now = Rested(kept.engine, live.turns, live.last, stepper.state())
        return live, self._keeper(journal, kept.seed, kept.keep_s), kept.keep_s, now

    def _keeper(self, journal: Journal, seed: int, keep_s: float) -> Keeper:
        return Keeper(journal, seed, keep_s, self._settings.journal_turns)
