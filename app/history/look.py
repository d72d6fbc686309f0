"""How the history's window looks: the panel's colours on a window of its own."""

from __future__ import annotations

from PySide6.QtGui import QColor

from app.window.theme import Theme, style_sheet


def window_sheet(theme: Theme) -> str:
    return (
        style_sheet(theme)
        + f"""
    QWidget#history {{ background: {_solid(theme.panel_bottom)}; }}
    QFrame#side {{ background: {_solid(theme.panel_top)}; }}
    QListView, QTextBrowser {{
        background: transparent; border: none; outline: none; color: {theme.text};
        selection-background-color: {_over(theme.accent, 70)}; selection-color: {theme.text};
    }}
    QTextBrowser {{ border: 2px solid transparent; border-radius: 12px; }}
    QTextBrowser:focus {{ border: 2px solid {theme.accent}; }}
    QPushButton {{
        background: {_css(theme.field)}; color: {theme.text}; padding: 0 16px;
        border: 1px solid {_css(theme.field_edge)}; border-radius: 17px; min-height: 34px;
    }}
    QPushButton:hover {{ background: {_css(theme.hover)}; }}
    QPushButton:focus {{ border: 1px solid {theme.accent}; }}
    QPushButton:disabled {{ color: {theme.quiet_text}; border-color: transparent; }}
    QLabel#title {{ color: {theme.text}; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
    QScrollBar::handle:vertical {{
        background: {_css(theme.field_edge)}; border-radius: 3px; min-height: 36px;
    }}
    QScrollBar::handle:vertical:hover {{ background: {_css(theme.hover)}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """
    )


def _css(value: str) -> str:
    made = QColor(value)
    return f"rgba({made.red()}, {made.green()}, {made.blue()}, {made.alpha()})"


def _solid(value: str) -> str:
    return QColor(value).name()


def _over(value: str, alpha: int) -> str:
    made = QColor(value)
    return f"rgba({made.red()}, {made.green()}, {made.blue()}, {alpha})"
