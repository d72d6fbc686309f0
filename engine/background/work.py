"""The loop's half of the agent: begins tasks, runs them at once, ends them, tells of them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from engine.background import abreast, sentences
from engine.background.budget import Budget, OverBudget, Purse
from engine.background.direct import anew, asked_back, call_of
from engine.background.endpoint import Endpoint
from engine.background.errand import Errand, Ways
from engine.background.faults import MindError, in_full
from engine.background.ledger import Ledger, told_of
from engine.background.mind import Mind
from engine.background.package import ContextPackage
from engine.background.phrase import later, of_error, phrase, shortened
from engine.background.place import place
from engine.background.plain_words import asked_for
from engine.background.progress import Reporter
from engine.background.prompt import corrected
from engine.background.task import Spent, Task, TaskState, is_about
from engine.background.telling import MAX_UPDATE, Kind
from engine.background.told import Offer, Progress, Question, Told
from engine.background.tool import Corrigible, Refusal, Toolbelt, ToolError, ToolResult

log = logging.getLogger(__name__)
MAX_OPEN = 64
JUST_NOW_S = 60.0  # so long after its end a task may still be corrected
WIND_UP_S = 5.0
A_DAY_S = 86_400.0
KEPT_DAYS = 7
NO_MIND = phrase(sentences.NO_MIND)
NO_MIND_SHOWN = later(
    "That needs a language model, and none is chosen yet: see Thinking in the settings."
)
KILLED = phrase(sentences.KILLED)
TOO_MANY = phrase(sentences.TOO_MANY)
BROKE = phrase(sentences.BROKE)


class _Mindless(Exception):
    """What is wanted takes a language model, and none is chosen."""


class Work:
    """For the loop's thread alone. `tell` must return soon."""

    def __init__(
        self,
        tell: Callable[[Told], None],
        ledger: Ledger,
        belt: Toolbelt,
        budget: Budget,
        make_mind: Callable[[Endpoint], Mind],
    ) -> None:
        self._tell, self.ledger, self._belt = tell, ledger, belt
        self._budget, self._make_mind = budget, make_mind
        self._mind: Mind | None = None
        self._running: dict[str, asyncio.Task[None]] = {}
        # In the order of their beginnings, when each ended on the steady clock.
        self._begun: dict[str, float] = {}
        self._answers: dict[str, asyncio.Future[str]] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._stopping = False
        self.killed = False

    @property
    def running(self) -> int:
        return len(self._running)

    @property
    def _newest(self) -> str:
        """The id of what was begun last, "" where nothing runs."""
        return next(reversed(self._running), "")

    @property
    def _newest_or_just_done(self) -> str:
        """The id of what was begun last of all that runs or has just ended, "" for none: an act
        is done sooner than anybody corrects it."""
        since_s = time.monotonic() - JUST_NOW_S
        self._begun = {one: end_s for one, end_s in self._begun.items() if end_s > since_s}
        return next(reversed(self._begun), "")

    def _newest_about(self, words: str) -> str:
        """The id of what was begun last of all whose request holds these words; "" for none."""
        if not words.strip():
            return ""
        tasks = filter(None, map(self.ledger.task, reversed(self._running)))
        return next((task.id for task in tasks if is_about(task.request, words)), "")

    def begin(self) -> None:
        """Tells what an earlier run left to be told; what is old and over is forgotten."""
        self.ledger.forget(time.time() - KEPT_DAYS * A_DAY_S)
        cut_off = self.ledger.recover()
        self._offer(*map(told_of, cut_off))
        for task in cut_off:
            self._tell(Progress(task))

    async def end(self) -> None:
        """What runs is cut off, as by a crash; the next start says so."""
        self._stopping = True
        running = list(self._running.values())
        for one in running:
            one.cancel()
        await asyncio.gather(*running, *self._closing, return_exceptions=True)
        if self._mind is not None:
            await self._mind.close()

    def use(self, endpoint: Endpoint | None, budget: Budget | None) -> None:
        self._budget = budget or self._budget
        before, self._mind = self._mind, self._make_mind(endpoint) if endpoint else None
        if before is not None:
            closing = asyncio.ensure_future(_close(before, list(self._running.values())))
            self._closing.add(closing)  # asyncio itself holds tasks only weakly
            closing.add_done_callback(self._closing.discard)

    def take(self, package: ContextPackage, delegation_id: str | None, direct: bool) -> None:
        if delegation_id is not None and self.ledger.delegated(delegation_id) is not None:
            return
        self._begin(self.ledger.open(package.request, delegation_id), package, direct)

    def correct(self, package: ContextPackage, task_id: str | None) -> None:
        before = self.ledger.task(task_id or self._newest_or_just_done)
        if before is None:
            self.take(package, None, direct=False)
            return
        act = anew(before.request, package.request) if self._mind is None else ""
        request = act or corrected(before.request, package.request)
        others = tuple(one for one in package.open_tasks if one != before.request)
        task = self.ledger.supersede(before.id, request)
        assert task is not None, "what was found a moment ago is there"
        running = self._running.pop(task.id, None)
        if running is not None:
            running.cancel()
        meant = replace(package, request=request, open_tasks=others)
        self._begin(task, meant, direct=bool(act), instead_of=running)

    def confirm(self, task_id: str, request: str) -> None:
        answer = self._answers.get(task_id)
        if answer is not None and not answer.done():
            answer.set_result(request)

    def cancel(self, task_id: str | None, about: str = "") -> None:
        running = self._running.get(task_id or self._newest_about(about) or self._newest)
        if running is not None:
            running.cancel()

    def cancel_all(self) -> None:
        for running in list(self._running.values()):
            running.cancel()

    def _begin(
        self, task: Task, package: ContextPackage, direct: bool,
        instead_of: asyncio.Task[None] | None = None,
    ) -> None:  # fmt: skip
        """instead_of: the same task as it was meant before, which is on its way to its end."""
        if self.killed or len(self._running) >= MAX_OPEN:
            self._post(task, "commentary", KILLED if self.killed else TOO_MANY)
            self._end(task, TaskState.FAILED)
            return
        self._tell(Progress(task, phrase("has begun")))
        work = self._run(task, package.bounded(), direct, instead_of)
        running = self._running[task.id] = asyncio.ensure_future(work)
        self._begun.pop(task.id, None)
        self._begun[task.id] = float("inf")
        running.add_done_callback(lambda done: self._ended(task, done))

    def _ended(self, task: Task, done: asyncio.Task[None]) -> None:
        """Here, and not within `_run`, a task that is cancelled before its first step ends too."""
        if self._running.get(task.id) is done:
            del self._running[task.id]
            self._begun[task.id] = time.monotonic()
        if done.cancelled() and not self._stopping:
            self._end(task, TaskState.CANCELLED)

    async def _run(
        self, task: Task, package: ContextPackage, direct: bool,
        instead_of: asyncio.Task[None] | None,
    ) -> None:  # fmt: skip
        reporter = Reporter(lambda doing, done: self._tell(Progress(task, doing, done=done)))
        reporter.listen()
        abreast.know(package.cards_s)
        try:
            async with asyncio.timeout(self._budget.time_s):
                await self._correct(task, instead_of)
                await self._do(task, package, direct, reporter)
                await self._take_back(task)
        except TimeoutError:
            minutes = f"{self._budget.time_s / 60:g}"
            limit = phrase("It may take no longer than {minutes} minutes.", minutes=minutes)
            self._fail(task, phrase(sentences.SLOW), limit)
        except Refusal as error:
            self._post(task, "commentary", phrase(sentences.DENIED, why=error.why))
            self._end(task, TaskState.CANCELLED if error.by_user else TaskState.FAILED)
        except _Mindless:
            self._fail(task, NO_MIND, phrase(NO_MIND_SHOWN))
        except ToolError as error:
            self._fail(task, of_error(error))
        except OverBudget as error:
            self._fail(task, of_error(error), error.shown)
        except MindError as error:
            self._fail(task, phrase(sentences.FAULTS[error.fault]), in_full(error))
        except Exception as error:
            log.error("a task broke: %s", place(error))
            self._fail(task, BROKE)
        else:
            self._end(task, TaskState.DONE)
        finally:
            reporter.close()

    async def _do(
        self, task: Task, package: ContextPackage, direct: bool, reporter: Reporter
    ) -> None:
        tools = self._belt.tools()
        call = call_of(package.request, tools) if direct or not self._mind else None
        if call is None and not (direct or self._mind):
            call = asked_for(package.request, tools, datetime.now())
        if call is not None and not (call.thought and self._mind):
            reporter.begin(self._sentence(call.name))
            self._bring(task, await self._belt.call(call.name, call.arguments, task.id))
        elif self._mind is not None:
            errand = Errand(
                task.id, package, self._mind, self._belt, self._purse(task, reporter),
                self._ways(task, reporter),
            )  # fmt: skip
            await errand.run(call)
        else:
            asks = asked_back(package.request, self._belt.tools())
            raise ToolError(asks) if asks else _Mindless

    async def _correct(self, task: Task, instead_of: asyncio.Task[None] | None) -> None:
        """What a corrected task has done is to be taken back, once it is known what that was."""
        if instead_of is not None:
            await asyncio.wait([instead_of], timeout=WIND_UP_S)
        if task.generation > 1 and isinstance(self._belt, Corrigible):
            self._belt.correct(task.id, lambda words: self._post(task, "thinking", words))

    async def _take_back(self, task: Task) -> None:
        """What was meant is done, and needed no act before which this had happened."""
        if task.generation > 1 and isinstance(self._belt, Corrigible):
            await self._belt.take_back(task.id)

    def _sentence(self, name: str) -> str:
        return next((tool.sentence for tool in self._belt.tools() if tool.name == name), "")

    def _bring(self, task: Task, result: ToolResult) -> None:
        """What can be listened to is for saying, and what that leaves out is kept beside it."""
        self._post(task, "commentary", shortened(result.spoken or result.text, MAX_UPDATE))
        if result.spoken and result.spoken != result.text:
            self._post(task, "thinking", result.text)

    def _purse(self, task: Task, reporter: Reporter) -> Purse:
        assert self._mind is not None

        def today() -> float:
            return self.ledger.spent(since=time.time() - A_DAY_S).money

        def note(spent: Spent) -> None:
            self.ledger.spend(task, spent)
            now = self.ledger.task(task.id)
            if now is not None and now.generation == task.generation:  # else it was corrected
                self._tell(Progress(task, "", self.ledger.spent(task.id), reporter.done))

        return Purse(self._budget, self._mind.endpoint.prices, today, note)

    def _ways(self, task: Task, reporter: Reporter) -> Ways:
        return Ways(
            post=lambda kind, text: self._post(task, kind, text),
            note=reporter.begin,
            ask=lambda understood: self._ask(task, understood),
        )

    async def _ask(self, task: Task, understood: str) -> str:
        """Waits until the user has said what was meant."""
        self.ledger.move(task, TaskState.ASKING)
        asking = replace(task, state=TaskState.ASKING)
        answer = self._answers[task.id] = asyncio.get_running_loop().create_future()
        self._tell(Question(asking, understood))
        try:
            request = await answer
        finally:
            self._answers.pop(task.id, None)
        self.ledger.move(task, TaskState.RUNNING)
        return request

    def _fail(self, task: Task, sentence: str, detail: str = "") -> None:
        self._post(task, "commentary", sentence)
        self._end(task, TaskState.FAILED, detail)

    def _end(self, task: Task, state: TaskState, doing: str = "") -> None:
        if self.ledger.move(task, state):
            ended = self.ledger.task(task.id)
            assert ended is not None
            self._tell(Progress(ended, doing, self.ledger.spent(task.id)))

    def _post(self, task: Task, kind: Kind, text: str) -> None:
        """What is longer than an update may be is offered cut, and shown whole."""
        self.ledger.post(task, kind, text[:MAX_UPDATE])
        self._offer(text)

    def _offer(self, *posted: str) -> None:
        """posted: what was recorded last: whole, and with its pattern if it has one."""
        whole = {text[:MAX_UPDATE]: text for text in posted}
        for result, delegation_id in self.ledger.offer():
            words = whole.get(result.text, result.text)
            self._tell(Offer(result.key, result.task_id, result.update(delegation_id), words))


async def _close(mind: Mind, running: list[asyncio.Task[None]]) -> None:
    """What was begun with it ends with it first."""
    if running:
        await asyncio.wait(running)
    await mind.close()
