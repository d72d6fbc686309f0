"""An ordinary window of ours: framed, with the keyboard, in Aside's colours."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.settings.schema import CONTRAST, THEME
from app.settings.store import Settings
from app.window.icons import FOLDER, app_icon
from app.window.theme import Theme, chosen_theme, font


class Dialog(QWidget):
    """Escape closes it; it follows the theme."""

    def __init__(self, settings: Settings, title: str) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._look = settings
        self.setWindowTitle(f"Aside: {title}")
        self.setAccessibleName(title)
        self.setWindowIcon(app_icon())
        self.setObjectName("dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFont(font(14))
        settings.watch(lambda one: self.dress() if one in (THEME, CONTRAST) else None)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.dress)
        self.dress()

    def dress(self, *_: object) -> None:
        self.theme = chosen_theme(self._look)
        self.setStyleSheet(dialog_sheet(self.theme))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def heading(text: str, pixels: int = 14) -> QLabel:
    made = QLabel(text)
    made.setFont(font(pixels, QFont.Weight.DemiBold))
    made.setObjectName("heading")
    return made


def dialog_sheet(theme: Theme) -> str:
    """For the stock controls of a window. Solid: nothing shines through."""
    below = theme.panel_bottom
    ink = _Ink(
        theme, QColor(below).name(), _over(theme.field, below), _over(theme.field_edge, below),
        _over(theme.hover, below),
    )  # fmt: skip
    return "".join(part(ink) for part in (_grounds, _fields, _boxes, _buttons, _lists))


@dataclass(frozen=True)
class _Ink:
    """The theme's colours as they look upon its ground."""

    theme: Theme
    ground: str
    field: str
    edge: str
    hover: str


def _grounds(ink: _Ink) -> str:
    theme, ground = ink.theme, ink.ground
    return f"""
    QWidget#dialog, QWidget#plainground, QScrollArea, QStackedWidget {{ background: {ground}; }}
    QLabel {{ color: {theme.quiet_text}; background: transparent; }}
    QLabel#heading, QLabel#strong, QLabel#words {{ color: {theme.text}; }}
    QLabel#warning {{ color: {theme.warning}; }}
    QLabel#accent {{ color: {theme.accent}; }}
    QToolTip {{ background: {ground}; color: {theme.text}; border: 1px solid {ink.edge}; }}
    """


def _fields(ink: _Ink) -> str:
    theme, arrow = ink.theme, drawing("arrow", ink.theme)
    return f"""
    QLineEdit, QSpinBox, QComboBox, QKeySequenceEdit QLineEdit {{
        background: {ink.field}; color: {theme.text}; border: 1px solid {ink.edge};
        border-radius: 8px; padding: 5px 10px; min-height: 22px;
        selection-background-color: {theme.accent};
    }}
    QSpinBox {{ padding: 0 9px; min-height: 32px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ width: 0; height: 0; border: none; }}
    QSpinBox QLineEdit, QSpinBox QLineEdit:focus {{
        background: transparent; border: none; padding: 0 8px; min-height: 30px;
    }}
    QLineEdit:focus, QSpinBox:focus, QComboBox:focus {{ border: 2px solid {theme.accent}; }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox::down-arrow {{ image: url({arrow}); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{
        background: {ink.ground}; color: {theme.text}; border: 1px solid {ink.edge};
        selection-background-color: {ink.hover}; selection-color: {theme.text}; padding: 4px;
    }}
    """


def _boxes(ink: _Ink) -> str:
    theme, tick = ink.theme, drawing("tick", ink.theme)
    return f"""
    QCheckBox {{ color: {theme.text}; spacing: 10px; background: transparent; }}
    QCheckBox::indicator {{
        width: 16px; height: 16px; border: 1px solid {theme.quiet_text}; border-radius: 5px;
        background: {ink.field};
    }}
    QCheckBox::indicator:checked {{
        background: {theme.accent}; border-color: {theme.accent}; image: url({tick});
    }}
    QCheckBox:focus {{ outline: none; }}
    QCheckBox::indicator:focus {{ border: 2px solid {theme.accent}; }}
    """


def _buttons(ink: _Ink) -> str:
    theme = ink.theme
    return f"""
    QPushButton {{
        background: {ink.field}; color: {theme.text}; border: 1px solid {ink.edge};
        border-radius: 9px; padding: 7px 18px; min-height: 20px;
    }}
    QPushButton:hover {{ background: {ink.hover}; }}
    QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 6px 17px; }}
    QPushButton:disabled {{ color: {theme.quiet_text}; }}
    QPushButton#main {{
        background: {theme.accent}; color: {ink.ground}; border: 2px solid {theme.accent};
    }}
    QPushButton#main:focus {{ border: 2px solid {theme.text}; padding: 7px 18px; }}
    """


def _lists(ink: _Ink) -> str:
    theme = ink.theme
    return f"""
    QListWidget {{
        background: {ink.field}; color: {theme.text}; border: none;
        border-right: 1px solid {ink.edge}; padding: 12px 8px; outline: none;
    }}
    QListWidget::item {{ padding: 9px 14px; border-radius: 9px; }}
    QListWidget::item:selected {{ background: {ink.hover}; color: {theme.text}; }}
    QListWidget::item:selected:focus {{ border: 2px solid {theme.accent}; }}
    QProgressBar {{
        background: {ink.field}; border: 1px solid {ink.edge}; border-radius: 6px; height: 10px;
        color: transparent;
    }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 5px; }}
    QScrollArea {{ border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; }}
    QScrollBar::handle:vertical {{ background: {ink.hover}; border-radius: 5px; min-height: 40px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
    """


def drawing(name: str, theme: Theme) -> str:
    """Style sheets take drawings from files alone, so these come in two colours."""
    dark = QColor(theme.panel_bottom).lightness() < 128
    return (FOLDER / f"{name}-on-{'dark' if dark else 'light'}.svg").as_posix()


def _over(value: str, ground: str) -> str:
    """A translucent colour as it looks upon `ground`."""
    top, below = QColor(value), QColor(ground)
    share = top.alphaF()
    mixed = [
        round(a * share + b * (1 - share))
        for a, b in zip(top.getRgb()[:3], below.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*mixed).name()
