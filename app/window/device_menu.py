"""The menu that chooses microphone and speaker by name, and what else is seldom changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from app.sound.devices import Devices, Kind
from app.window.menu import Menu
from app.window.words import tr

TITLES: dict[Kind, str] = {"microphone": "Microphone", "speaker": "Speaker"}
Choose = Callable[[Kind, str | None], None]


class DeviceMenu(Menu):
    """Filled anew each time it opens."""

    def __init__(self, parent: QWidget, choose: Choose, others: list[QAction]) -> None:
        super().__init__(parent)
        self._choose, self._others = choose, others
        self.setAccessibleName(tr("Devices"))
        self._groups: list[QActionGroup] = []

    def fill(self, devices: Devices, wanted: dict[Kind, str | None]) -> None:
        """Lists what is there, and what is wanted and not there."""
        self.clear()
        self._groups.clear()
        for kind in TITLES:
            self._section(kind, devices, wanted[kind])
            self.addSeparator()
        self.addActions(self._others)

    def _section(self, kind: Kind, devices: Devices, wanted: str | None) -> None:
        self.addAction(tr(TITLES[kind])).setEnabled(False)
        group = QActionGroup(self)
        self._groups.append(group)
        default = next((d.name for d in devices.of(kind) if d.is_default), tr("none"))
        usual = tr("System default ({name})").format(name=default)
        self._entry(group, usual, kind, None, wanted is None)
        names = dict.fromkeys(device.name for device in devices.of(kind))
        for name in names:
            self._entry(group, name, kind, name, name == wanted)
        if wanted is not None and wanted not in names:
            away = tr("{name} (not there)").format(name=wanted)
            self._entry(group, away, kind, wanted, True)

    def _entry(
        self, group: QActionGroup, text: str, kind: Kind, name: str | None, checked: bool
    ) -> None:
        entry = self.addAction(text.replace("&", "&&"))
        entry.setCheckable(True)
        entry.setChecked(checked)
        entry.triggered.connect(lambda: self._choose(kind, name))
        group.addAction(entry)
