"""Chooses a back end for global keys, binds what the settings say, and tells how that went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.hotkeys.chord import Chord
from app.hotkeys.handlers.listener import KeyListener
from app.hotkeys.handlers.portal import ShortcutsPortal
from app.hotkeys.handlers.x11 import X11Grabs
from app.hotkeys.models import Binding, Handler, OnKey
from app.settings.schema import GLOBAL_KEYS, HOTKEYS
from app.settings.setting import Setting
from app.settings.store import Settings
from app.window.actions import ACTIONS, Action
from app.window.words import tr

HANDLERS: tuple[Handler, ...] = (ShortcutsPortal(), X11Grabs(), KeyListener())
OFF = "Keys work in Aside's own windows alone, as you have set it."
NOTHING = "Nothing here passes global keys on, so they work in Aside's own windows alone."


class Hotkeys:
    """Started once, stopped once, both in the window's thread; `on_key` comes from others.

    changed: called, from any thread, when `report` or a trouble may read differently.
    """

    def __init__(
        self,
        settings: Settings,
        on_key: OnKey,
        changed: Callable[[], None] = lambda: None,
        handlers: Sequence[Handler] = HANDLERS,
    ) -> None:
        self._settings, self._on_key, self._changed = settings, on_key, changed
        self._handlers = handlers
        self._handler: Handler | None = None
        self._troubles: dict[str, str] = {}
        self._unfit: list[Handler] = []

    def start(self) -> None:
        self._settings.watch(self._setting_changed)
        self._bind()

    def stop(self) -> None:
        if self._handler is not None:
            self._handler.stop()
            self._handler = None

    @property
    def active(self) -> bool:
        """Whether keys arrive from every program."""
        return self._handler is not None and not self._troubles.get("")

    @property
    def report(self) -> str:
        """Which back end is in use and why, and why the better ones are not, in sentences."""
        if not self._settings[GLOBAL_KEYS]:
            return tr(OFF)
        advice = [f"{tr(one.name)}: {tr(one.advice)}" for one in self._unfit]
        if self._handler is None:
            return "\n".join([tr(NOTHING), *advice])
        general = self._troubles.get("", "")
        in_use = tr("Back end: {name}.").format(name=tr(self._handler.name))
        lines = [f"{in_use} {tr(self._handler.why)}", general, *advice]
        return "\n".join(line for line in lines if line)

    def trouble(self, setting_id: str) -> str:
        """Why the key of that setting does not work everywhere, or ""."""
        return self._troubles.get(setting_id.removeprefix("keys."), "")

    def _setting_changed(self, which: Setting[Any]) -> None:
        if which == GLOBAL_KEYS or which.id.startswith("keys."):
            self.stop()
            self._bind()

    def _bind(self) -> None:
        self._troubles.clear()
        self._unfit.clear()
        bindings = self._bindings()  # two on one key are told of, whoever listens
        if self._settings[GLOBAL_KEYS]:
            self._handler = self._choose()
            if self._handler is not None:
                self._handler.start(bindings, self._on_key, self._take_trouble)
        self._changed()

    def _choose(self) -> Handler | None:
        for one in self._handlers:
            if one.is_compatible():
                if one.is_installed():
                    return one
                self._unfit.append(one)
        return None

    def _bindings(self) -> tuple[Binding, ...]:
        """One action for each key; where two want the same, the first has it and both are told."""
        owners: dict[str, Action] = {}
        inside = {key: one for one in ACTIONS for key in one.keys}
        for one in ACTIONS:
            keys = self._settings[HOTKEYS[one.name]] if one.name in HOTKEYS else ""
            if not keys:
                continue
            other = owners.setdefault(keys, one)
            if other is one:
                other = inside.get(keys, one)  # a key of our own windows
            if other is not one:
                self._both_told(keys, other, one)
        return tuple(
            Binding(one.name, Chord.parse(keys), tr(one.text)) for keys, one in owners.items()
        )

    def _both_told(self, keys: str, first: Action, second: Action) -> None:
        taken = tr("{keys} is the key of: {action}.")
        wanted = tr("{keys} is wanted for this too: {action}.")
        self._troubles[second.name] = taken.format(keys=keys, action=tr(first.text))
        self._troubles[first.name] = wanted.format(keys=keys, action=tr(second.text))

    def _take_trouble(self, action: str, sentence: str) -> None:
        if sentence:
            self._troubles[action] = sentence
        self._changed()
