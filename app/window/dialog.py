"""An ordinary window of ours: framed, with the keyboard, in Aside's colours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.settings.schema import CONTRAST, THEME
from app.settings.store import Settings
from app.window.icons import FOLDER, app_icon
from app.window.theme import Theme, chosen_theme, font


class Dialog(QWidget):
    """Escape closes it; it follows the theme."""

    def __init__(self, settings: Settings, title: str) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._look = settings
        self.setWindowTitle(title)  # desktops add the name of the program
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


def small(text: str, name: str = "") -> QLabel:
    """Words that explain, in plain text over as many lines as it takes."""
    label = QLabel(text)
    label.setObjectName(name)
    label.setFont(font(13))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def restyled(label: QLabel, name: str) -> QLabel:
    """`label` as the style sheet has it under another name."""
    label.setObjectName(name)
    label.style().unpolish(label)
    label.style().polish(label)
    return label


def announce(widget: QWidget, words: str) -> None:
    """To a screen reader; what comes up by itself would not be heard."""
    if words:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def bring_into_view(widget: QWidget) -> None:
    """Scrolls to what has just been said, when its words have their place."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        area = above
        QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget, 0, 26))


def plain_ground() -> QWidget:
    ground = QWidget()
    ground.setObjectName("plainground")
    return ground


def page_ground(title: str) -> tuple[QWidget, QVBoxLayout]:
    """The ground of a page in a window with several, its title on it, and where more goes."""
    ground = plain_ground()
    column = QVBoxLayout(ground)
    column.setContentsMargins(32, 26, 32, 26)
    column.setSpacing(8)
    column.addWidget(heading(title, 20))
    return ground, column


def scrolled(ground: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(ground)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what has the keyboard scrolls into view
    area.setAccessibleName(name)
    return area


def paged(
    window: QWidget,
    names: QListWidget,
    stack: QStackedWidget,
    pages: Iterable[tuple[str, QWidget]],
) -> None:
    """A window with the names of its pages on the left, the first of them open."""
    names.setFixedWidth(190)
    for name, page in pages:
        names.addItem(name)
        stack.addWidget(page)
    names.currentRowChanged.connect(stack.setCurrentIndex)
    names.setCurrentRow(0)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(names)
    row.addWidget(stack, 1)


def field_row(words: str, help: str, field: QWidget, *below: QWidget) -> QWidget:
    """What a field is for on the left, and the field. below: more under the words."""
    line = plain_ground()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 7, 0, 7)
    row.setSpacing(24)
    column = QVBoxLayout()
    column.setSpacing(3)
    label = QLabel(words)
    label.setObjectName("words")
    label.setBuddy(field)
    column.addWidget(label)
    if help:
        column.addWidget(small(help))
    for more in below:
        column.addWidget(more)
    row.addLayout(column, 1)
    if isinstance(field, QCheckBox):
        field.setObjectName("bare")
    row.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)
    return line


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
    QComboBox QLineEdit {{ background: transparent; border: none; padding: 0; min-height: 0; }}
    QPlainTextEdit {{
        background: {ink.field}; color: {theme.text}; border: 1px solid {ink.edge};
        border-radius: 8px; padding: 6px 8px; selection-background-color: {theme.accent};
    }}
    QLineEdit:focus, QSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus {{
        border: 2px solid {theme.accent};
    }}
    QFrame#box {{ background: {ink.field}; border: 1px solid {ink.edge}; border-radius: 12px; }}
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
    QCheckBox#bare {{ spacing: 0; }}
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
    QPushButton#main:disabled {{
        background: {ink.field}; color: {theme.quiet_text};
        border: 1px solid {ink.edge}; padding: 7px 18px;
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
    QListWidget#rows {{ background: transparent; border: none; padding: 0; }}
    QListWidget#rows::item {{ padding: 0; }}
    QListWidget::item:selected:focus {{ border: 2px solid {theme.accent}; }}
    QProgressBar {{
        background: {ink.field}; border: 1px solid {ink.edge}; border-radius: 6px; height: 10px;
        color: transparent;
    }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 5px; }}
    QScrollArea {{ border: none; }}
    QScrollArea#reading {{ border: 2px solid {ink.ground}; border-radius: 8px; }}
    QScrollArea#reading:focus {{ border: 2px solid {theme.accent}; }}
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
