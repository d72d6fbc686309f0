"""Between a conversation and the background agent: what is delegated goes in, updates come out.

It hands on and decides nothing: what to delegate and what to say of the results are the
interaction model's to choose.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from app.conversation import Happening, Typed, Whose
from app.equipment import Equipment
from engine.background.acting import ALL, CANCEL, CORRECT, DELEGATE, obey
from engine.background.agent import Agent
from engine.background.ledger import Ledger
from engine.background.mind_settings import MindSettings
from engine.background.package import ContextPackage
from engine.background.surroundings import Surroundings
from engine.background.task import is_about
from engine.background.told import Offer, Rang, Told
from engine.client.events import ActEvent, Appended, DelegationEvent, Heard, Said
from engine.client.items import Tracked
from engine.microturn import Act, Frame, Update


@dataclass(frozen=True, eq=False)
class _Waiting:
    """Something that was asked for. corrects: it changes what was asked for just before."""

    words: str
    begin: Callable[[], None]
    corrects: bool = False


class Delegations:
    """Started once, stopped once; its other methods may be called from any thread.

    tell: called in the agent's thread with how tasks stand. equip: tools, which may look at what
    is seen here. settings: read anew before each
    task, so that what `aside mind` changed counts at once. cards: those that are shown, as
    engine.background.open_card describes them. preferences: what the user chose, for the mind.
    """

    def __init__(
        self,
        tell: Callable[[Told], None],
        ledger: Ledger | None = None,
        equip: Callable[[Surroundings], Equipment] | None = None,
        settings: Callable[[], MindSettings] = MindSettings.load,
        cards: Callable[[], tuple[str, ...]] = tuple,
        preferences: Callable[[], dict[str, str]] = dict,
    ) -> None:
        self.surroundings = Surroundings()
        self.equipment = equip(self.surroundings) if equip is not None else Equipment()
        self._tell, self._settings, self._cards = tell, settings, cards
        self._preferences = preferences
        self._pressed = ("", "")
        self._choosing, self._queueing = threading.Lock(), threading.Lock()
        # What has not begun, because a mind is being chosen.
        self._waiting: list[_Waiting] = []
        self._used: MindSettings | None = None
        self.agent = Agent(self._hand_on, ledger, self.equipment.belt, beside=self._keep)
        self._inform: Callable[[Update], None] = lambda _update: None

    def start(self, inform: Callable[[Update], None]) -> None:
        """inform: takes updates to the engine. What an earlier run left is told at once."""
        self._inform = inform
        self.agent.start()
        self._aside(self._use)

    def stop(self) -> bool:
        return self.agent.stop()

    def overhear(self, side: Whose, samples: np.ndarray) -> None:
        """(n,) float32 at 16 kHz; the own voice is not kept, the others as long as a request."""
        if side != "aside":
            self.surroundings.hear(samples, side)

    def see(self, frame: Frame) -> None:
        self.surroundings.see(frame)

    def take(self, happening: Happening) -> None:
        match happening:
            case Heard(text):
                self.surroundings.words("user", text)
            case Said(text):
                self.surroundings.words("aside", text)
            case Typed(text):
                self.surroundings.words("typed", text)
            case DelegationEvent(id):
                self._act(Act(DELEGATE, {"text": happening.text}), id)
            case ActEvent(name, arguments):
                self._act(Act(name, arguments))
            case Appended(key=key) if key:
                self.agent.settle(key)

    def press(self, request: str, card: str) -> None:
        """A card's button was pressed and no tool waits for it: the mind takes it from here.
        The same press of the same data again, while that is being done, is one press."""
        if request in self.agent.open_requests and (request, card) == self._pressed:
            return
        self._pressed = request, card
        package = replace(self._package(request), spoken=False, sound=None)
        number = json.loads(card)["surfaceId"]
        others = [one for one in self._cards() if json.loads(one)["surfaceId"] != number]
        package = replace(package, open_cards=(*others, card))
        self._first(_Waiting(request, lambda: self.agent.take(package)))

    async def _keep(self) -> None:
        """Tools that come and go, and timers that ring, for as long as the agent lives."""
        await self.equipment.keep(self._ring)

    def _ring(self, rang: Rang) -> None:
        """Said if the model says it, and shown whatever becomes of that."""
        self._give("", Update("commentary", str(rang.words)))
        self._tell(rang)

    def _act(self, act: Act, id: str | None = None) -> None:
        words = str(act.arguments.get("text", ""))
        if act.name == CANCEL and self._withdraw(words):
            return
        corrects = act.name == CORRECT

        def first(begin: Callable[[], None]) -> None:
            self._first(_Waiting(words, begin, corrects))

        obey(self.agent, act, self._package, id, first)

    def _package(self, request: str) -> ContextPackage:
        looked_s = time.monotonic()  # before: what is written while they are looked at is not known
        return self.surroundings.package(
            request,
            open_tasks=self.agent.open_requests,
            open_cards=self._cards(),
            cards_s=looked_s,
            settings=self._preferences(),
        )

    def _first(self, one: _Waiting) -> None:
        """What begins a task is called when the mind that was chosen is the one that takes it, and
        in the order in which it was asked for."""
        with self._queueing:
            if not self._waiting and self._settings() == self._used:
                one.begin()
                return
            self._waiting.append(one)
        self._aside(self._admit)

    def _admit(self) -> None:
        while True:
            self._use()
            with self._queueing:
                if self._settings() == self._used:  # else they changed again meanwhile
                    for one in self._waiting:
                        one.begin()
                    self._waiting.clear()
                    return

    def _withdraw(self, words: str) -> bool:
        """Whether what is cancelled had not begun, and now never will: the newest of what waits
        unless the words are about something else. What was to be corrected of it goes with it.
        For everything, there may be more."""
        with self._queueing:
            if words == ALL:
                self._waiting.clear()
                return False
            tasks = [one for one in self._waiting if not one.corrects]
            meant = [one for one in tasks if is_about(one.words, words)]
            if not meant and not any(is_about(one, words) for one in self.agent.open_requests):
                meant = tasks
            first = self._waiting.index(meant[-1]) if meant else 0
            after = first + bool(meant)
            while after < len(self._waiting) and self._waiting[after].corrects:
                after += 1
            del self._waiting[first:after]
            return bool(meant)

    def _use(self) -> None:
        """Whoever comes while the key store is asked waits for its answer, and asks no more."""
        with self._choosing:
            settings = self._settings()
            if settings != self._used:
                self.agent.use(settings.endpoint(), settings.budget)
                self._used = settings

    def _aside(self, work: Callable[[], None]) -> None:
        """The key store may ask the user to unlock it; nobody waits for that."""
        threading.Thread(target=work, name="mind's key", daemon=True).start()

    def _hand_on(self, told: Told) -> None:
        if isinstance(told, Offer):
            self._give(told.key, told.update)
        self._tell(told)

    def _give(self, key: str, update: Update) -> None:
        """key: under which the ledger wants to know that an engine has it, "" where it does not."""
        self.surroundings.words("background", update.text)
        self._inform(Tracked(update.kind, update.text, update.delegation_id, key))
