"""The pages that are opened now and then: where they come up, and that all of each can be seen."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QScrollArea

from app.settings import schema
from app.window.page_place import FRAME, GAP, beside
from app.window.theme import LIGHT
from tests.desktop import display, qt, qt_application, xdotool  # noqa: F401
from tests.test_app_window import Stage

pytestmark = pytest.mark.timeout(60)

LARGE, LAPTOP = QRect(0, 0, 1920, 1080), QRect(0, 0, 1366, 768)
PANEL = QSize(860, 284)


@pytest.fixture
def stage(qt, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(qt, tmp_path)
    yield made
    made.window.pages.close()
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qt.processEvents()


def panel_at(area: QRect, top: int) -> QRect:
    return QRect(area.center().x() - PANEL.width() // 2, top, PANEL.width(), PANEL.height())


@pytest.mark.parametrize("top", [788, 420, 60])
def test_where_there_is_room_a_page_stands_beside_the_panel(top: int) -> None:
    """Above it or below it, in the middle, wherever the panel was dragged."""
    taken, size = panel_at(LARGE, top), QSize(720, 300)
    place = beside(LARGE, taken, size)
    assert place.size() == size
    assert not place.intersects(taken)
    assert LARGE.contains(place.adjusted(0, -FRAME, 0, 0))
    assert abs(place.center().x() - LARGE.center().x()) <= 1


@pytest.mark.parametrize("size", [QSize(720, 500), QSize(1040, 680), QSize(1600, 900)])
def test_on_a_small_screen_it_is_all_on_it(size: QSize) -> None:
    """It covers the panel then, but for the panel's last lines if it can, and is no larger than
    the screen."""
    place = beside(LAPTOP, panel_at(LAPTOP, 476), size)
    assert LAPTOP.contains(place.adjusted(0, -FRAME, 0, GAP))
    assert place.width() == min(size.width(), LAPTOP.width())


def test_a_page_that_would_be_covered_is_above_the_panel(stage: Stage, monkeypatch) -> None:
    """It is the panel's own window then, which desktops keep above it; else it is of its own."""
    stage.panel.move(stage.panel.x(), 700)
    assert stage.window.pages.open("guide").windowHandle().transientParent() is None
    low = stage.panel.screen().availableGeometry()
    stage.panel.move(stage.panel.x(), low.center().y() - stage.panel.height() // 2)
    page = stage.window.pages.open("settings")
    assert page.windowHandle().transientParent() is stage.panel.windowHandle()
    assert page.windowType() == Qt.WindowType.Dialog
    stage.until(lambda: page.windowHandle().isExposed())


def test_a_page_comes_up_below_the_caption_bar(stage: Stage) -> None:
    """Its heading can be read though the bar is on, where there is room for both."""
    stage.settings.change(schema.CAPTION_BAR, True)
    bar = stage.window.caption_room.bar
    stage.until(bar.isVisible)
    stage.panel.move(stage.panel.x(), 740)
    page = stage.window.pages.open("guide")
    assert page.geometry().top() >= bar.geometry().bottom()


def test_the_sheet_of_keys_fits_any_screen(stage: Stage) -> None:
    """It scrolls where it is higher than the screen, by keyboard too."""
    sheet = stage.window.pages.open("keys")
    area = sheet.findChild(QScrollArea)
    sheet.resize(sheet.width(), 300)
    stage.until(lambda: area.verticalScrollBar().maximum() > 0)
    stage.until(sheet.isActiveWindow)
    stage.application.processEvents()
    before = area.verticalScrollBar().value()
    xdotool("key", "Next")
    stage.until(lambda: area.verticalScrollBar().value() > before)


def test_an_open_history_follows_the_colours(stage: Stage) -> None:
    """Dark or light is chosen while it is open; it is the one page that knows no settings."""
    history = stage.window.pages.open("history")
    stage.settings.change(schema.THEME, "light")
    assert history.transcript.theme is LIGHT
