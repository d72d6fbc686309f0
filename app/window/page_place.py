"""Where a page comes up: beside the panel, which lies above other windows and would cover it.

On a small screen there is no such place. Then the page counts as a window of the panel's, which
every desktop keeps above it; the panel's last lines stay in sight below.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.window.overlay import Overlay

FRAME = 32  # what desktops put above a window, about
FROM_TOP = 84  # the pill is at the top edge, and then comes the frame
GAP = 8


def settle(page: QWidget, panel: Overlay, bar: QWidget) -> None:
    """Before `page` is shown. Where windows cannot say where they are, the desktop places it.

    bar: the caption bar, which lies above other windows too, at the top where nobody moved it.
    """
    if not panel.isVisible() or QGuiApplication.platformName().startswith("wayland"):
        return
    shadow = panel.shadow
    taken = panel.geometry().adjusted(shadow, shadow, -shadow, -shadow)
    area = panel.screen().availableGeometry()
    if bar.isVisible() and area.top() <= bar.y() < area.center().y() - bar.height():
        area.setTop(bar.geometry().bottom() - FROM_TOP + FRAME)
    place = beside(area, taken, page.size().expandedTo(page.minimumSizeHint()))
    covered = place.intersects(taken)
    page.setWindowFlag(Qt.WindowType.Dialog, covered)
    page.resize(place.size())
    page.move(place.topLeft() - QPoint(0, FRAME))
    if covered:
        page.winId()
        page.windowHandle().setTransientParent(panel.windowHandle())


def beside(area: QRect, taken: QRect, size: QSize) -> QRect:
    """Where a window of that size lies on the screen: in the middle of what is free above what is
    taken, or below it; with no room in either, as far up as it gets, and no larger than fits."""
    left, width = area.left(), area.width()
    above = QRect(left, area.top() + FROM_TOP, width, taken.top() - GAP - area.top() - FROM_TOP)
    below = QRect(left, taken.bottom() + GAP + FRAME, width, 0)
    below.setBottom(area.bottom() - GAP)
    whole = QRect(left, area.top() + FROM_TOP, width, area.height() - FROM_TOP - GAP)
    size = size.boundedTo(whole.size())
    for free in (above, below):
        if size.height() <= free.height():
            place = QRect(QPoint(0, 0), size)
            place.moveCenter(free.center())
            return place
    return QRect(QPoint(left + (width - size.width()) // 2, whole.top()), size)
