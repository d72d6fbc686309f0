"""A conversation with the scripted engine, real cards on a real display, and a background."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.cards.room import CardRoom
from app.conversation import Conversation, Happening
from app.delegations import Delegations
from app.equipment import Equipment
from app.headless import FakeSound, Recorder
from app.window import theme
from app.window.adapter import HappeningSignal
from engine.background.mind_settings import MindSettings
from engine.background.tool import Toolbelt
from engine.client.events import Started
from engine.client.link import EngineLink
from tests.desktop import qt_eventually

SCRIPTED = [sys.executable, "-m", "tests.scripted"]


@dataclass(frozen=True)
class Belted(Equipment):
    """Nothing but this belt."""

    only: Toolbelt | None = None

    @property
    def belt(self) -> Toolbelt:
        assert self.only is not None
        return self.only


class CardTalk:
    """As the desktop puts them together. make_belt: of the room, which asks and shows."""

    def __init__(
        self, application, make_belt: Callable[[CardRoom], Toolbelt], url: str = ""
    ) -> None:
        self.application, self.sound, self.recorder = application, FakeSound(), Recorder()
        self.signals = HappeningSignal()
        self.room = CardRoom(lambda: theme.LIGHT, lambda: self.sound.playing)
        self.signals.happened.connect(self.room.take)
        belt = make_belt(self.room)
        self.delegations = Delegations(
            self._tell, None, lambda _around: Belted(only=belt), lambda: MindSettings(url, "tiny"),
            self.room.desk.open_cards,
        )  # fmt: skip
        self.room.serve(self.delegations.agent)
        self.room.screen.late.connect(self.delegations.press)

        def tell(happening: Happening) -> None:
            self._tell(happening)
            self.delegations.take(happening)

        self.conversation = Conversation(
            self.sound, lambda take: EngineLink.local(take, command=SCRIPTED), tell,
            self.delegations.overhear,
        )  # fmt: skip

    def __enter__(self) -> CardTalk:
        self.conversation.start()
        self.delegations.start(self.conversation.inform)
        self.until(lambda: self.of(Started), 20)
        return self

    def __exit__(self, *_: object) -> None:
        self.room.close()
        self.delegations.stop()
        self.conversation.stop()
        self.application.processEvents()

    def of(self, kind: type) -> list:
        return [one for one in self.recorder.happenings if isinstance(one, kind)]

    def until(self, condition, within_s: float = 40.0):
        """Silence goes in, a micro-turn at a time and faster than it does, until `condition`."""

        def met():
            self.sound.hear(np.zeros(3200, np.float32))
            return condition()

        return qt_eventually(self.application, met, within_s)

    def wait(self, seconds: float) -> None:
        until_s = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > until_s)

    def _tell(self, happening) -> None:
        self.recorder.tell(happening)
        self.signals.tell(happening)
