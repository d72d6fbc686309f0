"""One card on the screen: it comes without taking the keyboard, and goes when it is closed."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout

from app.cards.drawing import Drawing
from app.cards.look import card_sheet
from app.cards.view import BESIDE, WIDTH, Hands, label
from app.window.icons import icon
from app.window.overlay import Overlay
from app.window.theme import PADDING, Theme
from app.window.words import tr
from engine.background.card import Card

# A card that comes up under somebody's mouse must not be answered by a click meant for another.
DEAF_S = 0.6
MARGIN, SHUT = 16, 30
# Of the screen's height; beyond it a card scrolls, and leaves room for the bar.
TALLEST = 0.78


class CardWindow(Overlay):
    """`dismissed` when the user closes it. shown_s: when it came into sight, by a steady clock."""

    dismissed = Signal()

    def __init__(self, theme: Theme, hands: Hands, closable: bool = True) -> None:
        super().__init__(theme)
        self.setObjectName("card")
        self.shown_s: float | None = None
        # The title may be stretched; the width may not.
        self.setFixedWidth(WIDTH + 2 * PADDING + 2 * self.shadow)
        self._hands = hands
        self.title = label(17, QFont.Weight.DemiBold, "cardtitle")
        self.drawing = Drawing(theme, Hands(self._press, hands.fill, self.take_keyboard))
        self.shut = self._closing_button()
        self.shut.setVisible(closable)
        self._arrange()
        self.setStyleSheet(card_sheet(theme))

    def show_card(self, card: Card) -> None:
        self.setWindowTitle(card.title or tr("A card"))
        self.setAccessibleName(card.title or tr("A card"))
        self.title.setText(card.title)
        self.title.setVisible(bool(card.title))
        self.drawing.show_card(card)
        self.fit()

    def fit(self) -> None:
        """As tall as what it holds, up to most of the screen; then it scrolls."""
        ground = self.drawing
        ground.layout().activate()  # type: ignore[union-attr]
        wanted = max(ground.sizeHint().height(), ground.heightForWidth(WIDTH), 8)
        screen = QGuiApplication.primaryScreen().availableGeometry()
        most = round(screen.height() * TALLEST)
        ground.layout().setContentsMargins(0, 0, BESIDE if wanted > most else 0, 0)  # type: ignore[union-attr]
        self._scroll.setFixedHeight(min(wanted, most))
        self.layout().activate()  # type: ignore[union-attr]
        self.setFixedHeight(self.layout().sizeHint().height())  # type: ignore[union-attr]

    def take_keyboard(self) -> None:
        if self.windowHandle() is not None:
            super().take_keyboard()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.come_into_sight()

    def come_into_sight(self) -> None:
        self.shown_s = time.monotonic()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Tab and not self.takes_keyboard:
            self.take_keyboard()
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self.fit)
        return done

    def _press(self, part: str) -> None:
        if self.shown_s is not None and time.monotonic() - self.shown_s >= DEAF_S:
            self._hands.press(part)

    def _arrange(self) -> None:
        edge = self.shadow + PADDING
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge - 6, edge, edge - 2)
        column.setSpacing(14)
        head = QHBoxLayout()
        head.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.shut, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.drawing)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        column.addWidget(self._scroll)

    def _closing_button(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("quit", self.theme.quiet_text, 16))
        button.setObjectName("shut")
        button.setFixedSize(SHUT, SHUT)
        button.setAccessibleName(tr("Close this card"))
        button.setToolTip(tr("Close this card"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self.dismissed)
        return button
