"""Where sessions are opened, waited for and given back; nobody else counts them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from concurrent.futures import Future, ThreadPoolExecutor

from engine.microturn import Engine
from engine.server.admission import Admission, Cost, probe
from engine.server.archive import Archive
from engine.server.dialect import Identity, Opening
from engine.server.ending import POLICY, TRY_LATER, Ending
from engine.server.keeper import Keeper
from engine.server.live import LiveSession, expiry
from engine.server.outbox import Outbox
from engine.server.rest import Rested, take
from engine.server.settings import Settings
from engine.server.stay import Stay
from engine.server.strict import WireError
from engine.server.unit import Stepper

log = logging.getLogger(__name__)
VACATED_S = 1.0
SWEEP_EVERY_S = 60.0


class Hall:
    """A place is taken from the opening until the session's last micro-turn has left its thread.

    So that the number of places bounds memory whatever clients do.
    """

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.settings = settings
        self._engine = engine
        self._workers: dict[str, ThreadPoolExecutor] = {}
        self._stays: dict[str, Stay] = {}
        self._archive = Archive(engine, settings) if settings.journal is not None else None
        self._coming: dict[str, asyncio.Task[Stay | None]] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self.admission = Admission(settings, Cost(0.0, 0.0))

    async def measure(self) -> None:
        """Learns what a session costs on this machine, before the first client comes."""
        try:
            idle = await asyncio.to_thread(probe, self._engine)
        except Exception as error:  # its first session will fail and be told why
            log.error("a session could not be measured: %s", type(error).__name__)
        else:
            self.admission = Admission(self.settings, idle)

    @property
    def places(self) -> int:
        """Places taken."""
        return len(self._workers)

    def find(self, session_id: str) -> Stay | None:
        """A session that a client may come back to."""
        stay = self._stays.get(session_id)
        return stay if stay is not None and stay.keep_s > 0 else None

    def waits(self, session_id: str) -> bool:
        """Whether a client may come back to this session, here or out of the journal."""
        kept = self._archive is not None and self._archive.has(session_id)
        return kept or self.find(session_id) is not None

    async def come_back(self, session_id: str) -> Stay | None:
        """A session that its client comes back to; out of the journal, where it is not here.

        None when there is none any more.
        """
        if self.find(session_id) is None and self._archive is not None:
            # All that come for one session at once wait for one return.
            if session_id not in self._coming:
                self._coming[session_id] = asyncio.create_task(self._return(session_id))
            await asyncio.shield(self._coming[session_id])
        return self.find(session_id)

    async def open(self, opening: Opening, outbox: Outbox) -> Stay:
        """Opens an engine session for a client. Raises WireError when there is no place."""
        await self._make_room()
        refusal = self.admission.refusal(self.places)
        if refusal is not None:
            raise WireError("too_many_sessions", refusal, None, opening.client_event_id)
        session_id = f"session_{self.settings.name}{secrets.token_hex(12)}"
        worker = self._take_place(session_id)
        rested = take(self.settings.rest, self._engine.name)
        stepper, keeper = await self._engage(session_id, opening, rested)
        engine, ends = self._engine, expiry(self.settings.age_s)
        computes = getattr(engine, "computes", "")  # an engine need not tell
        identity = Identity(session_id, engine.name, ends, engine.sees, computes)
        live = LiveSession(
            identity, opening.speak(identity), stepper, worker, outbox, self.settings,
            self.admission.measured, self._engine.count_tokens, rested,
        )  # fmt: skip
        stay = Stay(live, min(opening.keep_s, self.settings.keep_s), self.settings, self._leave)
        self._stays[session_id] = stay
        self._begin(live, opening)
        if keeper is not None:
            live.keeper = keeper
            keeper.save(live, rested)
        return stay

    async def watch_memory(self) -> None:
        """Over the cap, who has waited longest for its client waits no more. Never returns."""
        swept_s = 0.0
        while True:
            if self._archive is not None and time.monotonic() > swept_s + SWEEP_EVERY_S:
                swept_s = time.monotonic()
                await self._archive.sweep()
            await asyncio.sleep(self.settings.memory_every_s)
            waiting = self._longest_waiting()
            if waiting is not None and self.admission.short_of_memory():
                waiting.end(Ending("connection_lost", POLICY, "memory was short"))

    def close(self) -> None:
        """Ends what still lives; what is in the journal waits there for its client."""
        for stay in list(self._stays.values()):
            keeper = stay.live.keeper
            if keeper is not None and keeper.keeps:
                stay.move()
            else:
                stay.end(Ending("connection_lost", POLICY, "the server stops"))

    async def settled(self) -> None:
        """Waits until the journals of sessions that ended are as they should be."""
        await asyncio.gather(*self._leaving, return_exceptions=True)

    def _begin(self, live: LiveSession, opening: Opening) -> None:
        live.tell(live.dialect.welcome(live))
        for words in opening.before:
            live.inbox.read(words)
        live.tell_state()

    async def _engage(
        self, session_id: str, opening: Opening, rested: Rested | None
    ) -> tuple[Stepper, Keeper | None]:
        loop, worker = asyncio.get_running_loop(), self._workers[session_id]
        keep_s = min(opening.keep_s, self.settings.keep_s)

        def engage() -> tuple[Stepper, Keeper | None]:
            stepper = Stepper(self._engine.session(opening.seed), rested)
            if self._archive is None or not keep_s:
                return stepper, None
            return stepper, self._archive.begin(session_id, opening.seed, keep_s)

        try:
            return await loop.run_in_executor(worker, engage)
        except BaseException as error:
            self._vacate(session_id)
            if not isinstance(error, Exception):
                raise
            log.error("no session could be opened: %s", type(error).__name__)
            message = "the engine could not open a session; see the server's log"
            raise WireError("engine_failed", message, None, opening.client_event_id) from None

    async def _make_room(self) -> None:
        """Short of memory or places, who has waited longest for its client waits no more."""
        oldest = self._longest_waiting()
        full = self.places >= self.settings.max_sessions or self.admission.short_of_memory()
        if oldest is None or not full:
            return
        worker = self._workers[oldest.live.identity.id]
        oldest.end(Ending("connection_lost", POLICY, "its place was needed"))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(VACATED_S):
                while worker in self._workers.values():
                    await asyncio.sleep(0.005)

    def _longest_waiting(self) -> Stay | None:
        waiting = [stay for stay in self._stays.values() if stay.waiting]
        return min(waiting, key=lambda stay: stay.left_at_s or 0.0, default=None)

    async def _return(self, session_id: str) -> Stay | None:
        """Raises Ending when it cannot be had here and now."""
        assert self._archive is not None
        try:
            await self._make_room()
            refusal = self.admission.refusal(self.places)
            if refusal is not None:
                raise Ending("connection_lost", TRY_LATER, refusal)
            worker = self._take_place(session_id)
            returned = await self._archive.take_up(session_id, worker, self.admission.measured)
            if returned is None:
                self._vacate(session_id)
                raise Ending("connection_lost", TRY_LATER, "no such session waits any more")
            live, keep_s = returned
            age_s = max(0.0, live.identity.expires_at - time.time())
            stay = Stay(live, keep_s, self.settings, self._leave, age_s)
            self._stays[session_id] = stay
            stay.wait()
            return stay
        finally:
            del self._coming[session_id]

    def _take_place(self, session_id: str) -> ThreadPoolExecutor:
        worker = ThreadPoolExecutor(1, thread_name_prefix=session_id)
        self._workers[session_id] = worker
        return worker

    def _leave(self, stay: Stay) -> None:
        if stay.live.keeper is not None:
            leaving = asyncio.create_task(stay.live.keeper.leave(over=not stay.moved))
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
        self._stays.pop(stay.live.identity.id, None)
        self._vacate(stay.live.identity.id)

    def _vacate(self, session_id: str) -> None:
        """Frees the place once the worker is idle: a thread cannot be stopped in its work."""
        loop = asyncio.get_running_loop()
        worker = self._workers[session_id]

        def freed(_: Future[None]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody counts any more
                loop.call_soon_threadsafe(self._workers.pop, session_id, None)

        worker.submit(lambda: None).add_done_callback(freed)
        worker.shutdown(wait=False)
