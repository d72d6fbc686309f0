"""The desktop's parts, made and connected: what happens in one reaches those that it concerns.

Loaded only when a window is to be shown: `--help` and a second start need neither Qt nor sound.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

import numpy as np

from app.capture.start import Obedience, switch_on
from app.cards.room import CardRoom
from app.conversation import Conversation, Happening, Whose
from app.delegations import Delegations
from app.do import Doorbell
from app.equipment import equip
from app.hands.clipboard import QtClipboard
from app.hands.main import hands
from app.hands.sign import Sign
from app.history.writer import history_writer
from app.hotkeys.main import Hotkeys
from app.preferences import preferences
from app.ringer import Ringer
from app.settings.schema import GUIDE_SEEN
from app.settings.store import Settings
from app.sound.start import sound_desk
from app.tool_room import ToolRoom
from app.window.adapter import HappeningSignal
from app.window.eyes import Eyes
from app.window.rooms import Rooms
from app.window.theme import chosen_theme
from app.window.window import Window
from engine.background.ledger import Ledger
from engine.background.ledger_file import place as tasks_place
from engine.background.told import Told
from engine.client.models.link import chosen_link
from engine.microturn import Frame


class Assembly:
    """Made in Qt's thread, after its application. Started once, stopped once."""

    def __init__(self, options: argparse.Namespace, settings: Settings) -> None:
        self._options, self._settings = options, settings
        # A picture may be taken beside a running Aside, whose tasks and keys are not to be touched.
        self._alone = options.screenshot is not None
        self._signals = HappeningSignal()
        self._sound = sound_desk(options, settings)
        self._writer = history_writer(self._signals.tell)
        self._cards = CardRoom(lambda: chosen_theme(settings), lambda: self._sound.playing)
        self._delegations = self._make_delegations()
        capture = Obedience(options, settings)
        self._conversation = Conversation(
            self._sound, lambda take: chosen_link(take, options.model), self._tell, self._overhear,
            capture.desk(), self._see,
        )  # fmt: skip
        self._signals.silence = self._conversation.silence
        self._ringer = Ringer(self._conversation.chime)
        self.window = Window(self._conversation, settings)
        self._eyes = Eyes(
            self._conversation, self.window.panel.theme, lambda: self.window.status,
            self.window.say, capture, settings,
        )  # fmt: skip
        self._hotkeys = Hotkeys(settings, self._signals.press, self._signals.keys_changed.emit)
        self._doorbell: Doorbell | None = None
        self._connect()

    def start(self) -> None:
        self._doorbell = None if self._alone else _doorbell(self._signals.ask)
        self._writer.start()
        self._conversation.start()
        self._delegations.start(self._conversation.inform)
        self.window.show()
        if not self._alone:
            self._hotkeys.start()
            if not self._settings[GUIDE_SEEN]:
                self.window.do("guide")
        self._eyes.show()
        switch_on(self._conversation, self._options)

    def stop(self) -> None:
        self._signals.silence = None
        self._cards.close()
        self._eyes.close()
        if self._doorbell is not None:
            self._doorbell.close()
        self._hotkeys.stop()
        self._delegations.stop()
        self._conversation.stop()
        self._writer.stop()

    def _make_delegations(self) -> Delegations:
        lent_hands = hands(Sign().say, lambda: self._delegations.agent.killed)
        equipment = equip(self._cards.asker, self._cards.screen, QtClipboard(), lent_hands)
        ledger = Ledger(None if self._alone else tasks_place())
        return Delegations(
            self._report, ledger, equipment, cards=self._cards.desk.open_cards,
            preferences=lambda: preferences(self._settings),
        )  # fmt: skip

    def _connect(self) -> None:
        window, eyes, signals, agent = (
            self.window, self._eyes, self._signals, self._delegations.agent,
        )  # fmt: skip
        self._cards.serve(agent)
        self._cards.screen.late.connect(self._delegations.press)
        self._cards.asker.waits.connect(self._ringer.ask)
        window.rooms = Rooms(
            share=eyes.share, shared=lambda: eyes.shared, camera=eyes.camera,
            card=self._cards.desk.go_to_newest, stop_capture=eyes.stop,
            search_history=lambda: window.pages.open("history"),
            stop_tools=agent.kill, allow_tools=agent.revive,
            tools=ToolRoom(agent, self._delegations.equipment),
        )  # fmt: skip
        window.hotkeys = self._hotkeys
        eyes.pill.clicked.connect(lambda: window.do("show"))
        eyes.pill.asked.connect(window.open_menu)
        for take in (window.take, eyes.take, self._cards.take):  # the window first
            signals.happened.connect(take)
        signals.asked.connect(window.obey)
        signals.pressed.connect(window.press)
        signals.keys_changed.connect(window.keys_changed)

    def _tell(self, happening: Happening) -> None:
        """From the conversation's threads."""
        self._signals.tell(happening)
        self._writer.take(happening)
        self._ringer.take(happening)
        self._delegations.take(happening)

    def _report(self, told: Told) -> None:
        """From the background's thread."""
        self._signals.tell(told)
        self._writer.take(told)
        self._ringer.take(told)

    def _overhear(self, side: Whose, samples: np.ndarray) -> None:
        self._writer.take_sound(side, samples)
        self._delegations.overhear(side, samples)

    def _see(self, frame: Frame) -> None:
        self._delegations.see(frame)
        self._writer.take_picture(frame.source, frame.pixels)


def _doorbell(ask: Callable[[str, str], str]) -> Doorbell | None:
    """Where no socket can be made there is no `aside do`; everything else works."""
    try:
        return Doorbell(ask)
    except OSError as error:
        print(f"aside do will not reach this window: {error}", file=sys.stderr)
        return None
