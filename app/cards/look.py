"""The look of cards: the panel's colours, and no button brighter than what it deserves."""

from __future__ import annotations

from PySide6.QtGui import QColor

from app.window.dialog import drawing
from app.window.theme import Theme, style_sheet


def card_sheet(theme: Theme) -> str:
    parts = (style_sheet, _grounds, _fields, _buttons, _boxes, _choices, _bars)
    return "".join(part(theme) for part in parts)


def _grounds(theme: Theme) -> str:
    return f"""
    QLabel#cardtitle, QLabel#cardtext {{ color: {theme.text}; }}
    QLabel#cardquiet {{ color: {theme.quiet_text}; }}
    QLabel#cardtrouble {{ color: {theme.warning}; }}
    QToolButton#shut {{ border-radius: 15px; }}
    QFrame#cardline {{ background: {_css(theme.edge)}; border: none; }}
    QScrollArea, QWidget#cardground {{ background: transparent; border: none; }}
    """


def _fields(theme: Theme) -> str:
    return f"""
    QLineEdit {{ border-radius: 12px; padding: 0 12px; min-height: 36px; }}
    QPlainTextEdit, QTableWidget {{
        background: {_css(theme.field)}; color: {theme.text}; border-radius: 12px; padding: 6px;
        border: 1px solid {_css(theme.field_edge)}; selection-background-color: {theme.accent};
    }}
    QPlainTextEdit:focus, QTableWidget:focus {{ border: 1px solid {theme.accent}; }}
    QHeaderView, QHeaderView::section {{
        background: transparent; color: {theme.quiet_text}; border: none; font-size: 12px;
    }}
    QHeaderView::section {{ padding: 2px 3px; }}
    """


def _buttons(theme: Theme) -> str:
    dark = QColor(theme.text).lightness() > 128
    on_accent = "#1b1208" if dark else "#ffffff"
    field, edge = _css(theme.field), _css(theme.field_edge)
    return f"""
    QPushButton {{
        background: {field}; color: {theme.text}; padding: 0 16px;
        border: 1px solid {edge}; border-radius: 18px; min-height: 36px;
    }}
    QPushButton:hover {{ background: {_css(theme.hover)}; }}
    QPushButton:focus {{ border: 2px solid {theme.accent}; }}
    QPushButton:disabled {{ color: {theme.quiet_text}; }}
    QPushButton[variant="primary"] {{
        background: {theme.accent}; color: {on_accent}; border-color: transparent;
    }}
    QPushButton[variant="primary"]:focus {{ border: 2px solid {theme.text}; }}
    QPushButton[variant="primary"]:disabled {{
        background: {field}; color: {theme.quiet_text};
    }}
    QPushButton[variant="quiet"] {{
        background: transparent; color: {theme.quiet_text}; border-color: transparent;
        padding: 0 10px;
    }}
    QPushButton[variant="quiet"]:hover {{ color: {theme.text}; }}
    QPushButton[variant="quiet"]:focus {{ border: 2px solid {theme.accent}; }}
    """


def _boxes(theme: Theme) -> str:
    return f"""
    QCheckBox {{ color: {theme.text}; spacing: 10px; min-height: 26px; }}
    QCheckBox::indicator {{
        width: 16px; height: 16px; border-radius: 5px; border: 1px solid {theme.quiet_text};
    }}
    QCheckBox::indicator:checked {{
        background: {theme.accent}; border-color: {theme.accent};
        image: url({drawing("tick", theme)});
    }}
    QCheckBox::indicator:focus {{ border: 2px solid {theme.accent}; }}
    """


def _choices(theme: Theme) -> str:
    return f"""
    QComboBox {{
        background: {_css(theme.field)}; color: {theme.text}; border-radius: 12px;
        border: 1px solid {_css(theme.field_edge)}; padding: 0 12px; min-height: 36px;
    }}
    QComboBox:focus {{ border: 1px solid {theme.accent}; }}
    QComboBox::drop-down {{ border: none; width: 30px; }}
    QComboBox::down-arrow {{ image: url({drawing("arrow", theme)}); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{
        background: {QColor(theme.panel_bottom).name()}; color: {theme.text};
        selection-background-color: {_css(theme.hover)}; selection-color: {theme.text};
    }}
    """


def _bars(theme: Theme) -> str:
    return f"""
    QProgressBar {{ background: {_css(theme.field_edge)}; border: none; border-radius: 3px; }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
    QScrollBar:vertical {{ background: transparent; width: 8px; }}
    QScrollBar::handle:vertical {{
        background: {_css(theme.field_edge)}; border-radius: 3px; min-height: 30px;
    }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _css(value: str) -> str:
    made = QColor(value)
    return f"rgba({made.red()}, {made.green()}, {made.blue()}, {made.alpha()})"
