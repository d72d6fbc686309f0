"""What the desktop shows as cards: tasks in the background, what it doubts, and what it asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer

from app.cards.asker import CardAsker
from app.cards.desk import CardDesk
from app.cards.ear import Ear
from app.cards.screen import CardScreen
from app.window.theme import Theme, theme_now
from app.window.words import said, tr
from engine.background.card import OURS, Pressed
from engine.background.card_kinds import (
    CANCEL,
    CONFIRM,
    doubt_card,
    errand_card,
    errand_progress,
    gone,
    rang_card,
    result_card,
)
from engine.background.task import TaskState
from engine.background.told import Offer, Progress, Question, Rang
from engine.background.visible import unquoted
from engine.client.events import Heard

# What is done sooner needs no card.
PATIENCE_MS = 1500
BRIEF_MS = 20_000
MAX_RESULTS = MAX_ERRANDS = 3
MAX_TOLD = 100
RANG = "rang-"


class Agent(Protocol):
    """What is needed of engine.background.agent.Agent."""

    def cancel(self, task_id: str | None = None) -> None: ...

    def confirm(self, task_id: str, request: str) -> None: ...


class CardRoom(QObject):
    """`take` is connected to what happens; `asker` and `screen` are for the agent's thread."""

    def __init__(
        self,
        theme: Callable[[], Theme] = theme_now,
        playing: Callable[[], bool] = lambda: True,
    ) -> None:
        """playing: whether Aside's voice sounds now; while it does, no voice approves."""
        super().__init__()
        self._agent: Agent | None = None
        self.desk = CardDesk(theme)
        self.asker, self.screen = CardAsker(self.desk), CardScreen(self.desk)
        self.ear = Ear(self.desk, self.asker, playing)
        self._doing: dict[str, tuple[str, str, float | None]] = {}
        self._shown: set[str] = set()
        self._doubted: set[str] = set()
        self._told: dict[str, list[Offer]] = {}
        self._results: list[str] = []
        self._rang: list[str] = []
        self.desk.answered.connect(self._answered, Qt.ConnectionType.QueuedConnection)

    def serve(self, agent: Agent) -> None:
        """Whose tasks they are. It may need the asker first, so it comes after."""
        self._agent = agent

    def take(self, happening: object) -> None:
        """In Qt's thread. Most of what happens is nothing for a card."""
        if isinstance(happening, Question):
            self._doubt(happening)
        elif isinstance(happening, Progress):
            self._go_on(happening)
        elif isinstance(happening, Offer):
            self._told.setdefault(happening.task_id, []).append(happening)
            while len(self._told) > MAX_TOLD:
                del self._told[next(iter(self._told))]
        elif isinstance(happening, Rang):
            self._ring(happening)
        elif isinstance(happening, Heard):
            self.ear.take(happening)

    def close(self) -> None:
        self.desk.close()

    def _ring(self, rang: Rang) -> None:
        """Nobody has to hear it to know of it: it stays until it is closed."""
        number = RANG + rang.id.replace("@", ".")
        for message in rang_card(number, said(rang.words), tr):
            self.desk.take(message, ours=True)
        self._rang.append(number)
        while len(self._rang) > MAX_RESULTS:
            self._take_away(self._rang.pop(0))

    def _go_on(self, progress: Progress) -> None:
        task = progress.task
        if not task.state.open:
            self._finish(progress)
            return
        if task.id in self._doubted:  # corrected meanwhile: what was doubted is not wanted any more
            self._end(task.id)
        known = task.id in self._doing
        if not known and task.id in self._results:  # corrected: what it brought does not hold
            self._results.remove(task.id)
            self._take_away(task.id)
        words = progress.doing or self._doing.get(task.id, ("", "", None))[1]
        self._doing[task.id] = (task.request, words, progress.done)
        if task.id in self._shown:
            self.desk.take(errand_progress(task.id, tr(said(words)), progress.done), ours=True)
        elif not known:
            QTimer.singleShot(PATIENCE_MS, self, lambda: self._show(task.id))

    def _show(self, task_id: str) -> None:
        """A card that the user closed does not come again; the task goes on. Where there are many,
        the others wait until there is room."""
        if task_id not in self._doing or task_id in self._shown:
            return
        if sum(OURS + one in self.desk.windows for one in self._shown) >= MAX_ERRANDS:
            QTimer.singleShot(PATIENCE_MS, self, lambda: self._show(task_id))
            return
        self._shown.add(task_id)
        request, words, done = self._doing[task_id]
        for message in (
            *errand_card(task_id, request, tr=tr),
            errand_progress(task_id, tr(said(words)), done),
        ):
            self.desk.take(message, ours=True)

    def _finish(self, progress: Progress) -> None:
        """What was brought is there to be read, whether or not it is said: all of it where it came
        late, is more than a sentence, or tells that something failed."""
        task = progress.task
        mine = f"{task.id}.{task.generation}."
        told = [one for one in self._told.pop(task.id, []) if one.key.startswith(mine)]
        card = OURS + task.id
        waited = task.id in self._shown
        closed = waited and card not in self.desk.windows
        kept = [one for one in told if one.update.kind == "thinking"]
        failed = task.state in (TaskState.FAILED, TaskState.INTERRUPTED)
        if task.state is TaskState.CANCELLED or closed or not (told and (waited or kept or failed)):
            self._end(task.id)
            return
        self._doing.pop(task.id, None)
        self._shown.discard(task.id)
        if not waited:
            self.desk.take(errand_card(task.id, task.request, tr=tr)[0], ours=True)
        said_texts = [said(one.words) for one in told if one not in kept]
        kept_texts = [unquoted(one.words) for one in kept]
        if failed and progress.doing:
            kept_texts.append(said(progress.doing))
        self.desk.take(result_card(task.id, said_texts, kept_texts, tr), ours=True)
        self._keep(task.id, brief=not (kept or failed))

    def _keep(self, task_id: str, brief: bool) -> None:
        """Of results only the newest stay, so that there is room to ask; a single sentence goes by
        itself."""
        self._results = [one for one in self._results if one != task_id] + [task_id]
        while len(self._results) > MAX_RESULTS:
            self._take_away(self._results.pop(0))
        if brief:
            QTimer.singleShot(BRIEF_MS, self, lambda: self._take_away_result(task_id))

    def _end(self, task_id: str) -> None:
        self._doubted.discard(task_id)
        self._doing.pop(task_id, None)
        self._shown.discard(task_id)
        self._take_away(task_id)

    def _take_away(self, task_id: str) -> None:
        if OURS + task_id in self.desk.windows:
            self.desk.take(gone(task_id), ours=True)

    def _take_away_result(self, task_id: str) -> None:
        """Unless the task goes on meanwhile, as it does when it is corrected."""
        if task_id in self._results and task_id not in self._doing:
            self._results.remove(task_id)
            self._take_away(task_id)

    def _doubt(self, question: Question) -> None:
        self._doubted.add(question.task.id)
        self._shown.add(question.task.id)  # its errand begins when this is answered
        for message in doubt_card(question.task.id, question.understood, tr):
            self.desk.take(message, ours=True)

    def _answered(self, answer: object) -> None:
        if not isinstance(answer, Pressed) or not answer.card.startswith(OURS):
            return
        assert self._agent is not None
        task_id = answer.card.removeprefix(OURS)
        if answer.name == CANCEL:
            self._agent.cancel(task_id)
        elif answer.name == CONFIRM:
            self._end(task_id)
            self._agent.confirm(task_id, str(answer.data.get("request", "")))
