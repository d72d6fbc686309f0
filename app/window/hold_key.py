"""Push to talk by a key of our own windows, where nothing listens for keys everywhere.

Qt's shortcuts know no release; and whoever goes elsewhere with the key down lets go of it there,
where nobody sees it: leaving our windows releases too.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from app.window.editors import KeysField, written


class HoldKey(QObject):
    """Watches the application's key events for one combination.

    wanted: the keys as app.hotkeys.chord writes them, "" for none now. tell: down or up.
    """

    def __init__(
        self, parent: QObject, wanted: Callable[[], str], tell: Callable[[bool], None]
    ) -> None:
        super().__init__(parent)
        self._wanted, self._tell = wanted, tell
        self._held: int | None = None
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.installEventFilter(self)
        application.applicationStateChanged.connect(self._state_changed)
        application.focusWindowChanged.connect(self._focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and not isinstance(watched, KeysField):
            if event.type() == QEvent.Type.KeyPress:
                return self._press(event)
            if event.type() == QEvent.Type.KeyRelease and event.key() == self._held:
                if not event.isAutoRepeat():
                    self._let_go()
                return True
        return False

    def _press(self, event: QKeyEvent) -> bool:
        wanted = self._wanted()
        if not wanted or written(Qt.Key(event.key()), event.modifiers()) != wanted:
            return event.key() == self._held
        if self._held is None:
            self._held = event.key()
            self._tell(True)
        return True

    def _focus_changed(self, window: QWindow | None) -> None:
        if window is None:
            self._let_go()

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self._let_go()

    def _let_go(self) -> None:
        if self._held is not None:
            self._held = None
            self._tell(False)
