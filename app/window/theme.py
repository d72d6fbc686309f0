"""How it looks: colours, type and measures, in one place, for dark and for light."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication

from app.settings.schema import CONTRAST, THEME
from app.settings.store import Settings

FAMILIES = (
    "Inter", "SF Pro Text", "Segoe UI Variable Text", "Segoe UI", "Cantarell", "Ubuntu",
    "Noto Sans", "DejaVu Sans",
)  # fmt: skip

PANEL_WIDTH = 860
PANEL_RADIUS = 26
SHADOW = 34
PADDING = 26
CONTROL = 40
CAPTION_LINES = 4


@dataclass(frozen=True)
class Theme:
    """Colours as #AARRGGBB or #RRGGBB. `accent` is Aside's own voice and hand, and nothing else
    is; `capture` is the lamp of what is being captured."""

    panel_top: str
    panel_bottom: str
    edge: str
    text: str
    quiet_text: str
    user: str
    accent: str
    field: str
    field_edge: str
    hover: str
    warning: str
    capture: str
    shadow: str


DARK = Theme(
    panel_top="#f0202128",
    panel_bottom="#f4141519",
    edge="#24ffffff",
    text="#f5f3ef",
    quiet_text="#9a9ca8",
    user="#c9cbd6",
    accent="#ffa366",
    field="#12ffffff",
    field_edge="#1cffffff",
    hover="#1effffff",
    warning="#ffd27a",
    capture="#5fe08f",
    shadow="#000000",
)
LIGHT = Theme(
    panel_top="#f5ffffff",
    panel_bottom="#f5f4f2ee",
    edge="#1c000000",
    text="#1b1b20",
    quiet_text="#63656f",
    user="#4a4c57",
    accent="#b8470c",
    field="#0c000000",
    field_edge="#1a000000",
    hover="#12000000",
    warning="#8a5a00",
    capture="#0f8a48",
    shadow="#30323c",
)


DARK_CONTRAST = replace(
    DARK, panel_top="#000000", panel_bottom="#000000", edge="#ffffff", text="#ffffff",
    quiet_text="#e6e6e6", user="#ffffff", accent="#ffc27a", field="#000000", field_edge="#ffffff",
    hover="#55ffffff", warning="#ffe14d",
)  # fmt: skip
LIGHT_CONTRAST = replace(
    LIGHT, panel_top="#ffffff", panel_bottom="#ffffff", edge="#000000", text="#000000",
    quiet_text="#262626", user="#000000", accent="#8f2d00", field="#ffffff", field_edge="#000000",
    hover="#33000000", warning="#6b3d00",
)  # fmt: skip


def chosen_theme(settings: Settings) -> Theme:
    """As the user set it; else as the system wants it; dark where it does not say."""
    hints = QGuiApplication.styleHints()
    light = hints.colorScheme() == Qt.ColorScheme.Light
    if settings[THEME] != "system":
        light = settings[THEME] == "light"
    strong = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    if settings[CONTRAST] != "system":
        strong = settings[CONTRAST] == "high"
    if strong:
        return LIGHT_CONTRAST if light else DARK_CONTRAST
    return LIGHT if light else DARK


def theme_now() -> Theme:
    """For windows that hold no settings: as this person's file has it."""
    return chosen_theme(Settings())


def color(value: str, opacity: float = 1.0) -> QColor:
    """`value` with its own alpha times `opacity`."""
    made = QColor(value)
    made.setAlphaF(made.alphaF() * max(0.0, min(1.0, opacity)))
    return made


def font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The system's best sans-serif face at `pixels` height."""
    here = set(QFontDatabase.families())
    made = QFont([family for family in FAMILIES if family in here] or ["sans-serif"])
    made.setPixelSize(pixels)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def style_sheet(theme: Theme) -> str:
    """For the stock widgets: the typing line, the buttons, the menu and the labels."""
    radius = CONTROL // 2
    return f"""
    QLineEdit {{
        background: {_css(theme.field)}; color: {theme.text};
        border: 1px solid {_css(theme.field_edge)}; border-radius: {radius}px;
        padding: 0 18px; selection-background-color: {theme.accent};
        placeholder-text-color: {theme.quiet_text};
    }}
    QLineEdit:focus {{ border: 1px solid {theme.accent}; }}
    QToolButton {{ background: transparent; border: none; border-radius: {radius}px; }}
    QToolButton:hover {{ background: {_css(theme.hover)}; }}
    QToolButton:pressed {{ background: {_css(theme.field_edge)}; }}
    QToolButton:focus {{ border: 1px solid {theme.accent}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QLabel {{ background: transparent; color: {theme.quiet_text}; }}
    QLabel#status {{ color: {theme.text}; }}
    QLabel#notice {{ color: {theme.warning}; }}
    QMenu {{
        background: {QColor(theme.panel_bottom).name()}; color: {theme.text};
        border: 1px solid {_css(theme.edge)}; border-radius: 14px; padding: 8px;
    }}
    QMenu::item {{ padding: 5px 28px 5px 30px; border-radius: 8px; }}
    QMenu::item:selected {{ background: {_css(theme.hover)}; }}
    QMenu::item:disabled {{ color: {theme.quiet_text}; }}
    QMenu::indicator {{ width: 12px; height: 12px; left: 10px; }}
    QMenu::indicator:checked {{
        background: {theme.accent}; border-radius: 4px; width: 8px; height: 8px; margin: 2px;
    }}
    QMenu::separator {{ height: 1px; background: {_css(theme.edge)}; margin: 6px 6px; }}
    """


def _css(value: str) -> str:
    made = QColor(value)
    return f"rgba({made.red()}, {made.green()}, {made.blue()}, {made.alpha()})"
