"""The engine as the app sees it: plain methods from any thread, events from one."""

from __future__ import annotations

import asyncio
import logging
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine.client import picture
from engine.client.adapters.adapter import Adapter
from engine.client.adapters.session import AdaptedSession
from engine.client.events import EngineFailed, Event
from engine.client.host import Child, Host, Remote, server_command
from engine.client.live import Address, LiveClient, Opening
from engine.client.outgoing import Outgoing
from engine.client.session import OpenSession
from engine.client.socket import AS_USUAL, Timing
from engine.client.supervise import Patience, Supervisor
from engine.microturn import Frame, Update

log = logging.getLogger(__name__)
STOP_S = 10.0
REMOTE_KEEP_S = 30


class EngineLink:
    """A supervised session with an engine, in a thread of its own.

    on_event is called in that thread, with one event at a time, in order; it must return soon
    and hand over what takes long. Methods never block and may be called from any thread, before
    `start` and after `stop` too, where what they are given is lost.
    """

    def __init__(
        self,
        host: Host,
        on_event: Callable[[Event], None],
        opening: Opening | None = None,
        patience: Patience | None = None,
        open_session: OpenSession | None = None,
    ) -> None:
        self._host, self._on_event = host, on_event
        self._patience = patience
        self._open_session = open_session or (
            lambda address: LiveClient(address, opening or Opening())
        )
        self._thread = threading.Thread(target=self._main, name="engine", daemon=True)
        self._running = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._outgoing: Outgoing | None = None
        self._supervisor: Supervisor | None = None
        self._too_late: list[str | Update] = []

    @classmethod
    def local(
        cls,
        on_event: Callable[[Event], None],
        model: Path | None = None,
        opening: Opening | None = None,
        command: Sequence[str] | None = None,
    ) -> EngineLink:
        """Our own engine as a child process. model: a checkpoint, None for the shipped one."""
        return cls(Child(command or server_command(model)), on_event, opening)

    @classmethod
    def remote(
        cls,
        on_event: Callable[[Event], None],
        address: Address,
        opening: Opening | None = None,
    ) -> EngineLink:
        """An engine that runs elsewhere; it is tried again for as long as it takes."""
        asked = opening or Opening(keep_s=REMOTE_KEEP_S)
        return cls(Remote(address), on_event, asked, Patience(attempts=None))

    @classmethod
    def foreign(
        cls,
        on_event: Callable[[Event], None],
        address: Address,
        make: Callable[[], Adapter],
        timing: Timing = AS_USUAL,
    ) -> EngineLink:
        """Somebody else's model behind a protocol of its own; each session has a new adapter."""

        def open_session(where: Address) -> AdaptedSession:
            return AdaptedSession(where, make(), timing)

        return cls(Remote(address), on_event, None, Patience(attempts=None), open_session)

    def start(self) -> EngineLink:
        """Returns at once; `EngineStarting` and then `EngineReady` or `EngineFailed` follow."""
        self._thread.start()
        self._running.wait()
        return self

    def stop(self, timeout_s: float = STOP_S) -> bool:
        """Ends the session and the child. True when that was done within `timeout_s`."""
        if self._supervisor is not None:
            self._call(self._supervisor.stop)
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def send_audio(self, samples: np.ndarray) -> None:
        """(n,) float32 at 16 kHz, usually one micro-turn; this is what makes time pass."""
        if self._outgoing is not None:
            self._call(self._outgoing.hear, np.array(samples, np.float32))

    def send_text(self, words: str) -> None:
        """What the user typed: kept until an engine has it."""
        self._say(words)

    def send_update(self, told: Update) -> None:
        """What the background found: kept until an engine has it."""
        self._say(told)

    def untaken(self) -> list[str | Update]:
        """What was typed and found and no engine took, in order; to be asked after `stop`."""
        waiting = self._outgoing.untaken() if self._outgoing is not None else []
        return [*waiting, *self._too_late]

    def send_frame(self, frame: Frame) -> None:
        """Raises ValueError for pixels that are no picture. Encodes in the caller's thread."""
        if self._outgoing is not None:
            self._call(self._outgoing.see, frame.source, picture.encode(frame))

    def mute(self, muted: bool) -> None:
        """Muted, the engine hears silence; it stays so across restarts."""
        if self._outgoing is not None:
            self._call(self._outgoing.mute, muted)

    def address(self, on: bool) -> None:
        """What is said from now on is meant for the model, or not; it stays so across restarts.

        An engine that was never told takes everything as meant for it.
        """
        if self._outgoing is not None:
            self._call(self._outgoing.address, on)

    def hush(self, generation: int, played_ms: int) -> None:
        """The user silenced the voice when `played_ms` of this generation had sounded."""
        if self._outgoing is not None:
            self._call(self._outgoing.hush, generation, played_ms)

    def rest(self) -> None:
        """Lets our own child go and keeps the session; `EngineResting` tells when it is gone."""
        if self._supervisor is not None:
            self._call(self._supervisor.rest)

    def wake(self) -> None:
        """Starts it again, if it rests."""
        if self._supervisor is not None:
            self._call(self._supervisor.wake)

    def _say(self, said: str | Update) -> None:
        def say() -> None:
            assert self._outgoing is not None
            refusal = self._outgoing.say(said)
            if refusal is not None:
                self._tell(refusal)
            elif self._supervisor is not None:
                self._supervisor.wake()

        if self._outgoing is not None and not self._call(say):
            self._too_late.append(said)

    def _call(self, function: Callable[..., Any], *arguments: Any) -> bool:
        """False when the loop has ended, and with it whoever could listen."""
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError:
            return False
        return True

    def _tell(self, event: Event) -> None:
        try:
            self._on_event(event)
        except Exception as error:
            log.error("a listener failed on %s: %s", type(event).__name__, _place(error))

    def _main(self) -> None:
        try:
            asyncio.run(self._supervise())
        except Exception as error:
            log.error("the link to the engine broke: %s", _place(error))
            self._tell(EngineFailed(f"the link to the engine broke: {_place(error)}"))
        finally:
            self._running.set()

    async def _supervise(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._outgoing = Outgoing()
        self._supervisor = Supervisor(
            self._host, self._outgoing, self._tell, self._open_session, self._patience
        )
        self._running.set()
        await self._supervisor.run()


def _place(error: Exception) -> str:
    """What failed and where, without its message, which may quote the conversation."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}"
