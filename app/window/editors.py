"""One control for each kind of setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox, QWidget

from app.capture.main import camera_names
from app.settings.schema import HOTKEYS
from app.settings.setting import (
    Choice,
    Device,
    Keys,
    Number,
    Patterns,
    Setting,
    Switch,
    Unfit,
)
from app.sound.devices import Kind
from app.window.theme import font
from app.window.words import tr

if TYPE_CHECKING:
    from app.window.window import Window

FIELD_WIDTH = 300


class Editor:
    """A control and, below the words, what is wrong with what was entered.

    Made by `editor`. `show_value` brings it up to date when the setting changed elsewhere.
    """

    def __init__(self, one: Setting[Any], window: Window, field: QWidget) -> None:
        self.setting, self._window, self.field = one, window, field
        self.trouble = QLabel()
        self.trouble.setObjectName("warning")
        self.trouble.setFont(font(13))
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        field.setAccessibleName(tr(one.words))
        field.setAccessibleDescription(tr(one.help))

    def enter(self, value: object) -> None:
        try:
            self._window.settings.change(self.setting, value)
        except Unfit as error:
            self._show(str(error))
            self.show_value()
        else:
            self.show_trouble()

    def show_value(self) -> None:
        raise NotImplementedError

    def show_trouble(self) -> None:
        self._show(self._window.keys_trouble(self.setting))

    @property
    def value(self) -> Any:
        return self._window.settings[self.setting]

    def _show(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))


class SwitchEditor(Editor):
    field: QCheckBox

    def __init__(self, one: Setting[Any], window: Window) -> None:
        super().__init__(one, window, QCheckBox())
        self.field.toggled.connect(self.enter)

    def show_value(self) -> None:
        self.field.setChecked(self.value)


class NumberEditor(Editor):
    field: QSpinBox

    def __init__(self, one: Setting[Any], window: Window, kind: Number) -> None:
        super().__init__(one, window, QSpinBox())
        self.field.setRange(kind.low, kind.high)
        self.field.setSuffix(f" {tr(kind.unit)}" if kind.unit else "")
        self.field.setSpecialValueText(tr(kind.least))
        self.field.setKeyboardTracking(False)
        self.field.lineEdit().setTextMargins(10, 0, 10, 0)
        self.field.setFixedWidth(140)
        self.field.valueChanged.connect(self.enter)

    def show_value(self) -> None:
        self.field.setValue(self.value)


class ListEditor(Editor):
    """A choice, or a device by name; a device that is away stays in the list."""

    field: QComboBox

    def __init__(self, one: Setting[Any], window: Window) -> None:
        super().__init__(one, window, QComboBox())
        self.field.setFixedWidth(FIELD_WIDTH)
        self.field.activated.connect(lambda _: self.enter(self.field.currentData()))

    def show_value(self) -> None:
        self.field.clear()
        for value, words in self._options():
            self.field.addItem(words, value)
        self.field.setCurrentIndex(max(0, self.field.findData(self.value)))

    def _options(self) -> list[tuple[Any, str]]:
        kind = self.setting.kind
        if isinstance(kind, Choice):
            return [(value, tr(words)) for value, words in kind.options]
        named = self._names(kind.device)  # type: ignore[attr-defined]
        options: list[tuple[Any, str]] = [(None, tr("System default"))]
        options += [(name, name) for name in named]
        if self.value and self.value not in named:
            options.append((self.value, tr("{name} (not there)").format(name=self.value)))
        return options

    def _names(self, device: str) -> list[str]:
        """Of what is plugged in now, each once."""
        if device == "camera":
            return camera_names()
        wiring = self._window.status.wiring
        there = wiring.devices.of(cast(Kind, device)) if wiring else ()
        return list(dict.fromkeys(one.name for one in there))


class PatternsEditor(Editor):
    field: QLineEdit

    def __init__(self, one: Setting[Any], window: Window, kind: Patterns) -> None:
        super().__init__(one, window, QLineEdit())
        self.field.setFixedWidth(FIELD_WIDTH)
        self.field.setToolTip(tr(one.help))
        self.field.editingFinished.connect(lambda: self.enter(kind.read(self.field.text())))

    def show_value(self) -> None:
        self.field.setText("; ".join(self.value))
        self.field.setCursorPosition(0)


class KeysEditor(Editor):
    field: KeysField

    def __init__(self, one: Setting[Any], window: Window) -> None:
        super().__init__(one, window, KeysField(self.enter))

    def show_value(self) -> None:
        self.field.setText(self.value or tr("none"))


class KeysField(QLineEdit):
    """Takes the next combination of keys that is pressed in it; Backspace alone clears it."""

    def __init__(self, enter: Any) -> None:
        super().__init__()
        self._enter = enter
        self.setReadOnly(True)
        self.setFixedWidth(210)
        self.setPlaceholderText(tr("none"))
        self.setToolTip(tr("Press the keys you want here; Backspace for none."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape) and not (
            held & ~Qt.KeyboardModifier.ShiftModifier
        ):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Backspace and not held:
            self._enter("")
        elif key not in _MODIFIER_KEYS:
            self._enter(written(key, held))


_MODIFIER_KEYS = {
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
    Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_unknown, Qt.Key.Key_CapsLock,
}  # fmt: skip


_OUR_NAMES = {
    "Meta": "Super", "Esc": "Escape", "Ins": "Insert", "Del": "Delete", "Enter": "Return",
    "Backtab": "Tab",
}  # fmt: skip


def written(key: Qt.Key, held: Qt.KeyboardModifier) -> str:
    """What was pressed as app.hotkeys.chord writes it; Qt calls the Super key Meta."""
    combination = QKeyCombination(held & ~Qt.KeyboardModifier.KeypadModifier, key)
    text = QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)
    return "+".join(_OUR_NAMES.get(part, part) for part in text.split("+"))


def editor(one: Setting[Any], window: Window) -> Editor:
    """The control for `one`, showing its value."""
    made: Editor
    match one.kind:
        case Switch():
            made = SwitchEditor(one, window)
        case Number() as kind:
            made = NumberEditor(one, window, kind)
        case Choice() | Device():
            made = ListEditor(one, window)
        case Patterns() as kind:
            made = PatternsEditor(one, window, kind)
        case Keys():
            made = KeysEditor(one, window)
        case _:
            raise TypeError(f"no control for {one.id}")
    made.show_value()
    if one.id in {hotkey.id for hotkey in HOTKEYS.values()}:
        made.show_trouble()
    return made
