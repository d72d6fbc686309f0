"""What the actions do: one method for each, named in the table of app.window.actions."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from app.settings.schema import (
    ANSWERS,
    CAPTION_BAR,
    CAPTION_PIXELS,
    CAPTIONS_SHOWN,
    ECHO_CANCELLATION,
    LARGEST,
    LONGEST_TALK_S,
    MODE,
    SMALLEST,
    SYSTEM_SOUND,
)
from app.window.actions import NO_CARDS
from app.window.rooms import Shared
from app.window.words import tr

if TYPE_CHECKING:
    from app.window.window import Window

LARGER = 3
log = logging.getLogger(__name__)


class Deeds:
    """Qt's thread. Settings are only changed here; what follows from that is obey.py's.

    What could not be done is shown in the window, and returned in the same words.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._conversation = window.conversation
        self._settings = window.settings
        self.talking = False
        self._stuck = QTimer()
        self._stuck.setSingleShot(True)
        self._stuck.timeout.connect(self._let_go)

    def talk(self, down: bool) -> None:
        """While the key is down, and no longer than is set, the microphone is open and what is
        said is meant for Aside."""
        if down == self.talking:
            return
        self.talking = down
        self._conversation.talk(down)
        self._stuck.stop()
        if down:
            self._stuck.start(self._settings[LONGEST_TALK_S] * 1000)

    def mute(self) -> None:
        """What closed it only to rest is opened."""
        if self._conversation.resting and not self._conversation.muted:
            self._conversation.wake()
        else:
            self._conversation.mute(not self._conversation.muted)

    def system_sound(self) -> None:
        self._settings.change(SYSTEM_SOUND, not self._settings[SYSTEM_SOUND])

    def hush(self) -> None:
        self._conversation.silence()

    def quiet(self) -> None:
        self._settings.change(MODE, "full" if self._settings[MODE] == "quiet" else "quiet")

    def answer(self) -> None:
        whatever = self._settings[ANSWERS] == "all"
        self._settings.change(ANSWERS, "addressed" if whatever else "all")

    def pause(self) -> None:
        paused = not self._conversation.paused
        self.talk(False)
        self._conversation.pause(paused)
        if not paused and (allow_tools := self._window.rooms.allow_tools) is not None:
            allow_tools()

    def panic(self) -> str | None:
        """Everything is tried: what fails keeps nothing else from stopping."""
        rooms = self._window.rooms
        stops: list[Callable[[], Any] | None] = [
            rooms.stop_capture, rooms.stop_tools, lambda: self._conversation.pause(True),
            lambda: self._conversation.mute(True), lambda: self.talk(False),
            lambda: self._conversation.hear_system(False),
            lambda: self._settings.change(SYSTEM_SOUND, False),
        ]  # fmt: skip
        failed = [stop for stop in stops if stop is not None and not _done(stop)]
        if failed:
            return self._refuse(tr("Something could not be stopped: quit Aside to be sure."))
        self._window.say(tr("Stopped. Nothing is heard, seen, said or done until you go on."))
        return None

    def share_screen(self) -> str | None:
        return self._share("screen")

    def share_monitor(self) -> str | None:
        return self._share("monitor")

    def share_region(self) -> str | None:
        return self._share("region")

    def share_window(self) -> str | None:
        return self._share("window")

    def camera(self) -> None:
        if (switch := self._window.rooms.camera) is not None:
            switch()

    def type(self) -> None:
        self._window.go_to_typing()

    def captions(self) -> None:
        self._settings.change(CAPTIONS_SHOWN, not self._settings[CAPTIONS_SHOWN])

    def bar(self) -> None:
        self._settings.change(CAPTION_BAR, not self._settings[CAPTION_BAR])

    def ground(self) -> None:
        self._window.caption_room.bar.change_ground()

    def copy(self) -> None:
        answer = self._window.captions.last("aside")
        if answer is not None:
            QGuiApplication.clipboard().setText(answer.text)
            self._window.say(tr("Copied."))

    def history(self) -> None:
        if (search := self._window.rooms.search_history) is not None:
            search()

    def larger(self) -> None:
        self._resize(LARGER)

    def smaller(self) -> None:
        self._resize(-LARGER)

    def show(self) -> None:
        self._window.panel.setVisible(not self._window.panel.isVisible())

    def card(self) -> str | None:
        nothing = (go := self._window.rooms.card) is not None and not go()
        return self._refuse(tr(NO_CARDS)) if nothing else None

    def devices(self) -> None:
        self._window.open_devices()

    def echo(self) -> None:
        self._settings.change(ECHO_CANCELLATION, not self._settings[ECHO_CANCELLATION])

    def settings(self) -> None:
        self._window.pages.open("settings")

    def keys(self) -> None:
        self._window.pages.open("keys")

    def acts(self) -> None:
        self._window.pages.open("acts")

    def guide(self) -> None:
        self._window.pages.open("guide")

    def reload(self) -> None:
        self._settings.reload()

    def free_engine(self) -> None:
        if self._conversation.resting:
            self._conversation.wake()
        else:
            self._conversation.free_engine()

    def restart(self) -> None:
        self._conversation.reconnect()

    def quit(self) -> None:
        self._window.quit()

    def _share(self, what: Shared) -> str | None:
        share = self._window.rooms.share
        return share(what) if share is not None else None

    def _refuse(self, why: str) -> str:
        self._window.say(why)
        return why

    def _resize(self, by: int) -> None:
        pixels = self._settings[CAPTION_PIXELS] + by
        self._settings.change(CAPTION_PIXELS, max(SMALLEST, min(LARGEST, pixels)))

    def _let_go(self) -> None:
        self.talk(False)
        self._window.say(tr("Push to talk was held very long and let go: is the key stuck?"))


def _done(stop: Callable[[], Any]) -> bool:
    try:
        stop()
    except Exception as error:
        log.error("not stopped: %s", type(error).__name__)
        return False
    return True
