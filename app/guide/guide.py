"""The guide: one page after the other, with Back and Next, all by keyboard too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from app.guide.page import GuidePage
from app.guide.pages import DevicesPage, KeysPage, PermissionsPage, SpeedPage, WelcomePage
from app.guide.tour import TourPage
from app.settings.schema import GUIDE_SEEN
from app.window.dialog import Dialog
from app.window.words import tr

if TYPE_CHECKING:
    from app.conversation import Happening
    from app.window.window import Window

WIDTH, HEIGHT = 720, 500
PAGES = (WelcomePage, PermissionsPage, DevicesPage, SpeedPage, KeysPage, TourPage)


class Guide(Dialog):
    """Closing it counts as having seen it; the menu opens it again."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.settings, tr("Guide"))
        self._window = window
        self.stack = QStackedWidget()
        self.pages: list[GuidePage] = [make(window) for make in PAGES]
        for page in self.pages:
            self.stack.addWidget(page)
        self.back, self.next = QPushButton(tr("Back")), QPushButton()
        self.next.setObjectName("main")
        self.next.setDefault(True)
        self._place = QLabel()
        self._arrange()
        self.back.clicked.connect(lambda: self.go_to(self.stack.currentIndex() - 1))
        self.next.clicked.connect(lambda: self.go_to(self.stack.currentIndex() + 1))
        self.resize(WIDTH, HEIGHT)
        self.go_to(0)

    def go_to(self, number: int) -> None:
        """Past the last page the guide is over."""
        self.pages[self.stack.currentIndex()].leave()
        if number >= len(self.pages):
            self.close()
            return
        self.stack.setCurrentIndex(number)
        last = number == len(self.pages) - 1
        self.back.setEnabled(number > 0)
        self.next.setText(tr("Done") if last else tr("Next"))
        self._place.setText(f"{number + 1} / {len(self.pages)}")
        self._place.setAccessibleName(
            tr("Page {number} of {count}").format(number=number + 1, count=len(self.pages))
        )
        self.pages[number].enter()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, happening: Happening) -> None:
        self.pages[self.stack.currentIndex()].take(happening)

    def pressed(self, action: str) -> None:
        """The global key of an action arrived."""
        for page in self.pages:
            if isinstance(page, KeysPage):
                page.pressed(action)

    def closeEvent(self, event: QCloseEvent) -> None:
        for page in self.pages:
            page.leave()
        if not self._window.settings[GUIDE_SEEN]:
            self._window.settings.change(GUIDE_SEEN, True)
        super().closeEvent(event)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 30, 36, 24)
        column.setSpacing(18)
        column.addWidget(self.stack, 1)
        row = QHBoxLayout()
        row.addWidget(self._place)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        column.addLayout(row)
