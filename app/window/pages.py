"""The windows that are opened now and then: settings, keys, history, acts, the guide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QWidget

from app.window.page_place import settle
from app.window.theme import Theme

if TYPE_CHECKING:
    from app.conversation import Happening
    from app.window.window import Window

Page = Literal["settings", "keys", "history", "acts", "guide"]


class Pages:
    """At most one of each. They are made when they are opened: starting is not to wait for them."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._open: dict[Page, QWidget] = {}
        self._makers: dict[Page, Callable[[], QWidget]] = {
            "settings": self._settings, "keys": self._keys, "history": self._history,
            "acts": self._acts, "guide": self._guide,
        }  # fmt: skip

    def open(self, page: Page) -> QWidget:
        """Brings it to the front; a window of its own, which takes the keyboard."""
        if page not in self._open:
            self._open[page] = self._makers[page]()
            settle(self._open[page], self._window.panel, self._window.caption_room.bar)
        shown = self._open[page]
        shown.show()
        shown.raise_()
        shown.activateWindow()
        return shown

    def take(self, happening: Happening) -> None:
        """What happened may matter to a page that is open."""
        for page in self._open.values():
            if page.isVisible() and hasattr(page, "take"):
                page.take(happening)

    def pressed(self, action: str) -> None:
        """A global key arrived; the guide shows that it works."""
        if "guide" in self._open:
            self._open["guide"].pressed(action)  # type: ignore[attr-defined]

    def show_keys(self) -> None:
        """What the back end for global keys says may be another thing now."""
        if "settings" in self._open:
            self._open["settings"].show_keys()  # type: ignore[attr-defined]

    def dress(self, theme: Theme) -> None:
        """The others watch the settings themselves; the history knows of none."""
        if "history" in self._open:
            self._open["history"].dress(theme)  # type: ignore[attr-defined]

    def close(self) -> None:
        for page in self._open.values():
            page.close()
            page.deleteLater()
        self._open.clear()

    def _settings(self) -> QWidget:
        from app.window.settings_page import SettingsPage

        return SettingsPage(self._window)

    def _keys(self) -> QWidget:
        from app.window.key_sheet import KeySheet

        return KeySheet(self._window.settings)

    def _history(self) -> QWidget:
        from app.history.window import history_window

        return history_window()

    def _acts(self) -> QWidget:
        from app.acts.window import ActsWindow

        tools = self._window.rooms.tools
        assert tools is not None  # the table of actions says why not before
        return ActsWindow(self._window.settings, tools)

    def _guide(self) -> QWidget:
        from app.guide.guide import Guide

        return Guide(self._window)
