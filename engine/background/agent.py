"""The background agent: many tasks at once, in a thread of its own, each told as it goes on.

It takes what the interaction model delegates and gives back updates. It never decides when
something is said, and nothing here can hold up the talk.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from engine.background.budget import Budget
from engine.background.endpoint import Endpoint
from engine.background.ledger import Ledger
from engine.background.mind import Mind, OpenAiMind
from engine.background.package import ContextPackage
from engine.background.phrase import later, phrase
from engine.background.place import place
from engine.background.told import Told, Warned
from engine.background.tool import Tool, Toolbelt, ToolError, ToolResult
from engine.background.work import Work

log = logging.getLogger(__name__)
T = TypeVar("T")
STOP_S = 5.0
ENDED = later("The background stopped ({kind}) and takes no tasks: start Aside again.")


class NoTools:
    """A belt without anything on it."""

    def tools(self) -> tuple[Tool, ...]:
        return ()

    async def call(self, name: str, arguments: Any, task_id: str) -> ToolResult:
        raise ToolError(f"There is no tool {name!r} here.")


class Agent:
    """`tell` is called in the agent's thread, one thing at a time, and must return soon.

    Methods never block and may be called from any thread, before `start` and after `stop` too,
    where they do nothing. beside: what lives in the same loop until it is cancelled, as timers do.
    """

    def __init__(
        self,
        tell: Callable[[Told], None],
        ledger: Ledger | None = None,
        belt: Toolbelt | None = None,
        budget: Budget | None = None,
        make_mind: Callable[[Endpoint], Mind] = OpenAiMind,
        beside: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._listener, self._beside = tell, beside
        self._work = Work(
            self._tell, ledger or Ledger(), belt or NoTools(), budget or Budget(), make_mind
        )
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over = asyncio.Event()
        self._warned = ""
        self._asked, self._counting = 0, threading.Lock()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._main, name="background", daemon=True)

    @property
    def ledger(self) -> Ledger:
        """To look at, from any thread."""
        return self._work.ledger

    @property
    def open_requests(self) -> tuple[str, ...]:
        """What is being done, in the words in which it was asked for."""
        return tuple(task.request for task in self.ledger.tasks(only_open=True))

    @property
    def pending(self) -> bool:
        """Whether anything was asked of it that has not begun."""
        with self._counting:
            return self._asked > 0

    @property
    def busy(self) -> bool:
        """Whether anything is going on, or was asked of it and has not begun."""
        return self.pending or self._work.running > 0

    @property
    def killed(self) -> bool:
        return self._work.killed

    def start(self) -> Agent:
        """Tells what an earlier run left to be told."""
        self._thread.start()
        self._ready.wait()
        return self

    def stop(self, timeout_s: float = STOP_S) -> bool:
        """Ends every task and closes the ledger. True when that was done in time. What ran is
        cut off, as by a crash, and the next start says so."""
        self._call(self._over.set)
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def use(self, endpoint: Endpoint | None, budget: Budget | None = None) -> None:
        """This language model from now on, or none. What runs ends with the one it began with.
        budget: for what begins from now on; None: as before."""
        self._call(self._work.use, endpoint, budget)

    def take(
        self, package: ContextPackage, delegation_id: str | None = None, direct: bool = False
    ) -> None:
        """A new task. direct: its request is an act, to be done without the mind if possible.

        A delegation that was taken before is not taken again.
        """
        self._call(self._work.take, package, delegation_id, direct)

    def correct(self, package: ContextPackage, task_id: str | None = None) -> None:
        """A task, None: the newest that runs or has just ended, begins anew with what is wanted
        instead (the package's request) beside its own. What it brought before is not told, what it
        did before is taken back, where it can be, and that is told. Where there is none, this is
        one."""
        self._call(self._work.correct, package, task_id)

    def confirm(self, task_id: str, request: str) -> None:
        """Answers a Question: this is what was meant."""
        self._call(self._work.confirm, task_id, request)

    def cancel(self, task_id: str | None = None, about: str = "") -> None:
        """Ends one task, None: the newest; about: the newest of those whose request holds these
        words, if there is one. Nothing more of it is told."""
        self._call(self._work.cancel, task_id, about)

    def cancel_all(self) -> None:
        self._call(self._work.cancel_all)

    def kill(self) -> None:
        """The kill switch: every task ends now, and none begins before `revive`."""
        self._work.killed = True
        self._call(self._work.cancel_all)

    def revive(self) -> None:
        self._work.killed = False

    def do(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Future[T]:
        """`work()` in the agent's loop, where tools and servers live, beside all tasks. Raises
        RuntimeError where no loop runs."""
        loop = self._loop
        if loop is None:
            raise RuntimeError("the background does not run")
        begun = work()
        try:
            return asyncio.run_coroutine_threadsafe(begun, loop)
        except RuntimeError:
            begun.close()
            raise

    def settle(self, key: str) -> None:
        """An engine has taken in what was offered under `key`."""
        self._call(self.ledger.settle, key)

    def _call(self, function: Callable[..., Any], *arguments: Any) -> None:
        if self._loop is None:
            return
        self._count(1)
        try:
            self._loop.call_soon_threadsafe(self._guarded, function, *arguments)
        except RuntimeError:  # the loop has ended, and with it whoever could do it
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._counting:
            self._asked += more

    def _guarded(self, function: Callable[..., Any], *arguments: Any) -> None:
        try:
            function(*arguments)
        except Exception as error:
            log.error("the background failed: %s", place(error))
        finally:
            self._count(-1)

    def _tell(self, told: Told) -> None:
        self._warn()
        self._listen(told)

    def _warn(self) -> None:
        """What a person should know of the ledger, when it has come about."""
        problem = self.ledger.problem
        if problem != self._warned:
            self._warned = problem
            self._listen(Warned(problem))

    def _listen(self, told: Told) -> None:
        try:
            self._listener(told)
        except Exception as error:
            log.error("a listener failed on %s: %s", type(told).__name__, place(error))

    def _main(self) -> None:
        try:
            asyncio.run(self._live())
        except Exception as error:
            log.error("the background ended: %s", place(error))
            self._listen(Warned(phrase(ENDED, kind=type(error).__name__)))
        finally:
            self._ready.set()

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._warn()
        self._work.begin()
        self._warn()
        self._ready.set()
        beside = asyncio.ensure_future(self._live_beside())
        await self._over.wait()
        beside.cancel()
        await asyncio.gather(beside, self._work.end(), return_exceptions=True)
        self.ledger.close()

    async def _live_beside(self) -> None:
        try:
            if self._beside is not None:
                await self._beside()
        except Exception as error:
            log.error("what lives beside the tasks failed: %s", place(error))
