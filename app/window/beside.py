"""Work that no window waits for: done on a thread of its own, told in Qt's."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

Work = Callable[[], Coroutine[Any, Any, Any]]
Told = Callable[[Any], None]


class Beside(QObject):
    """One piece of work at a time; a new one, and `stop`, end the one before, untold.

    `told` is called in Qt's thread with what the work returned, or with the exception it raised.
    """

    _brought = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: _Job | None = None
        self._told: Told = lambda _: None
        self._brought.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._job is not None

    def do(self, work: Work, told: Told) -> None:
        self.stop()
        job = self._job = _Job(work)
        self._told = told
        threading.Thread(target=self._run, args=(job,), name="beside", daemon=True).start()

    def stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.stop()

    def _run(self, job: _Job) -> None:
        result = job.run()
        with suppress(RuntimeError):  # the window is gone meanwhile
            self._brought.emit(job, result)

    def _take(self, job: object, result: object) -> None:
        if job is self._job:
            self._job = None
            self._told(result)


class _Job:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._stopped = False
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]] | None = None

    def run(self) -> object:
        try:
            return asyncio.run(self._main())
        except (asyncio.CancelledError, Exception) as error:
            return error

    def stop(self) -> None:
        self._stopped = True
        if self._running is not None:
            loop, task = self._running
            with suppress(RuntimeError):  # it has ended by itself
                loop.call_soon_threadsafe(task.cancel)

    async def _main(self) -> Any:
        task = asyncio.current_task()
        assert task is not None
        self._running = asyncio.get_running_loop(), task
        return None if self._stopped else await self._work()
