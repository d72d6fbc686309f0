"""All of the window that has to do with seeing: the pill, the pointer layer, what is shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QGuiApplication, QScreen

from app.capture.main import Screens
from app.capture.models import (
    Area,
    CaptureError,
    Monitor,
    OneMonitor,
    OneWindow,
    Rect,
    Region,
    WholeScreen,
    WindowSeen,
)
from app.capture.privacy import PrivateList, ours
from app.conversation import Conversation, Happening
from app.settings.schema import BUBBLE, MOTION
from app.settings.store import Settings
from app.window.bubble import Bubble
from app.window.frame_clock import FrameClock
from app.window.interjections import Interjection, Interjections
from app.window.mini_window import can_overlay
from app.window.picker import Choosing, Chosen
from app.window.pill import Pill
from app.window.pill_place import PillPlace
from app.window.pointer_layer import PointerLayer
from app.window.pointing import ACT, Pointing
from app.window.rooms import Shared
from app.window.status import Status
from app.window.theme import Theme, chosen_theme
from engine.client.events import ActEvent

KINDS: dict[Shared, type[Area]] = {
    "screen": WholeScreen, "monitor": OneMonitor, "region": Region, "window": OneWindow,
}  # fmt: skip


class Rules(Protocol):
    """What the user wants unseen, as it is now."""

    @property
    def private(self) -> PrivateList: ...


class _UsualRules:
    private = PrivateList()


class Eyes:
    """Qt's thread. `take` comes after the window has taken the same happening.

    status: how things are now; complain: shows a sentence to the user.
    """

    def __init__(
        self, conversation: Conversation, theme: Theme, status: Callable[[], Status],
        complain: Callable[[str], None], rules: Rules | None = None,
        settings: Settings | None = None,
    ) -> None:  # fmt: skip
        self._conversation, self._status, self._complain = conversation, status, complain
        self._rules: Rules = rules or _UsualRules()
        self.pill, self.layer, self.choosing = Pill(theme), PointerLayer(), Choosing()
        self.bubble, self._settings = Bubble(theme), settings
        self._interjections = Interjections(lambda: conversation.gate.unprompted)
        # Where nothing may lie above other windows, a small window shows lamps and words.
        self._overlays = can_overlay(QGuiApplication.platformName())
        self._pill_place = PillPlace(self.pill, settings)
        self._theme = theme
        self._clock = FrameClock(self._advance)
        self._watch_screens()
        if settings is not None:
            self._obey(settings)

    def show(self) -> None:
        self._pill_place.settle()
        self.pill.show_status(self._status())
        self.pill.setVisible(self._overlays)

    def close(self) -> None:
        self._clock.stop()
        self.choosing.end()
        for part in (self.layer, self.bubble, self.pill):
            part.close()

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self.pill.dress(theme)
        self.bubble.dress(theme)

    def hold_still(self, still: bool) -> None:
        """Whether nothing is to fade."""
        self.layer.still = self.bubble.still = still

    def take(self, happening: Happening) -> None:
        if isinstance(happening, ActEvent) and happening.name == ACT:
            self._point(happening)
        if (interjection := self._interjections.take(happening)) is not None:
            self._interject(interjection)
        self.pill.show_status(self._status())

    def camera(self) -> None:
        """On, or off again."""
        self._conversation.watch(not self._conversation.watching)

    def share(self, what: Shared) -> str | None:
        """Lets the user choose, and shares it; what is shared already is not any more. Where there
        is nothing to choose from, it complains and returns why."""
        if self.shared == what or self.choosing.open:
            self.choosing.end()
            self._share(None)
        elif what == "screen":
            self._share(WholeScreen())
        else:
            return self._choose(what)
        return None

    def stop(self) -> None:
        """Camera and screen, at once."""
        self.choosing.end()
        self._conversation.watch(False)
        self._share(None)

    @property
    def shared(self) -> Shared | None:
        """What of the screen is wanted to be seen, however that was asked for."""
        return next((what for what, kind in KINDS.items()
                     if isinstance(self._conversation.shared, kind)), None)  # fmt: skip

    def _share(self, area: Area | None) -> None:
        self._conversation.share(area)
        if area is None:
            self.layer.vanish()

    def _choose(self, what: Chosen) -> str | None:
        if Screens().desktop_chooses:
            anything: dict[Chosen, Area] = {
                "window": OneWindow(0), "monitor": OneMonitor(""),
                "region": Region(Rect(0, 0, 0, 0)),
            }  # fmt: skip
            self._share(anything[what])
            return None
        try:
            windows = self._windows() if what == "window" else ()
            monitors = self._monitors() if what == "monitor" else ()
        except CaptureError as error:
            self._complain(str(error))
            return str(error)

        def chosen(area: Area | None) -> None:
            if area is not None:
                self._share(area)

        if len(monitors) == 1:
            chosen(OneMonitor(monitors[0].name))
        else:
            self.choosing.begin(what, windows, self._theme, chosen, monitors)
        return None

    def _windows(self) -> tuple[WindowSeen, ...]:
        """Those that may be chosen, bottom to top."""
        display = Screens().display()
        try:
            windows = display.windows()
            barred = {one.id for one in (*ours(windows), *self._rules.private.among(windows))}
            return tuple(one for one in windows if one.id not in barred and one.title)
        finally:
            display.close()

    def _monitors(self) -> tuple[Monitor, ...]:
        display = Screens().display()
        try:
            return tuple(display.monitors())
        finally:
            display.close()

    def _point(self, act: ActEvent) -> None:
        pointing = Pointing.read(act.arguments)
        if pointing is not None:
            self.layer.point(pointing, self._conversation.capture.aim)
            self.pill.raise_()  # its lights are never dimmed
            self._clock.wake()

    def _interject(self, interjection: Interjection) -> None:
        """Beside what is pointed at; else near the pill."""
        if self._overlays and (self._settings is None or self._settings[BUBBLE]):
            about = self.layer.target if interjection.pointed else None
            self.bubble.say(interjection, about or self.pill.geometry())

    def _obey(self, settings: Settings) -> None:
        def changed(_: object = None) -> None:
            self.hold_still(settings[MOTION] == "reduced")
            self.dress(chosen_theme(settings))

        changed()
        settings.watch(changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(changed)

    def _advance(self, _step_s: float) -> bool:
        self.layer.advance(self._conversation.capture.aim)
        return self.layer.isVisible()

    def _watch_screens(self) -> None:
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._screens_changed)
        application.screenRemoved.connect(self._screens_changed)
        application.primaryScreenChanged.connect(self._screens_changed)

    def _screens_changed(self, _: QScreen) -> None:
        """What was pointed at may be elsewhere now, and some systems move what they keep."""
        self.layer.vanish()
        self.choosing.end()
        self.bubble.vanish()
        self._pill_place.settle()
