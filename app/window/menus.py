"""The table of actions as Qt has it: shortcuts, the menu of the tray and of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.settings.schema import (
    ANSWERS,
    CAPTION_BAR,
    CAPTIONS_SHOWN,
    ECHO_CANCELLATION,
    HOTKEYS,
    MODE,
    SYSTEM_SOUND,
)
from app.window.actions import ACTIONS, Action, Group
from app.window.icons import app_icon
from app.window.menu import Menu
from app.window.words import later, tr

if TYPE_CHECKING:
    from app.window.window import Window

SELDOM = (
    "quiet", "answer", "captions", "bar", "system-sound", "echo", "larger", "smaller", "restart",
    "acts", "settings", "keys", "quit",
)  # fmt: skip
FOLDED: dict[Group, str] = {"Words": later("Words and captions"), "Window": later("Window")}


class ActionSet:
    """One QAction for each row of the table, all of them kept up to date."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.actions = {one.name: self._action(one) for one in ACTIONS}
        self._checked: dict[str, Callable[[], bool]] = {
            "talk": lambda: window.deeds.talking,
            "mute": lambda: window.conversation.muted,
            "pause": lambda: window.conversation.paused,
            "quiet": lambda: window.settings[MODE] == "quiet",
            "answer": lambda: window.settings[ANSWERS] == "all",
            "captions": lambda: window.settings[CAPTIONS_SHOWN],
            "bar": lambda: window.settings[CAPTION_BAR],
            "echo": lambda: window.settings[ECHO_CANCELLATION],
            "free-engine": lambda: window.conversation.resting,
            "system-sound": lambda: window.settings[SYSTEM_SOUND],
            "camera": lambda: window.status.sight.camera.state != "off",
            "screen": lambda: window.rooms.shared() == "screen",
            "monitor": lambda: window.rooms.shared() == "monitor",
            "region": lambda: window.rooms.shared() == "region",
            "app-window": lambda: window.rooms.shared() == "window",
        }
        for name in self._checked:
            self.actions[name].setCheckable(True)
        self._menu = self._full_menu()
        self.show_keys()
        window.settings.watch(lambda _: self.show_keys())
        window.panel.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        window.panel.customContextMenuRequested.connect(
            lambda place: self.open_menu(window.panel.mapToGlobal(place))
        )

    def seldom_used(self) -> list[QAction]:
        return [self.actions[name] for name in SELDOM]

    def tray(self) -> QSystemTrayIcon:
        """Where the desktop has no tray it stays unseen; the same menu opens on the window."""
        self._tray = QSystemTrayIcon(app_icon(), self._window.panel)
        self._tray.setContextMenu(self._menu)
        self._tray.activated.connect(self._tray_clicked)
        return self._tray

    def show_keys(self) -> None:
        """Inside our windows hotkeys are shortcuts where nothing listens for them everywhere.

        No key is given twice, for then Qt would do nothing at all; the settings say who wants it.
        """
        taken = {key for one in ACTIONS for key in one.keys}
        for one in ACTIONS:
            own = "" if one.hold else self._window.own_key(one.name)
            keys = [*one.keys, *([own.replace("Super", "Meta")] if own not in taken else [])]
            taken.add(own)
            self.actions[one.name].setShortcuts([QKeySequence(key) for key in keys if key])

    def show_state(self) -> None:
        """What is checked is so; what cannot be had now says why when it is pointed at."""
        situation = self._window.situation
        for one in ACTIONS:
            made, refusal = self.actions[one.name], one.when(situation)
            made.setToolTip(tr(refusal) if refusal else tr(one.sentence))
            if one.name in self._checked:
                made.setChecked(self._checked[one.name]())
        self._tray.setToolTip(f"Aside: {tr(self._window.status.words)}")

    def _action(self, one: Action) -> QAction:
        made = QAction(tr(one.text).replace("&", "&&"), self._window.panel)
        made.setObjectName(one.name)
        made.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        made.triggered.connect(lambda: self._window.do(one.name))
        self._window.panel.addAction(made)
        return made

    def _full_menu(self) -> QMenu:
        """Every action, a line between the groups; two groups are menus of their own, for all of
        them in one would be higher than a small screen."""
        menu = Menu(self._window.panel)
        places: dict[Group, QMenu] = {}
        for one in ACTIONS:
            if one.group not in places:
                menu.addSeparator()
                places[one.group] = menu
                if one.group in FOLDED:
                    places[one.group] = Menu(self._window.panel, tr(FOLDED[one.group]))
                    menu.addMenu(places[one.group])
            places[one.group].addAction(self.actions[one.name])
        menu.aboutToShow.connect(self._grey_out)
        menu.aboutToHide.connect(self._give_back)
        return menu

    def _grey_out(self) -> None:
        """Only while the menu is open: a greyed action's shortcut would do nothing, silently."""
        situation = self._window.situation
        for one in ACTIONS:
            hotkey = self._window.settings[HOTKEYS[one.name]] if one.name in HOTKEYS else ""
            self.actions[one.name].setText(_with_key(one, hotkey))
            self.actions[one.name].setEnabled(not one.when(situation))

    def _give_back(self) -> None:
        for one in ACTIONS:
            self.actions[one.name].setText(tr(one.text).replace("&", "&&"))
            self.actions[one.name].setEnabled(True)

    def open_menu(self, place: QPoint) -> None:
        self._menu.popup(place)

    def _tray_clicked(self, why: QSystemTrayIcon.ActivationReason) -> None:
        if why == QSystemTrayIcon.ActivationReason.Trigger:
            self._window.do("show")


def _with_key(one: Action, hotkey: str) -> str:
    """Qt writes what follows the tab at the right, in place of the shortcut."""
    key = hotkey or (one.keys[0] if one.keys else "")
    return tr(one.text).replace("&", "&&") + (f"\t{key}" if key else "")
