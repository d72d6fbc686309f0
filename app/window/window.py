"""The window's mind: takes what happened, shows it, and passes on what the user wants."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication

from app.conversation import Conversation, Happening, Typed
from app.hotkeys.main import Hotkeys
from app.settings.schema import (
    ANSWERS,
    CAPTION_PIXELS,
    HOTKEYS,
    IDLE_MINUTES,
    MICROPHONE,
    MODE,
    PICTURES,
    POSITION,
    SPEAKER,
    WHEN_IDLE,
)
from app.settings.setting import Setting
from app.settings.store import Settings
from app.sound.devices import Devices, Kind
from app.sound.meter import STILL
from app.window.actions import Situation, action
from app.window.caption_room import CaptionRoom
from app.window.caption_view import DEAF_HINT, HINT, NAMES, OPEN_HINT
from app.window.captions import PAUSE_S, Captions, Side
from app.window.deeds import Deeds
from app.window.device_menu import DeviceMenu
from app.window.frame_clock import FrameClock
from app.window.hold_key import HoldKey
from app.window.icons import app_icon
from app.window.idle import Idle
from app.window.menus import ActionSet
from app.window.obey import Obedience
from app.window.pages import Pages
from app.window.panel import Panel
from app.window.rooms import Rooms
from app.window.status import Status
from app.window.theme import chosen_theme
from app.window.words import tr
from engine.background.told import Warned
from engine.client.events import Error, Heard, Notice, Said, Started

READ_MS = 8000
ANNOUNCE_MS = round(1000 * PAUSE_S) + 50


class Window:
    """Everything in it runs in Qt's thread. `take` is connected to the adapter's signal."""

    def __init__(
        self, conversation: Conversation, settings: Settings, rooms: Rooms | None = None
    ) -> None:
        self.conversation, self.settings = conversation, settings
        self.rooms = rooms or Rooms()
        self.hotkeys: Hotkeys | None = None
        self.status, self.captions = Status(), Captions()
        self.panel = Panel(chosen_theme(settings), settings[CAPTION_PIXELS], settings[POSITION])
        self.panel.setWindowIcon(app_icon())
        self.caption_room = CaptionRoom(settings)
        self._announced: dict[tuple[Side, float], int] = {}  # how many words of each line
        self.deeds, self.pages = Deeds(self), Pages(self)
        self._action_set = ActionSet(self)
        self.actions = self._action_set.actions
        self.menu = DeviceMenu(self.panel, self.use, self._action_set.seldom_used())
        self.tray = self._action_set.tray()
        self._hold = HoldKey(
            self.panel, lambda: self.own_key("talk"), lambda down: self.press("talk", down)
        )
        self.idle = Idle(self._idle_limit_s, self._shares, conversation.free_engine)
        self._obedience = Obedience(self)
        self._obedience.begin()
        # What that changed was told before anybody could take it.
        self.status = replace(self.status, mode=conversation.gate.mode, muted=conversation.closed)
        self._shown = self.status, self.situation
        self._connect()
        self._soothe = _timer(READ_MS, self._read, single=True)
        self._clock = FrameClock(self._advance)
        self._telling = _timer(ANNOUNCE_MS, self._announce, single=True)
        self.panel.captions.stirred.connect(self._clock.wake)
        conversation.sound.when_stirred(self._clock.stirred.emit)
        if settings.problem:
            self.say(settings.problem)

    def show(self) -> None:
        self.panel.settle()
        self.panel.winId()  # what asks for its handle may come before it is first seen
        self.panel.setVisible(self.settings[MODE] != "captions")
        self.caption_room.show()
        self.tray.show()
        self.show_state()

    @property
    def situation(self) -> Situation:
        return Situation(
            answered=self.captions.last("aside") is not None,
            own_engine=self.status.own_engine,
            paused=self.conversation.paused,
            muted=self.conversation.muted,
            watching=self.conversation.watching,
            pictures=self.settings[PICTURES] != "off",
            can=self.rooms.can,
        )

    def do(self, name: str, phase: str = "tap") -> str:
        """Does one of the actions, or says why not, and returns that. KeyError: no such action.

        phase: press and release for actions that last while a key is held; a tap changes over.
        """
        what = action(name)
        refusal = "" if phase == "release" else what.when(self.situation)
        if refusal:
            self.say(tr(refusal))
            return tr(refusal)
        deed = getattr(self.deeds, what.runs)
        if what.hold:
            refusal = deed(phase == "press" or (phase == "tap" and not self.deeds.talking))
        elif phase != "release":
            refusal = deed()
        if name != "quit":
            self.show_state()  # what is done in a pause, say, is told by nobody
        return refusal or ""

    def obey(self, name: str, phase: str, answer: Future[str]) -> None:
        """Somebody outside asks, and reads why it was not done."""
        if not answer.set_running_or_notify_cancel():
            return  # nobody waits any more, and was told that nothing was done
        if name == "quit":
            answer.set_result("")  # afterwards it would be lost
            self.do(name, phase)
            return
        try:
            answer.set_result(self.do(name, phase))
        except Exception as error:  # a fault of ours must not pass in silence
            failed = tr("It was begun and failed: {error}. Try again, or start Aside anew.")
            answer.set_result(failed.format(error=type(error).__name__))
            raise

    def press(self, name: str, down: bool) -> None:
        """The global key of an action."""
        self.pages.pressed(name)
        self.do(name, "press" if down else "release")

    def keys_report(self) -> str:
        """Which back end listens for global keys and why; "" where none was asked for."""
        return self.hotkeys.report if self.hotkeys is not None else ""

    def keys_trouble(self, which: Setting[Any]) -> str:
        """Why that key does not work everywhere, or ""."""
        return self.hotkeys.trouble(which.id) if self.hotkeys is not None else ""

    def keys_changed(self) -> None:
        """The back end for keys has something new to tell."""
        self._action_set.show_keys()
        self.pages.show_keys()

    @property
    def keys_everywhere(self) -> bool:
        """Whether a back end listens for the hotkeys in every program."""
        return self.hotkeys is not None and self.hotkeys.active

    def key_of(self, name: str) -> str:
        """The key that does an action, wherever one is; "" where there is none."""
        hotkey = self.settings[HOTKEYS[name]] if name in HOTKEYS else ""
        return hotkey or next(iter(action(name).keys), "")

    def own_key(self, name: str) -> str:
        """The hotkey of an action where no back end listens for it, so that we must; else ""."""
        if name not in HOTKEYS or self.keys_everywhere:
            return ""
        return self.settings[HOTKEYS[name]]

    def say(self, sentence: str) -> None:
        """Tells the user something, until it has been read."""
        self.status = replace(self.status, trouble=sentence)
        self._soothe.start()
        self.show_state()

    def take(self, happening: Happening) -> None:
        """Something happened in the conversation."""
        self.status = self.status.after(happening)
        match happening:
            case Heard(text):
                self._add("user", text)
            case Said(text):
                self._add("aside", text)
            case Typed(text):
                self._add("typed", text)
            case Started():
                self.captions = self.captions.closed()
            case Error() | Notice() | Warned():
                self._soothe.start()
        self.idle.take(happening)
        self.pages.take(happening)
        if (self.status, self.situation) != self._shown:
            self.show_state()

    def go_to_typing(self) -> None:
        if not self.panel.isVisible():
            self.panel.show()
        self.panel.take_keyboard()
        self.panel.typing.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def use(self, kind: Kind, name: str | None) -> None:
        self.settings.change(MICROPHONE if kind == "microphone" else SPEAKER, name)

    def open_devices(self) -> None:
        devices = self.status.wiring.devices if self.status.wiring else Devices()
        wanted: dict[Kind, str | None] = {
            "microphone": self.settings[MICROPHONE],
            "speaker": self.settings[SPEAKER],
        }
        self.menu.fill(devices, wanted)
        button = self.panel.devices
        corner = button.mapToGlobal(button.rect().topRight())
        size = self.menu.sizeHint()
        self.menu.popup(corner - QPoint(size.width(), size.height() + 8))

    def open_menu(self, place: QPoint) -> None:
        """Every action, at a place on the screen."""
        self._action_set.open_menu(place)

    def quit(self) -> None:
        self._clock.stop()
        self._telling.stop()
        self.pages.close()
        self.tray.hide()
        self.panel.hide()
        self.caption_room.close()
        if self.panel.position != self.settings[POSITION]:
            self.settings.change(POSITION, self.panel.position)
        QApplication.quit()

    def show_state(self) -> None:
        """Brings everything that shows how things are up to date."""
        self._shown = self.status, self.situation
        self.panel.show_status(tr(self.status.words))
        self.panel.captions.hint = tr(self._hint)
        self.caption_room.show_status(self.status, self.panel.captions.hint)
        self.panel.show_notices(self.status.notices)
        self.panel.show_muted(self.status.muted, self.conversation.muted)
        self.panel.hush.setEnabled(self.status.doing == "speaking")
        self._action_set.show_state()
        self._clock.wake()

    @property
    def _hint(self) -> str:
        """How to be heard now."""
        if self.status.doing == "deaf":
            return DEAF_HINT
        return OPEN_HINT if self.settings[ANSWERS] == "all" else HINT

    def _idle_limit_s(self) -> float | None:
        frees = self.settings[WHEN_IDLE] == "free" and self.status.engine == "ready"
        return 60.0 * self.settings[IDLE_MINUTES] if frees and self.status.own_engine else None

    def _shares(self) -> bool:
        return any(one.state != "off" for one in self.status.lights if one.source != "microphone")

    def _add(self, side: Side, fragment: str) -> None:
        self.captions = self.captions.plus(side, fragment, time.monotonic())
        self.panel.captions.show_captions(self.captions)
        self.caption_room.show_captions(self.captions)
        if not self._telling.isActive():
            self._telling.start()

    def _read(self) -> None:
        self.status = self.status.soothed()
        self.show_state()

    def _advance(self, step_s: float) -> bool:
        """Whether anything still moves that can be seen."""
        level, panel = self.conversation.sound.level, self.panel
        moving = (
            panel.meter.show_level(level, step_s),
            panel.mark.advance(self.status.doing, level, step_s),
            panel.captions.advance(step_s),
            level >= STILL,
        )
        outside = self.caption_room.advance(step_s)
        return outside or (panel.isVisible() and any(moving))

    def _announce(self) -> None:
        """Tells a screen reader each word once, when its line paused; comes again for the rest. A
        line that paused may still grow."""
        finished = self.captions.finished(time.monotonic())
        known = self._announced
        for line in finished:
            if fresh := line.words[known.get(line.key, 0) :]:
                self.panel.announce(f"{tr(NAMES[line.side])}: {' '.join(fresh)}")
                known[line.key] = len(line.words)
        there = {line.key for line in self.captions.lines}
        self._announced = {key: words for key, words in known.items() if key in there}
        if len(finished) < len(self.captions.lines):
            self._telling.start()

    def _connect(self) -> None:
        panel = self.panel
        panel.typing.entered.connect(self.conversation.type)
        panel.typing.entering.connect(panel.take_keyboard)
        panel.closed.connect(self.quit)
        panel.left.connect(self._obedience.take_mode)
        if (mini := self.caption_room.mini) is not None:
            mini.clicked.connect(self.actions["show"].trigger)
        for name in ("hush", "mute", "devices", "quit"):
            getattr(panel, name).clicked.connect(self.actions[name].trigger)
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self._obedience.dress())
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._screens_changed)
        application.screenRemoved.connect(self._screens_changed)
        application.primaryScreenChanged.connect(self._screens_changed)

    def _screens_changed(self, _: QScreen) -> None:
        """Some systems forget what kind of window it is when a screen comes or goes."""
        self.panel.settle()
        self.caption_room.settle()
        if not self.panel.isActiveWindow():
            self.panel.give_keyboard_back()


def _timer(interval_ms: int, call: Callable[[], None], single: bool = False) -> QTimer:
    timer = QTimer()
    timer.setInterval(interval_ms)
    timer.setSingleShot(single)
    timer.timeout.connect(call)
    return timer
